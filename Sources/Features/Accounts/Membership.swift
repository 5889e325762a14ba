import Kit
import Store
import Web

/// One of the organisations that an address is an active member of. Somebody in two organisations is two people to Tandem.
struct Membership: RowDecodable, Sendable {
  let org: ID<Organisation>
  let person: ID<Person>
  let roles: Roles
  let name: String
  let orgName: String
  let hash: PasswordHash?

  init(row: Row) throws {
    org = try row("org_id")
    person = try row("id")
    roles = Roles(rawValue: try row("roles"))
    name = try row("name")
    orgName = try row("org_name")
    hash = try row.optional("hash", as: String.self).flatMap(PasswordHash.init)
  }

  /// All memberships of an address, in the order of joining.
  static func of(_ email: String, _ tx: Transaction) throws -> [Membership] {
    try tx.all(
      """
      SELECT person.org_id, person.id, person.roles, person.name, organisation.name AS org_name, password.hash AS hash FROM person
      JOIN organisation ON organisation.id = person.org_id
      LEFT JOIN password ON password.org_id = person.org_id AND password.person_id = person.id
      WHERE person.email = \(email) AND person.state = \("active") ORDER BY person.id LIMIT 20
      """)
  }
}
