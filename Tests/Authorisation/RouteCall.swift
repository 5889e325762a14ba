import HTTPTypes
import Kit
import TandemTesting
import Web

/// One endpoint, called at one address, as a page or as JSON.
struct RouteCall {
  let endpoint: Endpoint
  let path: String
  let sample: Sample

  init(_ endpoint: Endpoint, _ path: String, _ sample: Sample) {
    self.endpoint = endpoint
    self.path = path
    self.sample = sample
  }

  func json(_ browser: Browser) async throws -> Browser.Answer {
    if endpoint.method == .get { return try await browser.getJSON(path + query) }
    let method = HTTPRequest.Method(rawValue: endpoint.method.rawValue) ?? .post
    return try await browser.postJSON(path, sample.body(endpoint), method: method)
  }

  func page(_ browser: Browser) async throws -> Browser.Answer {
    if endpoint.method == .get { return try await browser.get(path + query) }
    var headers: HTTPFields = [.accept: "text/html", .contentType: "application/x-www-form-urlencoded"]
    if let site = HTTPField.Name("Sec-Fetch-Site") { headers[site] = "same-origin" }
    let method = HTTPRequest.Method(rawValue: endpoint.method.rawValue) ?? .post
    return try await browser.send(method, path, headers: headers, body: sample.form(endpoint))
  }

  /// Fields that a page requires in its query.
  private var query: String {
    let form = sample.form(endpoint)
    return form.isEmpty ? "" : "?" + form
  }
}

extension Browser.Answer {
  /// Sent away: signed out, forbidden, or as if it did not exist.
  var isRefusal: Bool { [401, 403, 404].contains(status) || status == 303 && isSentToSignIn }
  private var isSentToSignIn: Bool { location == "/sign-in" || location?.hasPrefix("/sign-in?") == true }
  /// Let in, whatever became of it: done, shown, or refused for what was asked and not for who asked.
  var isAdmitted: Bool { [200, 201, 202, 204, 400, 409, 413, 415, 422, 429].contains(status) || status == 303 && !isRefusal }

  /// Status, body and headers without what differs from request to request.
  var fingerprint: String {
    let own: Set<String> = ["date", "x-request-id"]
    let headers = headers.filter { !own.contains($0.name.canonicalName) }.map { "\($0.name.canonicalName): \($0.value)" }.sorted()
    return ([String(status)] + headers + [body]).joined(separator: "\n")
  }
}
