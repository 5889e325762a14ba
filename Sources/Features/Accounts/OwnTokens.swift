import Kit
import Store
import Web

/// One's own API tokens.
struct ListOwnTokens: UseCase {
  struct Result: Output {
    let items: [Line]
    let empty: Bool
  }

  struct Line: Output {
    let id: ID<ApiToken>
    let name: String
    let scopes: String
    let ends: Moment
    let seen: Moment?
    let isOpen: Bool
    let stateLabel: String
    let chip: String
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Result {
    let now = world.now()
    let rows = try tx.rows(
      """
      SELECT id, name, scopes, expires_at, seen_at, revoked_at FROM api_token
      WHERE org_id = \(viewer.org) AND person_id = \(viewer.person) ORDER BY id DESC LIMIT 100
      """)
    let lines = try rows.map { row in
      let ends: Instant = try row("expires_at")
      let isRevoked = try row.optional("revoked_at", as: Instant.self) != nil
      let scopes: String = try row("scopes")
      return Line(
        id: try row("id"), name: try row("name"), scopes: scopes == "*" ? "Everything you may do" : scopes.replacing(" ", with: ", "),
        ends: Moment(ends, viewer, now: now), seen: try row.optional("seen_at").map { Moment($0, viewer, now: now) },
        isOpen: !isRevoked && ends > now, stateLabel: isRevoked ? "Revoked" : ends > now ? "Active" : "Ended",
        chip: !isRevoked && ends > now ? "good" : "plain")
    }
    return Result(items: lines, empty: lines.isEmpty)
  }
}

/// Makes a token and shows it once.
struct MakeOwnToken: Input {
  var name: String
  var scopes: [String]
  var days: Int
  static let rules: [String: Rule] = ["name": .text(1...80), "scopes": .list(1...100), "days": .number(1...ApiToken.longest)]

  struct Result: Output {
    let token: String
    let name: String
    let ends: Moment
  }

  static let page = Endpoint.page("/you/tokens/new", "accounts/token-new", "New API token") { (tx, viewer, world, input: NoInput) in
    let scopes = ApiScopes.of(viewer.roles).map { Form.Option($0, $0) }
    return TokenForm(
      form: Form(
        "/you/tokens", button: "Make the token", cancel: Form.Link("Cancel", "/you/tokens"),
        [
          .text("name", "What it is for", help: "Such as: nightly report.", max: 80),
          .stepper("days", "Days until it ends", value: 90, 1...ApiToken.longest),
          .choose(
            .checks, "scopes", "What it may do", [Form.Option("*", "Everything you may do", help: "Choose less if you can.")] + scopes),
        ]))
  }.with { $0.surface = .page }

  static let endpoint = Endpoint.custom(
    .post, "/you/tokens", allow: .member, "Make an API token", input: MakeOwnToken.self, output: .of(Result.self)
  ) { call, input in
    let world = call.site.world
    let (result, viewer) = try await call.writing { tx in
      let viewer = try call.admit(tx)
      if case .token = viewer.origin { throw Problem.forbidden("A token makes no tokens. Sign in to make one.") }
      let known = Set(ApiScopes.all + ["*"])
      guard input.scopes.allSatisfy(known.contains) else { throw Problem.invalid("scopes", "Choose from the list.") }
      let token = try ApiToken.create(
        viewer.person, org: viewer.org, name: input.name, scopes: input.scopes.contains("*") ? ["*"] : input.scopes, days: input.days,
        origin: viewer.origin.word, tx, world)
      let ends = Moment(world.now() + .days(input.days), viewer, now: world.now())
      return (Result(token: token, name: input.name.trimmed, ends: ends), viewer)
    }
    return try Answer.page("accounts/token-made", result, viewer: viewer)
  }.with { $0.form = "/you/tokens/new" }
}

struct TokenForm: Output {
  let form: Form
}

/// Ends a token at once.
struct RevokeOwnToken: UseCase {
  var token: ID<ApiToken>

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Done {
    let known = try tx.count(
      "SELECT count(*) FROM api_token WHERE org_id = \(viewer.org) AND person_id = \(viewer.person) AND id = \(token)")
    guard known == 1 else { throw Problem.notFound }
    try tx.swap(
      "UPDATE api_token SET revoked_at = \(world.now()) WHERE org_id = \(viewer.org) AND id = \(token) AND revoked_at IS NULL",
      otherwise: .conflict(code: "token_ended", detail: "This token was revoked already."))
    try tx.record(viewer, "token.revoked", token, [:], world)
    return Done()
  }
}

enum ApiScopes {
  /// Every scope that some address of the API asks for.
  static var all: [String] { names { _ in true } }

  /// Those of the addresses that somebody with these roles may call.
  static func of(_ roles: Roles) -> [String] { names { $0.permission.allows(roles) } }

  private static func names(_ isMeant: (Endpoint) -> Bool) -> [String] {
    Set(Features.endpoints.filter { $0.surface != .page && $0.permission.needsViewer && isMeant($0) }.map(\.scope)).sorted()
  }
}
