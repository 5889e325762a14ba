import HTTPTypes
import Hummingbird
import Kit
import Logging
import Store

/// One request on its way through an endpoint.
public struct Call: Sendable {
  public let site: Site
  public let endpoint: Endpoint
  /// Path parameters, query and body in one value.
  public let fields: Value
  /// The path as it was asked for, without the `/api/v1` in front.
  public let path: String
  public let query: String
  public let headers: HTTPFields
  public let credential: Credential?
  /// Cookies by name.
  public let cookies: [String: String]
  /// Address of the client, and its prefix as kept in logs: IPv4 whole, IPv6 /64.
  public let address: String
  public let requestID: String
  public let isAPI: Bool
  /// Whether the answer is wanted as JSON: under `/api/v1`, or by `Accept` from our own scripts.
  public let wantsJSON: Bool
  /// Whether the fields came from a form or a query, so that all of them are texts.
  public let isForm: Bool
  public let bodyHash: String
  public let logger: Logger

  /// The checked and decoded input.
  public func input<I: Input>(_: I.Type) throws(Problem) -> I {
    var value = fields
    if case .object(var object) = value {
      // The key of a form is for the idempotency record; a page ignores query parameters that it does not know.
      object["form_key"] = nil
      if isForm, endpoint.method == .get, !isAPI {
        let known = Set(endpoint.input.properties.map(\.name))
        object.fields.removeAll { !known.contains($0.name) }
      }
      value = .object(object)
    }
    try InputCheck.check(value, endpoint.input, isForm: isForm, isQuery: isQuery)
    do {
      return try ValueDecoder.decode(I.self, from: value, isForm: isForm)
    } catch {
      // A malformed id in the path answers like an unknown one.
      if case .invalid(let messages) = error, messages.keys.contains(where: endpoint.parameters.contains) { throw .notFound }
      throw error
    }
  }

  /// Whether the fields came from the query of a program: it says exactly what it means.
  private var isQuery: Bool { isAPI && endpoint.method == .get }

  /// Names of fields that break what the description of the API says of them.
  var schemaFaults: Set<String> {
    var check = InputCheck(isForm: isForm, isQuery: isQuery)
    check.visit(fields, endpoint.input)
    return check.ofSchema
  }

  /// The input, or what is wrong with it, for those who first ask who is calling.
  func reads<I: Input>(_ type: I.Type) -> Result<I, Problem> {
    do {
      return .success(try input(type))
    } catch {
      return .failure(error)
    }
  }

  /// The viewer, who must be allowed to call this endpoint.
  public func admit(_ tx: Transaction) throws -> Viewer {
    guard let viewer = try identify(tx) else { throw Problem.unauthenticated }
    guard endpoint.permission.allows(viewer.roles) else { throw Problem.forbidden(endpoint.permission.reason) }
    return viewer
  }

  public func visitor(_ tx: Transaction) throws -> Visitor {
    Visitor(viewer: try identify(tx), address: address, agent: (headers[.userAgent] ?? "").shortened(to: 120), cookies: cookies, site: site)
  }

  private func identify(_ tx: Transaction) throws -> Viewer? {
    guard let credential else { return nil }
    guard let identity = try site.identify(tx, credential, site.world.now()) else { return nil }
    site.note(identity, by: credential)
    if let scopes = identity.scopes, !scopes.contains("*"), !scopes.contains(endpoint.scope) {
      throw Problem.forbidden("This token does not have the scope \(endpoint.scope).")
    }
    return identity.viewer
  }

  public func reading<Result: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Result) async throws -> Result {
    try await site.store.read(body)
  }

  public func writing<Result: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Result) async throws -> Result {
    try await site.store.write(isLong: endpoint.takesFiles, body)
  }

  /// The key under which a repetition of this request is recognised: 1 to 64 visible ASCII characters.
  func idempotencyKey() throws(Problem) -> String? {
    let header = HTTPField.Name("Idempotency-Key").flatMap { headers[$0] }
    guard let key = header ?? fields["form_key"]?.text, header != nil || !key.isEmpty else { return nil }
    guard (1...64).contains(key.utf8.count), key.utf8.allSatisfy({ (33...126).contains($0) }) else {
      throw .invalid(header == nil ? "form_key" : "idempotency_key", "Use 1 to 64 visible ASCII characters.")
    }
    return key
  }
}

/// Whoever calls an open endpoint.
public struct Visitor: Sendable {
  public let viewer: Viewer?
  public let address: String
  public let agent: String
  public let cookies: [String: String]
  public let site: Site
}

/// What the resolver of credentials found.
public struct Identity: Sendable {
  public let viewer: Viewer
  /// Scopes of an API token; nil for a session.
  public let scopes: Set<String>?
  /// The credential has not been seen for a while: note that it was, soon.
  public let isStale: Bool

  public init(viewer: Viewer, scopes: Set<String>? = nil, isStale: Bool = false) {
    self.viewer = viewer
    self.scopes = scopes
    self.isStale = isStale
  }
}

extension Permission {
  var reason: String {
    switch self {
    case .mentor: "This is for mentors. Apply to become one under You."
    case .manager: "This is for program managers."
    case .editor: "This is for content editors."
    case .moderator: "This is for moderators."
    case .admin: "This is for administrators."
    case .anyone, .setup, .link, .member: "You may not do this."
    }
  }
}
