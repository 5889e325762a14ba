import Kit
import Scheduling
import Store
import Web

/// How far a person is in one skill of a goal.
public struct GoalGap: Output, Hashable {
  public let skill: Skill
  public let from: Int
  public let to: Int
  public let now: Int

  public var isClosed: Bool { now >= to }

  /// The gaps of several goals in one statement.
  static func of(_ goals: [ID<Goal>], org: ID<Organisation>, _ tx: Transaction) throws -> [ID<Goal>: [GoalGap]] {
    if goals.isEmpty { return [:] }
    var found: [ID<Goal>: [GoalGap]] = [:]
    let rows = try tx.rows(
      """
      SELECT g.goal_id, g.from_level, g.to_level, g.now_level, \(Skill.columns) FROM goal_skill g JOIN skill ON skill.id = g.skill_id
      WHERE g.org_id = \(org) AND g.goal_id IN \(SQL.list(goals)) ORDER BY skill.label, skill.id
      """)
    for row in rows {
      let gap = GoalGap(skill: try Skill(row: row), from: try row("from_level"), to: try row("to_level"), now: try row("now_level"))
      found[try row("goal_id"), default: []].append(gap)
    }
    return found
  }
}

/// Gap bars as a page draws them.
struct GapChart: Output {
  struct Bar: Output {
    var label: String
    var value: String
    var percent: Int
    var target: Int
    var ghost: Int?
    var href: String
  }

  var gaps: [Bar]
  var finding: String

  /// Nil when the goal names no skill.
  init?(_ gaps: [GoalGap]) {
    guard !gaps.isEmpty else { return nil }
    self.gaps = gaps.map { gap in
      Bar(
        label: gap.skill.label, value: "\(gap.now) of \(gap.to)", percent: gap.now * 20, target: gap.to * 20,
        ghost: gap.from < gap.now ? gap.from * 20 : nil, href: gap.skill.href)
    }
    finding = gaps.map(GapChart.sentence).joined(separator: " ")
  }

  private static func sentence(_ gap: GoalGap) -> String {
    let moved = gap.now - gap.from
    let change = moved > 0 ? ", up \(moved) since the start" : moved < 0 ? ", down \(-moved) since the start" : ""
    return "\(gap.skill.label) \(gap.now) of \(gap.to)\(change)."
  }
}
