import Kit
import Store
import Web

/// A member as managers and administrators see them, with address and state.
struct MemberDetail: Output, RowDecodable {
  let id: ID<Person>
  let name: String
  let email: String
  let state: PersonState
  let roles: [String]
  let title: String
  let department: String
  let seniority: Int
  let zone: String
  let languages: [String]
  let manager: ID<Person>?
  let joined: Instant?
  let version: Int

  static let columns: SQL = """
    person.id, person.name, person.email, person.state, person.roles, person.title, person.department, person.seniority, person.zone,
    person.languages, person.manager_id, person.joined_at, person.version
    """

  init(row: Row) throws {
    id = try row("id")
    name = try row("name")
    email = try row("email")
    state = try row("state")
    roles = Roles(rawValue: try row("roles")).words
    title = try row("title")
    department = try row("department")
    seniority = try row("seniority")
    zone = try row("zone")
    languages = try row("languages", as: String.self).split(separator: ",").map(String.init)
    manager = try row.optional("manager_id")
    joined = try row.optional("joined_at")
    version = try row("version")
  }

  var roleSet: Roles { Roles(words: roles) ?? .member }

  static func find(_ id: ID<Person>, for viewer: Viewer, _ tx: Transaction) throws -> MemberDetail {
    let found: MemberDetail? = try tx.first("SELECT \(columns) FROM person WHERE org_id = \(viewer.org) AND id = \(id)")
    guard let found else { throw Problem.notFound }
    return found
  }

  /// Members by name, after the one given.
  static func list(_ filter: MemberFilter, limit: Int, for viewer: Viewer, _ tx: Transaction) throws -> [MemberDetail] {
    // Names sort by code point on both engines, whatever the server's locale is.
    let name: SQL = tx.dialect == .postgres ? "person.name COLLATE \"C\"" : "person.name"
    var after: SQL = ""
    if let last = filter.after {
      after = " AND (\(name), person.id) > ((SELECT p.name FROM person p WHERE p.org_id = \(viewer.org) AND p.id = \(last)), \(last))"
    }
    return try tx.all(
      "SELECT \(columns) FROM person WHERE \(filter.condition(viewer.org, tx.dialect))\(after) ORDER BY \(name), person.id LIMIT \(limit)")
  }
}
