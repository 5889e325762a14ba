import Kit
import Store
import Web

/// Pairs of whom one wants nothing to do with the other. It works both ways and silently: to each of the two, the other is as if not there.
///
/// Whoever looks somebody up for a member, to be seen, asked or booked, asks here too. What the two had before stays theirs.
enum Block {
  /// A condition on a column with ids of people: none of them is blocked by `person` or blocks them.
  static func leavesOut(_ people: SQL, of person: ID<Person>, org: ID<Organisation>) -> SQL {
    """
    \(people) NOT IN (
      SELECT blocked_id FROM person_block WHERE org_id = \(org) AND person_id = \(person)
      UNION ALL SELECT person_id FROM person_block WHERE org_id = \(org) AND blocked_id = \(person))
    """
  }

  /// Whether one of the two blocks the other.
  static func stands(between one: ID<Person>, and other: ID<Person>, org: ID<Organisation>, _ tx: Transaction) throws -> Bool {
    try tx.count(
      """
      SELECT count(*) FROM person_block
      WHERE org_id = \(org) AND (person_id = \(one) AND blocked_id = \(other) OR person_id = \(other) AND blocked_id = \(one))
      """) > 0
  }
}

extension Member {
  /// An active member whom the viewer may look up; whoever is blocked answers like nobody.
  static func find(meetable id: ID<Person>, for viewer: Viewer, _ tx: Transaction) throws -> Member {
    let found: Member? = try tx.first(
      """
      SELECT \(columns) FROM person WHERE org_id = \(viewer.org) AND id = \(id) AND state = 'active'
        AND \(Block.leavesOut("id", of: viewer.person, org: viewer.org))
      """)
    guard let found else { throw Problem.notFound }
    return found
  }
}
