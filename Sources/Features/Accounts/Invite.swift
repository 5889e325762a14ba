import Kit
import Store
import Web

/// An invitation into one organisation with fixed roles: mailed to one address, or a link and QR code for up to a number of people.
///
/// A mailed token is in that mail only, so whoever holds it reads the address. A link proves nothing about an address, so each person
/// who joins by it proves theirs with a code first. Nobody knows who that will be, so a link makes members only, whatever roles were
/// written into it: whoever wants to mentor applies.
struct Invite: RowDecodable, Sendable {
  let org: ID<Organisation>
  let id: ID<Invite>
  /// Empty for a link.
  let email: String
  let name: String
  let roles: Roles
  let uses: Int
  let mostUses: Int
  let expiresAt: Instant
  let createdBy: ID<Person>
  let createdAt: Instant
  let isRevoked: Bool
  let orgName: String

  static let longest = 14
  static let columns: SQL = """
    invite.org_id, invite.id, invite.email, invite.name, invite.roles, invite.uses, invite.most_uses, invite.expires_at, invite.created_by,
    invite.created_at, invite.revoked_at, organisation.name AS org_name
    """

  init(row: Row) throws {
    org = try row("org_id")
    id = try row("id")
    email = try row("email")
    name = try row("name")
    let given = Roles(rawValue: try row("roles"))
    roles = email.isEmpty ? .member : given
    uses = try row("uses")
    mostUses = try row("most_uses")
    expiresAt = try row("expires_at")
    createdBy = try row("created_by")
    createdAt = try row("created_at")
    isRevoked = try row.optional("revoked_at", as: Instant.self) != nil
    orgName = try row("org_name")
  }

  /// The invitation of a token while it can be used.
  static func open(_ token: String, _ tx: Transaction, now: Instant) throws -> Invite? {
    try tx.first(
      """
      SELECT \(columns) FROM invite JOIN organisation ON organisation.id = invite.org_id
      WHERE invite.token_hash = \(Token.hash(token)) AND invite.revoked_at IS NULL AND invite.expires_at > \(now)
        AND invite.uses < invite.most_uses
      """)
  }

  /// The name of the organisation that a path such as `/join/TOKEN` leads into, if it is open to this address.
  static func organisation(joinedAt path: String, for email: String, _ tx: Transaction, _ now: Instant) throws -> String? {
    guard path.hasPrefix("/join/"), let invite = try open(String(path.dropFirst("/join/".count)), tx, now: now) else { return nil }
    return invite.email.isEmpty || invite.email == email ? invite.orgName : nil
  }

  /// Ends the open invitations that somebody made and, with the roles they hold from now on, may not make any more. Whoever is
  /// suspended or leaves holds none.
  static func end(madeBy person: ID<Person>, holding roles: Roles, _ tx: Transaction, _ viewer: Viewer, _ world: World) throws {
    let beyond = ~Invitable.roles(of: roles).rawValue
    let ended: [ID<Invite>] = try tx.values(
      """
      UPDATE invite SET revoked_at = \(world.now()) WHERE org_id = \(viewer.org) AND created_by = \(person) AND revoked_at IS NULL
        AND uses < most_uses AND (roles & \(beyond)) <> 0 RETURNING id
      """)
    for invite in ended { try tx.record(viewer, "invite.revoked", invite, [:], world) }
  }

  func state(now: Instant) -> State {
    if isRevoked { return .revoked }
    if uses >= mostUses { return .used }
    return expiresAt > now ? .open : .expired
  }

  enum State: String, Choice {
    case open, used, expired, revoked
  }
}

/// Makes an invitation and returns its token, which is shown or mailed once.
struct MakeInvite {
  var email = ""
  var name = ""
  var roles: Roles
  var mostUses = 1
  var days = Invite.longest

  /// Invitations that may be mailed for one organisation in a day.
  static let mailsPerDay = 1000

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> (id: ID<Invite>, token: String) {
    guard roles.isSubset(of: Invitable.roles(for: viewer)) else { throw Problem.forbidden("You may not give these roles.") }
    let now = world.now()
    if !email.isEmpty {
      let known = try tx.count(
        "SELECT count(*) FROM person WHERE org_id = \(viewer.org) AND email = \(email) AND state <> \("left")")
      if known > 0 { throw Problem.invalid("email", "Somebody with this address is a member already.") }
      let mailed = try tx.count(
        "SELECT count(*) FROM invite WHERE org_id = \(viewer.org) AND email <> '' AND created_at > \(now - .days(1))")
      if mailed >= Self.mailsPerDay { throw Problem.tooMany(retryAfter: 3600) }
      try tx.run(
        "UPDATE invite SET revoked_at = \(now) WHERE org_id = \(viewer.org) AND email = \(email) AND revoked_at IS NULL AND uses < most_uses"
      )
    }
    let token = Token.make(world)
    let id: ID<Invite> = world.id()
    try tx.run(
      """
      INSERT INTO invite (org_id, id, token_hash, email, name, roles, uses, most_uses, created_by, created_at, expires_at)
      VALUES (\(viewer.org), \(id), \(Token.hash(token)), \(email), \(name.trimmed), \(roles.union(.member).rawValue), 0, \(mostUses),
        \(viewer.person), \(now), \(now + .days(days)))
      """)
    try tx.record(viewer, "invite.created", id, ["roles": roles.union(.member).words.joined(separator: " "), "uses": "\(mostUses)"], world)
    return (id, token)
  }
}

/// Which roles somebody may hand out: managers the two of a program, administrators all.
enum Invitable {
  static func roles(for viewer: Viewer) -> Roles {
    viewer.has(.admin) ? roles(of: viewer.roles) : [.member, .mentor]
  }

  /// The same for somebody who does not ask, and may not invite at all.
  static func roles(of roles: Roles) -> Roles {
    if roles.contains(.admin) { return Roles(rawValue: Roles.names.reduce(0) { $0 | $1.role.rawValue }) }
    return roles.contains(.manager) ? [.member, .mentor] : []
  }

  static func options(for viewer: Viewer, chosen: Roles = []) -> [Form.Option] {
    Roles.given.filter { $0.role != .member && roles(for: viewer).contains($0.role) }.map {
      Form.Option($0.name, RoleWords.label($0.role), help: RoleWords.help($0.role), chosen: chosen.contains($0.role))
    }
  }

  /// The roles of these names; a name nobody knows is the form's fault.
  static func read(_ words: [String]?) throws(Problem) -> Roles {
    guard let roles = Roles(words: words ?? []) else { throw .invalid("roles", "Choose one of the roles offered.") }
    return roles.union(.member)
  }
}

/// Roles in words.
enum RoleWords {
  static func label(_ role: Roles) -> String {
    switch role {
    case .mentor: "Mentor"
    case .manager: "Program manager"
    case .editor: "Content editor"
    case .moderator: "Moderator"
    case .admin: "Administrator"
    default: "Member"
    }
  }

  static func help(_ role: Roles) -> String? {
    switch role {
    case .mentor: "Vetted: may be offered asks."
    case .manager: "Runs programs, sees members and figures, invites."
    case .editor: "Publishes lessons and tracks."
    case .moderator: "Handles reports."
    case .admin: "Everything here, and roles of others."
    default: nil
    }
  }

  /// "Mentor and Administrator"; "Member" when there is nothing more.
  static func list(_ roles: Roles) -> String {
    let words = Roles.names.filter { $0.role != .member && roles.contains($0.role) }.map { label($0.role) }
    return words.isEmpty ? "Member" : listed(words)
  }
}
