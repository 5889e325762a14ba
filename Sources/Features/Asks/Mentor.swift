import Kit
import Store
import Web

/// A person as the ranking reads them.
struct Mentor: Sendable, RowDecodable {
  let org: ID<Organisation>
  let member: Member
  let manager: ID<Person>?
  let seniority: Int

  var id: ID<Person> { member.id }
  var zone: String { member.zone }
  var languages: [String] { member.languages }
  var isMentor: Bool { member.isMentor }

  /// A number for the department, which is a text: the engine only compares them. Nobody entered it: nil.
  var departmentNumber: Int64? {
    let name = member.department.trimmed.lowercased()
    if name.isEmpty { return nil }
    // FNV-1a (Fowler, Noll, Vo), 64 bits.
    return Int64(bitPattern: name.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 })
  }

  init(row: Row) throws {
    org = try row("org_id")
    member = try Member(row: row)
    manager = try row.optional("manager_id")
    seniority = try row("seniority")
  }

  private static let columns: SQL = "person.org_id, person.manager_id, person.seniority, \(Member.columns)"

  static func find(_ person: ID<Person>, org: ID<Organisation>, _ tx: Transaction) throws -> Mentor? {
    try tx.first("SELECT \(columns) FROM person WHERE org_id = \(org) AND id = \(person) AND state = 'active'")
  }

  /// The active ones among these, mentors or not, in no certain order.
  ///
  /// - Parameter asker: whoever they may be shown to; those with whom there is a block are left out.
  static func named(_ people: [ID<Person>], for asker: ID<Person>? = nil, org: ID<Organisation>, _ tx: Transaction) throws -> [Mentor] {
    if people.isEmpty { return [] }
    let free: SQL = asker.map { "AND \(Block.leavesOut("id", of: $0, org: org))" } ?? ""
    return try tx.all("SELECT \(columns) FROM person WHERE org_id = \(org) AND id IN \(SQL.list(people)) AND state = 'active' \(free)")
  }

  /// Ids of active mentors, ascending, a page at a time.
  static func active(org: ID<Organisation>, after: ID<Person>, limit: Int, _ tx: Transaction) throws -> [Mentor] {
    try tx.all(
      """
      SELECT \(columns) FROM person WHERE org_id = \(org) AND id > \(after) AND state = 'active'
        AND (roles / \(Roles.mentor.rawValue)) % 2 = 1 ORDER BY id LIMIT \(limit)
      """)
  }

  /// Mentors who offer one of the skills or one near to them, those who offer most of them at the highest level first.
  static func offering(
    _ skills: [ID<Skill>], near: Set<ID<Skill>>, org: ID<Organisation>, limit: Int, _ tx: Transaction
  ) throws -> [ID<Person>] {
    let mentor = Roles.mentor.rawValue
    if skills.isEmpty {
      return try tx.values(
        """
        SELECT id FROM person WHERE org_id = \(org) AND (roles / \(mentor)) % 2 = 1 AND state = 'active' ORDER BY id LIMIT \(limit)
        """)
    }
    return try tx.values(
      """
      SELECT fit.person_id FROM (
        SELECT person_id, sum(CASE WHEN skill_id IN \(SQL.list(skills)) THEN 1 ELSE 0 END) AS n, max(level) AS top FROM person_skill
        WHERE org_id = \(org) AND direction = 'offers' AND skill_id IN \(SQL.list(skills + near.sorted())) GROUP BY person_id) fit
      JOIN person ON person.org_id = \(org) AND person.id = fit.person_id
      WHERE person.state = 'active' AND (person.roles / \(mentor)) % 2 = 1
      ORDER BY fit.n DESC, fit.top DESC, fit.person_id LIMIT \(limit)
      """)
  }
}
