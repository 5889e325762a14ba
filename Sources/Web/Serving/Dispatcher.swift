import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import Kit
import Logging
import NIOCore

/// Carries one request to its endpoint and the answer back, as a page or as JSON.
struct Dispatcher: Sendable {
  let site: Site
  private let pages: [String: Endpoint]
  private let presenter: Presenter

  init(site: Site, endpoints: [Endpoint]) {
    self.site = site
    pages = Dictionary(endpoints.filter { $0.method == .get }.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    presenter = Presenter(site: site)
  }

  /// What a refusal needs to know of its request.
  struct Asked: Sendable {
    let path: String
    let query: String
    let isAPI: Bool
    let wantsJSON: Bool
    let isGet: Bool
    let requestID: String
    let acceptsGzip: Bool
    let cookies: [String: String]

    init(_ request: Request, requestID: String) {
      isAPI = request.uri.path.hasPrefix("/api/")
      path = request.uri.path
      query = request.uri.query ?? ""
      wantsJSON = isAPI || request.headers[.accept]?.hasPrefix("application/json") == true
      isGet = request.method == .get || request.method == .head
      self.requestID = requestID
      acceptsGzip = request.headers[.acceptEncoding]?.contains("gzip") == true
      cookies = Dispatcher.cookies(request.headers)
    }
  }

  func respond(_ endpoint: Endpoint, _ request: Request, _ context: AppContext, isAPI: Bool) async -> Response {
    guard endpoint.takesFiles else { return await answer(endpoint, request, context, isAPI: isAPI) }
    // To read a file takes long, and the thread of a connection serves others too.
    return await withTaskExecutorPreference(globalConcurrentExecutor) { await answer(endpoint, request, context, isAPI: isAPI) }
  }

  private func answer(_ endpoint: Endpoint, _ request: Request, _ context: AppContext, isAPI: Bool) async -> Response {
    let requestID = context.logger[metadataKey: "request_id"]?.description ?? ""
    let asked = Asked(request, requestID: requestID)
    var call: Call?
    var sender: ID<Person>?
    defer { if let sender { site.longBodies.leave(sender) } }
    do {
      sender = try await entersLong(endpoint, request, isAPI: isAPI)
      let made = try await makeCall(endpoint, request, context, asked, isAPI: isAPI, isLong: sender != nil)
      call = made
      let answer = try await endpoint.respond(made)
      var response = try await presenter.present(answer, made, asked)
      if endpoint.isStream, context.isConnected { response.body = ending(response.body, with: request) }
      return response
    } catch {
      if let call, let page = try? await formAgain(error, call, asked) { return page }
      return await refusal(error, asked, endpoint: endpoint, ofSchema: schemaFaults(error, call), logger: context.logger)
    }
  }

  /// Ends a stream as soon as its reader has gone, not when something is next written to it.
  private func ending(_ body: ResponseBody, with request: Request) -> ResponseBody {
    ResponseBody { writer in
      let line = writer
      try await request.body.consumeWithCancellationOnInboundClose { _ in try await body.write(line) }
    }
  }

  private func makeCall(
    _ endpoint: Endpoint, _ request: Request, _ context: AppContext, _ asked: Asked, isAPI: Bool, isLong: Bool
  ) async throws -> Call {
    let headers = request.headers
    let credential = isAPI ? try bearer(headers) : try session(asked.cookies) ?? (endpoint.takesTokens ? bearer(headers) : nil)
    let address = clientAddress(headers, peer: context.peer)
    if endpoint.permission != .setup, endpoint.path != "/healthz", endpoint.path != "/readyz", site.needsSetup.load(ordering: .relaxed) {
      throw Problem.notSetUp
    }
    if endpoint.method != .get, !isAPI, endpoint.permission != .link {
      guard CrossSite.allows(headers, origin: site.settings.origin) else {
        throw Problem.forbidden("This came from another site, so nothing was done. Open the page here and try again.")
      }
    }
    if endpoint.method == .get, asked.wantsJSON || endpoint.isStream, !CrossSite.allowsReading(headers) {
      throw Problem.forbidden("Another site may not read this.")
    }
    if let wait = site.limiter.take(
      credential?.hash, from: address, isWrite: endpoint.method != .get, now: site.world.now())
    {
      throw Problem.tooMany(retryAfter: wait)
    }
    let reader = BodyReader(endpoint: endpoint, limits: site.settings.limits, isAPI: isAPI, isLong: isLong)
    let body = try await reader.read(request)
    let query = try FormReader.read(request.uri.query ?? "")
    var fields = Value.Fields()
    if case .object(let given) = body.value {
      fields = given
    } else if body.value != .null {
      throw Problem.malformed("The body must be an object.")
    }
    if case .object(let given) = query {
      let named = Set(fields.names)
      for field in given.fields where !named.contains(field.name) {
        fields.append(field.name, reader.typed(field.value, field.name, isForm: body.isForm))
      }
    }
    for name in endpoint.parameters {
      guard let text = context.parameters.get(name), let decoded = FormReader.decode(text.replacing("+", with: "%2B").utf8) else {
        throw Problem.notFound
      }
      fields[name] = .string(decoded)
    }
    return Call(
      site: site, endpoint: endpoint, fields: .object(fields),
      path: isAPI ? String(request.uri.path.dropFirst("/api/v1".count)) : request.uri.path,
      query: request.uri.query ?? "", headers: headers, credential: credential, cookies: asked.cookies, address: address,
      requestID: asked.requestID, isAPI: isAPI, wantsJSON: asked.wantsJSON, isForm: body.isForm, bodyHash: body.hash,
      logger: context.logger)
  }

  func credential(_ request: Request, isAPI: Bool) throws(Problem) -> Credential? {
    isAPI ? try bearer(request.headers) : session(Self.cookies(request.headers))
  }

  private func bearer(_ headers: HTTPFields) throws(Problem) -> Credential? {
    guard let header = headers[.authorization] else { return nil }
    guard header.hasPrefix("Bearer tdm_"), header.utf8.count < 200 else { throw .unauthenticated }
    return .token(hash: Token.hash(String(header.dropFirst("Bearer ".count))))
  }

  private func session(_ cookies: [String: String]) -> Credential? {
    cookies[site.settings.sessionCookie].map { .session(tokenHash: Token.hash($0)) }
  }

  /// `X-Forwarded-For` counts only from a configured proxy.
  private func clientAddress(_ headers: HTTPFields, peer: String) -> String {
    var address = peer
    if let list = headers.forwardedFor, site.settings.trustedProxies.contains(peer), let last = list.split(separator: ",").last {
      address = last.trimmed.shortened(to: 64)
    }
    return Neighbourhood.of(address)
  }

  static func cookies(_ headers: HTTPFields) -> [String: String] {
    var cookies: [String: String] = [:]
    for pair in headers[values: .cookie].joined(separator: ";").split(separator: ";") {
      let halves = pair.split(separator: "=", maxSplits: 1)
      if halves.count == 2 { cookies[halves[0].trimmed] = halves[1].trimmed }
    }
    return cookies
  }

  /// Shows the form again with its errors and everything that was typed; nil when the act has no form of its own.
  private func formAgain(_ error: any Error, _ call: Call, _ asked: Asked) async throws -> Response? {
    guard !call.wantsJSON, let form = call.endpoint.form, let page = pages[form], let problem = problem(error) else { return nil }
    let messages: [String: String]
    switch problem {
    case .invalid(let given): messages = given
    case .conflict(_, let detail): messages = ["": detail]
    case .tooMany: messages = ["": "That was often. Wait a moment, then try again."]
    // What was typed is not lost: reading works while writing does not.
    case .unavailable, .storageFull: messages = ["": ProblemWords.notSaved(problem)]
    default: return nil
    }
    var fields = Value.Fields()
    for name in page.parameters { fields[name] = call.fields[name] }
    // Values of the form that the page itself takes as its query keep the page as it was; those that it refuses too are left out.
    for property in page.input.properties where fields[property.name] == nil { fields[property.name] = call.fields[property.name] }
    let (again, answer) = try await shown(page, fields, call)
    return try await presenter.present(
      answer, again, asked, refused: Presenter.Refused(problem: problem, typed: call.fields, messages: messages, action: call.path))
  }

  /// A page in place of the answer to an act, without the values that it refuses. What cannot be read at all is told only when all else can.
  private func shown(_ page: Endpoint, _ fields: Value.Fields, _ call: Call) async throws -> (Call, Answer) {
    let again = Call(
      site: site, endpoint: page, fields: .object(fields), path: call.path, query: "", headers: call.headers, credential: call.credential,
      cookies: call.cookies, address: call.address, requestID: call.requestID, isAPI: false, wantsJSON: false, isForm: true, bodyHash: "",
      logger: call.logger)
    do {
      return (again, try await page.respond(again))
    } catch Problem.invalid(let refused) {
      var left = fields
      for name in refused.keys where !page.parameters.contains(name) { left[name] = nil }
      if left == fields { throw Problem.invalid(refused) }
      return try await shown(page, left, call)
    }
  }

  private func schemaFaults(_ error: any Error, _ call: Call?) -> Set<String> {
    if case .invalid? = problem(error) { call?.schemaFaults ?? [] } else { [] }
  }

  private func problem(_ error: any Error) -> Problem? { error as? Problem }

  func refusal(
    _ error: any Error, _ asked: Asked, endpoint: Endpoint?, ofSchema: Set<String> = [], logger: Logger? = nil
  ) async -> Response {
    switch error {
    case let problem as Problem:
      if problem == .unauthenticated, !asked.wantsJSON, asked.isGet || endpoint?.permission.needsViewer == true {
        let target = asked.isGet ? asked.path + (asked.query.isEmpty ? "" : "?" + asked.query) : "/"
        var response = Response(status: .seeOther)
        response.headers[.location] = target == "/" ? "/sign-in" : "/sign-in?return=" + Dispatcher.escape(target)
        return response
      }
      if problem == .notSetUp, !asked.wantsJSON, asked.isGet {
        return Response(status: .seeOther, headers: [.location: "/setup"])
      }
      return presenter.refusal(problem, asked, ofSchema: ofSchema)
    case let error as HeadTooLong:
      return presenter.refusal(status: error.status, code: "too_large", detail: error.text, asked)
    case is MethodNotAllowed:
      return presenter.refusal(status: 405, code: "method_not_allowed", detail: "This address does not take that method.", asked)
    case let error as HTTPError:
      return presenter.refusal(status: Int(error.status.code), code: "http", detail: "The request could not be read.", asked)
    default:
      (logger ?? site.logger).error(
        "A request failed", metadata: ["request_id": "\(asked.requestID)", "error": "\(String(reflecting: error))"])
      return presenter.refusal(
        status: 500, code: "internal", detail: "Something of ours failed. It is logged under \(asked.requestID).", asked)
    }
  }

  /// Percent-encoding for a query value.
  static func escape(_ text: String) -> String {
    var allowed = CharacterSet.alphanumerics
    allowed.insert(charactersIn: "-._~/")
    return text.addingPercentEncoding(withAllowedCharacters: allowed) ?? ""
  }
}

extension HTTPFields {
  private static let forwardedForName = HTTPField.Name("X-Forwarded-For")

  /// Whom a proxy says that it asks for.
  var forwardedFor: String? { Self.forwardedForName.flatMap { self[$0] } }
}
