import Kit
import Store
import Web

/// A browser that somebody is signed in with. The token is in the cookie only; its hash is kept.
public struct SignInSession {
  static let idle = Span.days(14)
  static let longest = Span.days(30)
  static let longestForAdmins = Span.hours(24)
  static let idleForAdmins = Span.hours(12)

  /// How somebody proved who they are.
  public enum Method: String, Bindable, Choice {
    case code, password, invite, setup
    /// An administrator who looks around in a demo.
    case demo
  }

  /// Opens a session with a new token and returns the token.
  public static func open(
    org: ID<Organisation>, person: ID<Person>, roles: Roles, by method: Method = .code, agent: String, address: String, _ tx: Transaction,
    _ world: World
  ) throws -> String {
    let token = Token.make(world)
    let now = world.now()
    let expires = now + (roles.contains(.admin) ? longestForAdmins : longest)
    try tx.run(
      """
      INSERT INTO sign_in_session (org_id, id, person_id, token_hash, created_at, seen_at, expires_at, agent, address, method)
      VALUES (\(org), \(world.id() as ID<SignInSession>), \(person), \(Token.hash(token)), \(now), \(now), \(expires), \(agent), \(address),
        \(method))
      """)
    return token
  }

  /// The `Set-Cookie` text that hands the token to the browser.
  public static func cookie(_ token: String, _ settings: Settings) -> String {
    "\(settings.sessionCookie)=\(token); Path=/; HttpOnly; SameSite=Lax; Max-Age=2592000" + (settings.isSecure ? "; Secure" : "")
  }

  public static func expiredCookie(_ settings: Settings) -> String {
    "\(settings.sessionCookie)=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0" + (settings.isSecure ? "; Secure" : "")
  }

  /// Ends every session of a person but the one given; part of leaving, suspension and a changed password.
  public static func endAll(org: ID<Organisation>, person: ID<Person>, except kept: Int64? = nil, _ tx: Transaction) throws {
    try tx.run("DELETE FROM sign_in_session WHERE org_id = \(org) AND person_id = \(person) AND id <> \(kept ?? -1)")
  }
}

/// Finds out who asks, from a session cookie or an API token, in one statement each.
enum Identification {
  static func identify(_ tx: Transaction, _ credential: Credential, _ now: Instant) throws -> Identity? {
    switch credential {
    case .session(let hash): try session(hash, tx, now)
    case .token(let hash): try token(hash, tx, now)
    }
  }

  private static let person: SQL =
    "person.org_id, person.id, person.name, person.zone, person.theme, person.roles, organisation.name AS org_name"

  private static func session(_ hash: String, _ tx: Transaction, _ now: Instant) throws -> Identity? {
    let row = try tx.row(
      """
      SELECT \(person), s.id AS credential, s.seen_at AS seen_at FROM sign_in_session s
      JOIN person ON person.org_id = s.org_id AND person.id = s.person_id AND person.state = 'active'
      JOIN organisation ON organisation.id = s.org_id
      WHERE s.token_hash = \(hash) AND s.expires_at > \(now)
      """)
    guard let row else { return nil }
    let roles = Roles(rawValue: try row("roles"))
    let seen: Instant = try row("seen_at")
    guard now - seen < (roles.contains(.admin) ? SignInSession.idleForAdmins : SignInSession.idle) else { return nil }
    return Identity(viewer: try viewer(row, .session(try row("credential"))), isStale: now - seen > .minutes(5))
  }

  private static func token(_ hash: String, _ tx: Transaction, _ now: Instant) throws -> Identity? {
    let row = try tx.row(
      """
      SELECT \(person), t.id AS credential, t.scopes AS scopes, t.seen_at AS seen_at FROM api_token t
      JOIN person ON person.org_id = t.org_id AND person.id = t.person_id AND person.state = 'active'
      JOIN organisation ON organisation.id = t.org_id
      WHERE t.token_hash = \(hash) AND t.expires_at > \(now) AND t.revoked_at IS NULL
      """)
    guard let row else { return nil }
    let scopes = Set(try row("scopes", as: String.self).split(separator: " ").map(String.init))
    let seen: Instant? = try row.optional("seen_at")
    return Identity(
      viewer: try viewer(row, .token(try row("credential"))), scopes: scopes, isStale: seen.map { now - $0 > .minutes(5) } ?? true)
  }

  private static func viewer(_ row: Row, _ origin: Viewer.Origin) throws -> Viewer {
    Viewer(
      org: try row("org_id"), person: try row("id"), roles: Roles(rawValue: try row("roles")), origin: origin, name: try row("name"),
      zone: try row("zone"), theme: try row("theme"), orgName: try row("org_name"))
  }
}
