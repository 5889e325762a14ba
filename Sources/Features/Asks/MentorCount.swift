import Kit
import Store
import Web

/// Whether there is anybody who could be asked at all.
enum MentorCount {
  /// To somebody whose ask finds no mentor in the whole organisation.
  static let nobody = "Nobody mentors here yet. Your ask stays open; you will hear when somebody can help."

  static func isZero(besides viewer: Viewer, _ tx: Transaction) throws -> Bool {
    let first: ID<Person>? = try tx.value(
      """
      SELECT person.id FROM person WHERE person.org_id = \(viewer.org) AND \(Member.isActiveMentor) AND person.id <> \(viewer.person)
        AND \(Block.leavesOut("person.id", of: viewer.person, org: viewer.org))
      LIMIT 1
      """)
    return first == nil
  }
}
