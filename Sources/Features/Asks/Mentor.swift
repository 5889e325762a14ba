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

  /// Mentors who offer one of the skills or one near to them, the best fitting first, and the asker, in one statement.
  ///
  /// - Parameter including: somebody who is looked at whatever they offer.
  static func candidates(
    asker: ID<Person>, skills: [ID<Skill>], near: Set<ID<Skill>>, including: ID<Person>?, org: ID<Organisation>, limit: Int,
    _ tx: Transaction
  ) throws -> [Mentor] {
    let mentor = Roles.mentor.rawValue
    let fits: SQL =
      skills.isEmpty
      ? "SELECT id AS person_id, 0 AS n, 0 AS top FROM person WHERE org_id = \(org) AND (roles / \(mentor)) % 2 = 1 AND state = 'active'"
      : """
      SELECT person_id, sum(CASE WHEN skill_id IN \(SQL.list(skills)) THEN 1 ELSE 0 END) AS n, max(level) AS top FROM person_skill
      WHERE org_id = \(org) AND direction = 'offers' AND skill_id IN \(SQL.list(skills + near.sorted())) GROUP BY person_id
      """
    return try tx.all(
      """
      SELECT person.org_id, person.manager_id, person.seniority, \(Member.columns)
      FROM person LEFT JOIN (\(fits)) fit ON fit.person_id = person.id
      WHERE person.org_id = \(org) AND person.state = 'active' AND (person.id = \(asker) OR person.id = \(including?.value ?? -1)
        OR (fit.person_id IS NOT NULL AND (person.roles / \(mentor)) % 2 = 1))
      ORDER BY CASE WHEN person.id IN (\(asker), \(including?.value ?? -1)) THEN 0 ELSE 1 END, fit.n DESC, fit.top DESC, person.id
      LIMIT \(limit + 2)
      """)
  }
}
