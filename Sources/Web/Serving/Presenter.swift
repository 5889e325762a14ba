import HTTPTypes
import Hummingbird
import Kit
import NIOCore

/// Turns answers and problems into responses: a page with its frame, JSON, or bytes.
struct Presenter: Sendable {
  let site: Site

  /// A form that was not taken, to be shown again.
  struct Refused: Sendable {
    let problem: Problem
    let typed: Value
    let messages: [String: String]
    let action: String
  }

  func present(_ answer: Answer, _ call: Call, _ asked: Dispatcher.Asked, refused: Refused? = nil) async throws -> Response {
    var response: Response
    switch answer.content {
    case .page(let template, let value, let viewer):
      if call.wantsJSON {
        response = bytes(JSONWriter.bytes(value), "application/json", asked, status: answer.status)
      } else {
        let dressing = FormDressing(typed: refused?.typed, messages: refused?.messages ?? [:], action: refused?.action)
        let shell = Shell(site: site, viewer: viewer, asked: asked, errors: dressing.summary(of: value).lines)
        var page = dressing.dress(value)
        if case .object(var fields) = page {
          fields["shell"] = shell.value
          page = .object(fields)
        }
        let html = try site.templates.render(template, page)
        let status = refused.map { refusedStatus($0.problem) } ?? answer.status
        response = bytes(html, "text/html; charset=utf-8", asked, status: status)
        if shell.usedFlash { response.headers.append(.init(name: .setCookie, value: Flash.expired(isSecure: site.settings.isSecure))) }
      }
    case .acted(let value, let destination):
      if call.wantsJSON {
        response = bytes(JSONWriter.bytes(value), "application/json", asked, status: answer.status)
        if answer.status == 201 { response.headers[.location] = (call.isAPI ? "/api/v1" : "") + destination.path }
      } else {
        response = Response(status: .seeOther)
        response.headers[.location] = destination.path
        if let cookie = Flash.cookie(destination, key: site.keys.key(for: "flash"), isSecure: site.settings.isSecure) {
          response.headers.append(.init(name: .setCookie, value: cookie))
        }
      }
    case .bytes(let content, let contentType, let fileName):
      response = bytes(content, contentType, asked, status: answer.status)
      if let fileName {
        let safe = fileName.filter { $0.isASCII && ($0.isLetter || $0.isNumber || "-._".contains($0)) }
        response.headers[.contentDisposition] = "attachment; filename=\"\(safe)\""
      }
    case .stream(let body, let contentType):
      response = Response(status: .ok, headers: [.contentType: contentType, .cacheControl: "no-store"], body: body)
    }
    for (name, value) in answer.headers {
      if let name = HTTPField.Name(name) { response.headers.append(.init(name: name, value: value)) }
    }
    return response
  }

  /// - Parameter ofSchema: the fields that break the description of the API; others break a rule of the domain.
  func refusal(_ problem: Problem, _ asked: Dispatcher.Asked, ofSchema: Set<String> = []) -> Response {
    var response: Response
    switch problem {
    case .invalid(let messages):
      // A page has nothing but words to say which value is meant.
      let named = messages.reduce(into: [:]) { $0[$1.key] = $1.key.isEmpty ? $1.value : "\($1.key): \($1.value)" }
      let isAddress = asked.isGet && !asked.wantsJSON
      response = refusal(
        status: 422, code: "invalid", detail: isAddress ? "The address is not complete, or was mistyped." : "Some values cannot be taken.",
        messages: asked.wantsJSON ? messages : named, ofSchema: ofSchema, asked)
    case .malformed(let text): response = refusal(status: 400, code: problem.code, detail: text, asked)
    case .forbidden(let text): response = refusal(status: 403, code: problem.code, detail: text, asked)
    case .conflict(let code, let detail): response = refusal(status: 409, code: code, detail: detail, asked)
    case .tooLarge(let text): response = refusal(status: 413, code: problem.code, detail: text, asked)
    case .unsupported(let text): response = refusal(status: 415, code: problem.code, detail: text, asked)
    case .notFound: response = refusal(status: 404, code: problem.code, detail: "It does not exist, or it is not yours to see.", asked)
    case .unauthenticated: response = refusal(status: 401, code: problem.code, detail: "Sign in, or send a valid token.", asked)
    case .tooMany(let wait):
      response = refusal(status: 429, code: problem.code, detail: "That was often. Wait \(counted(wait, "second")), then try again.", asked)
      if let name = HTTPField.Name("Retry-After") { response.headers[name] = "\(wait)" }
    case .unavailable(let wait):
      response = refusal(
        status: 503, code: problem.code, detail: ProblemWords.notSaved(problem), asked)
      if let name = HTTPField.Name("Retry-After") { response.headers[name] = "\(wait)" }
    case .notSetUp:
      response = refusal(
        status: 503, code: problem.code,
        detail: "Tandem is not set up yet. Open the link that it printed when it started; tandem admin setup-link makes a new one.", asked)
      if let name = HTTPField.Name("Retry-After") { response.headers[name] = "60" }
    case .storageFull:
      response = refusal(status: 507, code: problem.code, detail: ProblemWords.notSaved(problem), asked)
    }
    if case .unauthenticated = problem { response.headers[.wwwAuthenticate] = "Bearer" }
    return response
  }

  func refusal(
    status: Int, code: String, detail: String, messages: [String: String] = [:], ofSchema: Set<String> = [], _ asked: Dispatcher.Asked
  ) -> Response {
    if asked.wantsJSON {
      var fields: Value.Fields = [
        "type": .string("/problems/\(code)"), "title": .string(ProblemWords.title(status)), "status": .integer(Int64(status)),
        "detail": .string(detail), "code": .string(code),
      ]
      // A refusal of something unseen has the same bytes whatever was asked for, so it names no request.
      if status != 404 { fields["instance"] = .string("/requests/\(asked.requestID)") }
      if !messages.isEmpty {
        fields["errors"] = .array(
          messages.sorted { $0.key < $1.key }.map {
            [
              "pointer": .string("/" + $0.key.replacing("~", with: "~0").replacing("/", with: "~1").replacing(".", with: "/")),
              "field": .string($0.key),
              "code": ofSchema.contains($0.key) ? "schema" : "rule", "detail": .string($0.value),
            ]
          })
      }
      return bytes(JSONWriter.bytes(.object(fields)), "application/problem+json", asked, status: status)
    }
    let shell = Shell(site: site, viewer: nil, asked: asked, errors: [])
    let page: Value = .object([
      "shell": shell.value, "status": .integer(Int64(status)), "title": .string(ProblemWords.title(status)), "text": .string(detail),
      "messages": .array(messages.sorted { $0.key < $1.key }.map { .string($0.value) }),
      "action": .object(["label": .string(status == 503 ? "Try again" : "Go to Today"), "href": .string(status == 503 ? asked.path : "/")]),
      "shows_id": .bool(status >= 500),
    ])
    let html =
      (try? site.templates.render("problem", page))
      ?? Array("<!doctype html><title>\(status)</title><h1>\(ProblemWords.title(status))</h1>".utf8)
    return bytes(html, "text/html; charset=utf-8", asked, status: status)
  }

  private func refusedStatus(_ problem: Problem) -> Int {
    switch problem {
    case .conflict: 409
    case .tooMany: 429
    case .unavailable: 503
    case .storageFull: 507
    default: 422
    }
  }

  private func bytes(_ content: [UInt8], _ contentType: String, _ asked: Dispatcher.Asked, status: Int) -> Response {
    var headers = HTTPFields()
    headers[.contentType] = contentType
    var content = content
    if asked.acceptsGzip, content.count > 1024, Gzip.shortens(contentType), let compressed = Gzip.compress(content) {
      content = compressed
      headers[.contentEncoding] = "gzip"
      headers[.vary] = "Accept-Encoding"
    }
    return Response(status: .init(code: status), headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: content)))
  }
}
