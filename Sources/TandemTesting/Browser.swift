import Features
import Foundation
import HTTPTypes
import Hummingbird
import Kit
import Logging
import NIOCore
import NIOEmbedded
import Web

/// Sends requests to an installation without a port, and keeps cookies as a browser does. Each person of a test has their own.
public final class Browser: @unchecked Sendable {
  private let responder: SiteResponder
  public var cookies: [String: String] = [:]
  /// An API token; with it requests go without cookies.
  public var token: String?

  public init(_ responder: SiteResponder, cookies: [String: String] = [:], token: String? = nil) {
    self.responder = responder
    self.cookies = cookies
    self.token = token
  }

  public struct Answer: Sendable {
    public let status: Int
    public let headers: HTTPFields
    public let body: String
    public let bytes: [UInt8]

    public var location: String? { headers[.location] }
    public func header(_ name: String) -> String? { HTTPField.Name(name).flatMap { headers[$0] } }

    /// The body as JSON, for looking into.
    public var json: JSONLook { JSONLook((try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)) as Any) }
  }

  /// A page.
  public func get(_ path: String) async throws -> Answer { try await send(.get, path, headers: [.accept: "text/html"]) }

  /// JSON of the same page, as our own scripts ask for it; with a token, from the API.
  public func getJSON(_ path: String) async throws -> Answer { try await send(.get, apiPath(path), headers: [.accept: "application/json"]) }

  /// A form sent from a page of ours.
  public func post(_ path: String, _ form: KeyValuePairs<String, String> = [:]) async throws -> Answer {
    let body = form.map { "\(escape($0.key))=\(escape($0.value))" }.joined(separator: "&")
    return try await send(
      .post, path, headers: [.accept: "text/html", .contentType: "application/x-www-form-urlencoded", .secFetchSite: "same-origin"],
      body: body)
  }

  public func postJSON(_ path: String, _ body: String = "{}", method: HTTPRequest.Method = .post, key: String? = nil) async throws -> Answer
  {
    var headers: HTTPFields = [.accept: "application/json", .contentType: "application/json", .secFetchSite: "same-origin"]
    if let key, let name = HTTPField.Name("Idempotency-Key") { headers[name] = key }
    return try await send(method, apiPath(path), headers: headers, body: body)
  }

  /// The page that a redirect leads to.
  public func follow(_ answer: Answer) async throws -> Answer { try await get(answer.location ?? "/") }

  public func send(_ method: HTTPRequest.Method, _ path: String, headers: HTTPFields = [:], body: String = "") async throws -> Answer {
    try await send(method, path, headers: headers, bytes: Array(body.utf8))
  }

  public func send(_ method: HTTPRequest.Method, _ path: String, headers: HTTPFields, bytes: [UInt8]) async throws -> Answer {
    var headers = headers
    if let token {
      headers[.authorization] = "Bearer \(token)"
    } else if !cookies.isEmpty {
      headers[.cookie] = cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
    }
    headers[.contentLength] = "\(bytes.count)"
    let request = Request(
      head: HTTPRequest(method: method, scheme: "http", authority: "localhost", path: path, headerFields: headers),
      body: RequestBody(buffer: ByteBuffer(bytes: bytes)))
    let context = AppContext(source: ApplicationRequestContextSource(channel: EmbeddedChannel(), logger: Databases.quiet))
    let response = try await responder.respond(to: request, context: context)
    let writer = BodyCollector()
    try await response.body.write(writer)
    for cookie in response.headers[values: .setCookie] { keep(cookie) }
    let collected = writer.bytes
    return Answer(
      status: Int(response.status.code), headers: response.headers, body: String(decoding: collected, as: UTF8.self), bytes: collected)
  }

  private func apiPath(_ path: String) -> String { token == nil || path.hasPrefix("/api/") ? path : "/api/v1" + path }

  private func keep(_ cookie: String) {
    guard let pair = cookie.split(separator: ";").first else { return }
    let halves = pair.split(separator: "=", maxSplits: 1).map(String.init)
    if cookie.contains("Max-Age=0") { cookies[halves[0]] = nil } else if halves.count == 2 { cookies[halves[0]] = halves[1] }
  }

  private func escape(_ text: String) -> String { text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "" }
}

extension HTTPField.Name {
  static let secFetchSite = HTTPField.Name("Sec-Fetch-Site") ?? .referer
}

private final class BodyCollector: ResponseBodyWriter, @unchecked Sendable {
  var bytes: [UInt8] = []
  func write(_ buffer: ByteBuffer) async throws { bytes.append(contentsOf: buffer.readableBytesView) }
  func finish(_ trailers: HTTPFields?) async throws {}
}

/// Looks into JSON by names and places; what is not there is nil.
public struct JSONLook: Sendable, CustomStringConvertible {
  private let value: (any Sendable)?

  init(_ value: Any) { self.value = JSONLook.sendable(value) }

  private static func sendable(_ value: Any) -> (any Sendable)? {
    switch value {
    case let value as [String: Any]: value.compactMapValues(sendable)
    case let value as [Any]: value.map { sendable($0) ?? "null" }
    case let value as String: value
    case let value as NSNumber: value
    default: nil
    }
  }

  private init(sendable: (any Sendable)?) { value = sendable }

  public subscript(name: String) -> JSONLook { JSONLook(sendable: (value as? [String: any Sendable])?[name]) }
  public subscript(place: Int) -> JSONLook {
    let items = value as? [any Sendable] ?? []
    return JSONLook(sendable: items.indices.contains(place) ? items[place] : nil)
  }
  public var text: String? { value as? String }
  public var number: Int? { (value as? NSNumber)?.intValue }
  public var double: Double? { (value as? NSNumber)?.doubleValue }
  public var flag: Bool? { (value as? NSNumber)?.boolValue }
  public var count: Int { (value as? [any Sendable])?.count ?? 0 }
  public var items: [JSONLook] { (value as? [any Sendable] ?? []).map { JSONLook(sendable: $0) } }
  public var exists: Bool { value != nil }
  public var description: String { "\(value.map { "\($0)" } ?? "nil")" }
}
