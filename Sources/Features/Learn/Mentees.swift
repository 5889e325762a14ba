import Kit
import Store
import Web

/// Who learns from whom: pairs that have a session with one another.
enum Mentees {
  /// The mentors of a person, as a query.
  static func mentors(of person: ID<Person>, org: ID<Organisation>) -> SQL {
    Sessions.mentors(of: person, org: org)
  }

  /// The mentees of a person, as a query.
  static func mentees(of person: ID<Person>, org: ID<Organisation>) -> SQL {
    Sessions.mentees(of: person, org: org)
  }

  /// The active mentees of a person who do not block them nor are blocked, by name.
  static func members(of viewer: Viewer, _ tx: Transaction) throws -> [Member] {
    try tx.all(
      """
      SELECT \(Member.columns) FROM person WHERE org_id = \(viewer.org) AND state = 'active'
        AND id IN (\(mentees(of: viewer.person, org: viewer.org))) AND \(Block.leavesOut("id", of: viewer.person, org: viewer.org)) ORDER BY name, id LIMIT 200
      """)
  }

  static func contains(_ person: ID<Person>, of viewer: Viewer, _ tx: Transaction) throws -> Bool {
    try tx.count(
      """
      SELECT count(*) FROM person WHERE org_id = \(viewer.org) AND id = \(person)
        AND id IN (\(mentees(of: viewer.person, org: viewer.org))) AND \(Block.leavesOut("id", of: viewer.person, org: viewer.org))
      """) > 0
  }
}
