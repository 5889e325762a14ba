import Foundation

/// Asks other servers over HTTP: calendars that members paste, push services. Live version: `.live(allowsPrivate:)`.
public struct Fetcher: Sendable {
  /// Answers with any status; throws a `FetchError` when there is no answer that may be used.
  public var fetch: @Sendable (FetchRequest) async throws(FetchError) -> FetchAnswer

  public init(fetch: @escaping @Sendable (FetchRequest) async throws(FetchError) -> FetchAnswer) { self.fetch = fetch }
}

public struct FetchRequest: Sendable, Hashable {
  public enum Method: String, Sendable { case get = "GET", post = "POST" }

  public var method: Method
  public var url: String
  public var headers: [(name: String, value: String)]
  public var body: [UInt8]
  /// Bytes of an answer; one that is longer is an error.
  public var limit: Int
  /// Seconds for all of it, redirects included.
  public var seconds: Int
  /// How many redirects are followed; each is checked like the first address.
  public var redirects: Int

  public init(
    _ method: Method = .get, _ url: String, headers: [(name: String, value: String)] = [], body: [UInt8] = [], limit: Int = 2 << 20,
    seconds: Int = 10, redirects: Int = 3
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.limit = limit
    self.seconds = seconds
    self.redirects = redirects
  }

  public static func == (a: FetchRequest, b: FetchRequest) -> Bool { a.method == b.method && a.url == b.url && a.body == b.body }
  public func hash(into hasher: inout Hasher) { hasher.combine(url) }

  /// Whether the address may be asked at all: https on port 443 without a user; with `allowsPrivate` also http and any port.
  public static func allows(_ url: String, allowsPrivate: Bool) -> Bool {
    guard url.utf8.count <= 2000, url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), let parts = URLComponents(string: url),
      let host = parts.host, !host.isEmpty, parts.user == nil, parts.password == nil
    else { return false }
    if allowsPrivate { return parts.scheme == "https" || parts.scheme == "http" }
    return parts.scheme == "https" && [nil, 443].contains(parts.port)
  }
}

public struct FetchAnswer: Sendable, Hashable {
  public var status: Int
  /// By lower-case name; of repeated headers the last.
  public var headers: [String: String]
  public var body: [UInt8]

  public init(status: Int, headers: [String: String] = [:], body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }
}

public enum FetchError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The address, one it redirects to, or what its name resolves to may not be asked. One text for all, so that it tells nothing.
  case notAllowed
  case tooLarge
  case timedOut
  /// Nobody answers there; libcurl's own words.
  case unreachable(String)

  public var description: String {
    switch self {
    case .notAllowed: "This address is not allowed."
    case .tooLarge: "The answer is too large."
    case .timedOut: "There was no answer in time."
    case .unreachable(let words): "There is no answer: \(words)."
    }
  }
}
