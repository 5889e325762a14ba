import HTTPTypes
import Hummingbird
import Kit
import Logging
import NIOCore

/// The outermost part of the server: limits, the guard against other sites, problems as pages or JSON, headers, log line, metrics.
public struct SiteResponder: HTTPResponder {
  public typealias Context = AppContext

  let site: Site
  let endpoints: [Endpoint]
  private let router: any HTTPResponder<AppContext>
  private let dispatcher: Dispatcher

  public init(site: Site, endpoints: [Endpoint]) {
    self.site = site
    self.endpoints = endpoints
    let dispatcher = Dispatcher(site: site, endpoints: endpoints)
    self.dispatcher = dispatcher
    let router = Router(context: AppContext.self, options: .autoGenerateHeadEndpoints)
    for endpoint in endpoints {
      let method = HTTPRequest.Method(rawValue: endpoint.method.rawValue) ?? .get
      if endpoint.surface != .api {
        router.on(RouterPath(endpoint.path), method: method) { request, context in
          await dispatcher.respond(endpoint, request, context, isAPI: false)
        }
      }
      if endpoint.surface != .page {
        router.on(RouterPath("/api/v1" + endpoint.path), method: method) { request, context in
          await dispatcher.respond(endpoint, request, context, isAPI: true)
        }
      }
    }
    self.router = router.buildResponder()
  }

  public func respond(to request: Request, context: AppContext) async throws -> Response {
    let began = ContinuousClock.now
    let trusted = site.settings.trustedProxies.contains(context.peer)
    let requestID = Self.requestID(request, trusted: trusted, site.world)
    var context = context
    context.logger[metadataKey: "request_id"] = .string(requestID)
    var response: Response
    do {
      response = try await answer(request, context, requestID)
    } catch {
      response = await dispatcher.refusal(error, Dispatcher.Asked(request, requestID: requestID), endpoint: nil)
    }
    SecurityHeaders.add(to: &response.headers, isSecure: site.settings.isSecure, requestID: requestID)
    finish(request, context, response, began)
    return response
  }

  private func answer(_ request: Request, _ context: AppContext, _ requestID: String) async throws -> Response {
    try checkHead(request)
    let path = request.uri.path
    if path.hasPrefix("/assets/"), request.method == .get || request.method == .head { return try asset(path, request) }
    if site.isStopping.load(ordering: .relaxed), path == "/readyz" { throw Problem.unavailable(retryAfter: 5) }
    let response = try await router.respond(to: request, context: context)
    // The router answers what it has no route for by itself, without a body; endpoints always say something.
    guard response.status == .notFound, response.headers[.contentType] == nil else { return response }
    // The router prefers fixed names to parameters and then knows only that address.
    guard let nearest = endpoints.filter({ $0.matches(path) }).min(by: { $0.openness < $1.openness }) else { throw Problem.notFound }
    let allowed = Set(endpoints.filter { $0.matches(path) && $0.openness == nearest.openness }.map(\.method.rawValue))
    var refusal = await dispatcher.refusal(MethodNotAllowed(), Dispatcher.Asked(request, requestID: requestID), endpoint: nil)
    if let name = HTTPField.Name("Allow") { refusal.headers[name] = allowed.sorted().joined(separator: ", ") }
    return refusal
  }

  /// The parser takes twice as much, so that a head which is a little too long gets an answer that says why.
  private func checkHead(_ request: Request) throws(HeadTooLong) {
    let limits = site.settings.limits
    guard request.uri.description.utf8.count <= limits.urlBytes else {
      throw HeadTooLong(status: 414, text: "The address is longer than \(limits.urlBytes) bytes.")
    }
    guard request.headers.count <= limits.headerCount else {
      throw HeadTooLong(status: 431, text: "There are more than \(limits.headerCount) headers.")
    }
    let bytes = request.headers.reduce(0) { $0 + $1.name.rawName.utf8.count + $1.value.utf8.count }
    guard bytes <= limits.headBytes else {
      throw HeadTooLong(status: 431, text: "The headers are longer than \(limits.headBytes) bytes.")
    }
  }

  private func asset(_ path: String, _ request: Request) throws(Problem) -> Response {
    guard let asset = site.assets.asset(at: path) else { throw .notFound }
    var headers = HTTPFields()
    headers[.contentType] = asset.contentType
    headers[.eTag] = "\"\(asset.tag)\""
    headers[.cacheControl] = path.contains(asset.tag) ? "public, max-age=31536000, immutable" : "public, no-cache"
    headers[.vary] = "Accept-Encoding"
    if request.headers[.ifNoneMatch] == "\"\(asset.tag)\"" { return Response(status: .notModified, headers: headers) }
    var bytes = asset.bytes
    if let compressed = asset.compressed, request.headers[.acceptEncoding]?.contains("gzip") == true {
      bytes = compressed
      headers[.contentEncoding] = "gzip"
    }
    return Response(status: .ok, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
  }

  private static func requestID(_ request: Request, trusted: Bool, _ world: World) -> String {
    if trusted, let name = HTTPField.Name("X-Request-Id"), let given = request.headers[name], (16...64).contains(given.utf8.count),
      given.utf8.allSatisfy({ $0 == 45 || $0 == 95 || (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) })
    {
      return given
    }
    return Crockford.encode(Int64(bitPattern: world.random() >> 1))
  }

  private func finish(_ request: Request, _ context: AppContext, _ response: Response, _ began: ContinuousClock.Instant) {
    let took = ContinuousClock.now - began
    let seconds = Double(took.components.seconds) + Double(took.components.attoseconds) / 1e18
    let route = context.endpointPath ?? (request.uri.path.hasPrefix("/assets/") ? "/assets" : "none")
    let isAct = request.method == .post && response.headers[.location]?.hasPrefix("/sign-in") != true
    site.room.note(status: Int(response.status.code), isWrite: isAct, site.logger)
    site.metrics.request(request.method.rawValue, route, status: Int(response.status.code), seconds: seconds)
    context.logger.info(
      "request",
      metadata: [
        "method": "\(request.method.rawValue)", "route": "\(route)", "status": "\(response.status.code)",
        "ms": .string(JSONWriter.number((seconds * 10000).rounded() / 10)),
      ])
  }
}

struct MethodNotAllowed: Error {}

/// An address or headers beyond the limits.
struct HeadTooLong: Error {
  let status: Int
  let text: String
}

extension Endpoint {
  /// Whether a path, with or without `/api/v1`, is one of this endpoint's.
  /// Sorts addresses that match the same path: fixed names before parameters, from the left.
  var openness: String { String(path.split(separator: "/").map { $0.hasPrefix(":") ? "1" : "0" as Character }) }

  func matches(_ path: String) -> Bool {
    var parts = path.split(separator: "/")[...]
    if parts.starts(with: ["api", "v1"]) {
      guard surface != .page else { return false }
      parts = parts.dropFirst(2)
    } else if surface == .api {
      return false
    }
    let own = self.path.split(separator: "/")
    return own.count == parts.count && zip(own, parts).allSatisfy { $0.hasPrefix(":") || $0 == $1 }
  }
}
