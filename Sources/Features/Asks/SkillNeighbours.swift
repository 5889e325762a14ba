import Kit
import Store

/// Skills of the same topic as those needed: a mentor for one of them is better than none.
struct SkillNeighbours {
  let edges: [(Int64, Int64)]

  /// All skills near to a needed one.
  var near: Set<ID<Skill>> { Set(edges.map { ID($0.1) }) }

  /// One statement. Only skills that ship with Tandem have topics narrow enough.
  static func of(_ skills: [ID<Skill>], _ tx: Transaction) throws -> SkillNeighbours {
    if skills.isEmpty { return SkillNeighbours(edges: []) }
    let rows = try tx.rows(
      """
      SELECT needed.id AS needed, other.id AS other FROM skill needed
      JOIN skill other ON other.topic = needed.topic AND other.id <> needed.id AND other.source = 'starter'
      WHERE needed.id IN \(SQL.list(skills)) AND needed.source = 'starter' AND needed.topic <> ''
      """)
    return SkillNeighbours(edges: try rows.map { (try $0("needed"), try $0("other")) })
  }
}
