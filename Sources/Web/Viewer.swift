import Kit

/// What somebody may do in an organisation. Everybody is a member.
public struct Roles: OptionSet, Sendable, Hashable {
  public let rawValue: Int
  public init(rawValue: Int) { self.rawValue = rawValue }

  public static let member = Roles(rawValue: 1)
  /// Vetted: may be offered asks.
  public static let mentor = Roles(rawValue: 2)
  public static let manager = Roles(rawValue: 4)
  public static let editor = Roles(rawValue: 8)
  public static let moderator = Roles(rawValue: 16)
  public static let admin = Roles(rawValue: 32)

  public static let names: [(name: String, role: Roles)] = [
    ("member", .member), ("mentor", .mentor), ("manager", .manager), ("editor", .editor), ("moderator", .moderator), ("admin", .admin),
  ]

  /// Those that are given to somebody: there is nothing to moderate yet.
  public static let given = names.filter { $0.role != .moderator }

  /// The names of the roles held, in the order above.
  public var words: [String] { Roles.names.filter { contains($0.role) }.map(\.name) }

  public init?(words: [String]) {
    var roles: Roles = []
    for word in words {
      guard let named = Roles.names.first(where: { $0.name == word }) else { return nil }
      roles.insert(named.role)
    }
    self = roles
  }
}

/// Who is asking. Made once per request from the session or the API token, or for a job; there is no other way to reach rows.
public struct Viewer: Sendable, Hashable {
  public enum Origin: Sendable, Hashable {
    case session(Int64)
    case token(Int64)
    case feed
    case link
    case job
    case command
  }

  public let org: ID<Organisation>
  public let person: ID<Person>
  public let roles: Roles
  public let origin: Origin
  public let name: String
  /// IANA name of the zone in which times are shown.
  public let zone: String
  /// `system`, `light` or `dark`.
  public var theme: String
  public var orgName: String

  public init(
    org: ID<Organisation>, person: ID<Person>, roles: Roles, origin: Origin, name: String, zone: String, theme: String = "system",
    orgName: String = ""
  ) {
    self.org = org
    self.person = person
    self.roles = roles
    self.origin = origin
    self.name = name
    self.zone = zone
    self.theme = theme
    self.orgName = orgName
  }

  public func has(_ role: Roles) -> Bool { roles.contains(role) }
}

/// Who may call an address. Administrators may what managers may.
public enum Permission: String, Sendable, Codable, CaseIterable {
  /// Anybody, signed in or not.
  case anyone
  /// Only while the installation has no administrator, with the one-time code.
  case setup
  /// Whoever holds the secret address: a calendar feed, a mail link.
  case link
  case member, mentor, manager, editor, moderator, admin

  public func allows(_ roles: Roles) -> Bool {
    switch self {
    case .anyone, .setup, .link: true
    case .member: roles.contains(.member)
    case .mentor: roles.contains(.mentor)
    case .manager: !roles.isDisjoint(with: [.manager, .admin])
    case .editor: !roles.isDisjoint(with: [.editor, .admin])
    case .moderator: !roles.isDisjoint(with: [.moderator, .admin])
    case .admin: roles.contains(.admin)
    }
  }

  /// Whether somebody must be signed in.
  public var needsViewer: Bool { ![.anyone, .setup, .link].contains(self) }
}

/// How a request proves who is asking. The texts are hashes; the tokens themselves are nowhere kept.
public enum Credential: Sendable, Hashable {
  case session(tokenHash: String)
  case token(hash: String)

  var hash: String {
    switch self {
    case .session(let hash), .token(let hash): hash
    }
  }
}
