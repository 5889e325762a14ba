import Hummingbird
import Kit
import Store

/// One declared address: the router, the check of permission and input, `tandem routes` and OpenAPI all derive from this value.
public struct Endpoint: Sendable {
  public enum Method: String, Sendable, Codable {
    case get = "GET"
    case post = "POST"
    case put = "PUT"
    case patch = "PATCH"
    case delete = "DELETE"
  }

  /// Where an endpoint is mounted: as a page under `/`, in the API under `/api/v1`, or both.
  public enum Surface: String, Sendable, Codable {
    case both, page, api
  }

  public let method: Method
  /// As in `/asks/:ask`; names after a colon are fields of the input.
  public let path: String
  public let permission: Permission
  public let summary: String
  public var surface: Surface
  /// Whether a token counts outside `/api/v1` too, as monitoring has no other credential.
  public var takesTokens = false
  public var input: Schema
  public var output: Schema?
  /// Status codes beyond those that follow from the declaration.
  public var alsoAnswers: Set<Int> = []
  /// The page that shows the form again when its values cannot be taken.
  public var form: String?
  /// Whether a request body is limited to the size of an import instead of a form.
  public var takesFiles = false
  /// Whether an `Idempotency-Key` makes a repetition answer what the first one answered.
  public var knowsRepetition = false
  /// The content type of an answer that is neither a page nor JSON.
  public var contentType: String?
  /// Whether the answer goes on for as long as its page is open.
  var isStream: Bool { contentType == "text/event-stream" }
  /// The scope an API token needs, such as `asks:write`.
  public var scope: String
  var template: String?
  let respond: @Sendable (Call) async throws -> Answer

  public init(
    _ method: Method, _ path: String, allow permission: Permission, _ summary: String, surface: Surface = .both, input: Schema,
    output: Schema?, respond: @escaping @Sendable (Call) async throws -> Answer
  ) {
    self.method = method
    self.path = path
    self.permission = permission
    self.summary = summary
    self.surface = surface
    self.input = input
    self.output = output
    self.respond = respond
    let first = path.split(separator: "/").first?.split(separator: ".").first.map(String.init) ?? "today"
    scope = "\(first):\(method == .get ? "read" : "write")"
  }

  /// `GET /asks/:ask`.
  public var name: String { "\(method.rawValue) \(path)" }

  /// The names of the path's parameters in their order.
  public var parameters: [String] {
    path.split(separator: "/").filter { $0.hasPrefix(":") }.map { String($0.dropFirst()) }
  }

  /// The same endpoint with something else about it.
  public func with(_ change: (inout Endpoint) -> Void) -> Endpoint {
    var copy = self
    change(&copy)
    return copy
  }
}

/// What an endpoint takes. `rules` say what a value must keep beyond its type, by dotted snake_case name.
public protocol Input: Decodable, Sendable {
  static var rules: [String: Rule] { get }
}

extension Input {
  public static var rules: [String: Rule] { [:] }
}

/// What an endpoint answers: encoded once for template and JSON, decoded only to read its shape.
public typealias Output = Codable & Sendable

/// Nothing beyond the path's parameters.
public struct NoInput: Input { public init() {} }

/// One act or look-up, named by its verb: at once the form, the JSON body and the function.
public protocol UseCase: Input {
  associatedtype Result: Output
  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Result
}

/// An act without an answer of its own.
public struct Done: Output {
  public let done: Bool
  public init() { done = true }
}
