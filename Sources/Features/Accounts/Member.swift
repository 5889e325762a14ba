import Kit
import Store
import Web

/// A person as the organisation knows them. What only they or an administrator may see is in `MemberDetail`.
public struct Member: Output, RowDecodable, Hashable {
  public let id: ID<Person>
  public let name: String
  public let title: String
  public let department: String
  public let zone: String
  /// In the order of preference, as BCP 47 tags.
  public let languages: [String]
  public let isMentor: Bool
  public let initials: String
  /// One of six soft grounds for the initials.
  public let ground: Int

  static let columns: SQL = "person.id, person.name, person.title, person.department, person.zone, person.languages, person.roles"

  /// Those who may be asked. Written as in the index `person_mentor`, which serves only conditions that read like its own.
  static let isActiveMentor: SQL = "person.state = 'active' AND (person.roles / 2) % 2 = 1"

  public init(row: Row) throws {
    id = try row("id")
    name = try row("name")
    title = try row("title")
    department = try row("department")
    zone = try row("zone")
    languages = try row("languages", as: String.self).utf8.split(separator: UInt8(ascii: ",")).map { String(Substring($0)) }
    isMentor = Roles(rawValue: try row("roles")).contains(.mentor)
    initials = Avatar.initials(name)
    ground = Avatar.ground(id)
  }

  /// An active member of the viewer's organisation; anybody else answers like nobody.
  public static func find(_ id: ID<Person>, for viewer: Viewer, _ tx: Transaction) throws -> Member {
    let found: Member? = try tx.first("SELECT \(columns) FROM person WHERE org_id = \(viewer.org) AND id = \(id) AND state = 'active'")
    guard let found else { throw Problem.notFound }
    return found
  }

  /// Whether nobody else ever was in the viewer's organisation.
  static func isAlone(_ viewer: Viewer, _ tx: Transaction) throws -> Bool {
    try tx.count("SELECT count(*) FROM person WHERE org_id = \(viewer.org) AND id <> \(viewer.person)") == 0
  }

  /// Members by their ids, in no particular order; those who left are there too, since the past names them.
  public static func find(_ ids: some Collection<ID<Person>>, org: ID<Organisation>, _ tx: Transaction) throws -> [Member] {
    if ids.isEmpty { return [] }
    return try tx.all("SELECT \(columns) FROM person WHERE org_id = \(org) AND id IN \(SQL.list(Array(Set(ids))))")
  }

  /// The same, by id.
  public static func named(_ ids: some Collection<ID<Person>>, org: ID<Organisation>, _ tx: Transaction) throws -> [ID<Person>: Member] {
    Dictionary(try find(ids, org: org, tx).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
  }
}

/// A person for whom no viewer asks: the receiver of a mail, the subject of a job.
public struct Addressee: Sendable, RowDecodable {
  public let org: ID<Organisation>
  public let id: ID<Person>
  public let email: String
  public let name: String
  public let zone: String
  public let isActive: Bool
  public let roles: Roles

  public init(row: Row) throws {
    org = try row("org_id")
    id = try row("id")
    email = try row("email")
    name = try row("name")
    zone = try row("zone")
    isActive = try row("state", as: String.self) == "active"
    roles = Roles(rawValue: try row("roles"))
  }

  public static func find(_ id: ID<Person>, org: ID<Organisation>, _ tx: Transaction) throws -> Addressee? {
    try tx.first("SELECT org_id, id, email, name, zone, state, roles FROM person WHERE org_id = \(org) AND id = \(id)")
  }

  /// The viewer that a job of this person acts as.
  public func viewer(_ origin: Viewer.Origin = .job) -> Viewer {
    Viewer(org: org, person: id, roles: roles, origin: origin, name: name, zone: zone)
  }
}
