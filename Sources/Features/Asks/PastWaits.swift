import Kit
import Matching
import Store

/// How long asks like this one waited in the last 90 days.
enum PastWaits {
  static let window = Span.days(90)
  /// The newest asks are enough for an estimate.
  static let most = 2000

  /// One statement: the organisation's asks, each with whether it has the kind and one of the skills.
  static func estimate(kind: String, skills: [ID<Skill>], org: ID<Organisation>, now: Instant, _ tx: Transaction) throws -> WaitEstimate {
    let rows = try tx.rows(
      """
      SELECT kind, opened_at, met_at, closed_at, EXISTS (SELECT 1 FROM ask_skill WHERE ask_skill.org_id = ask.org_id
        AND ask_skill.ask_id = ask.id AND ask_skill.skill_id IN \(SQL.list(skills))) AS is_near
      FROM ask WHERE org_id = \(org) AND opened_at >= \(now - window) ORDER BY opened_at DESC LIMIT \(most)
      """)
    var family: [Wait] = []
    var sameKind: [Wait] = []
    var all: [Wait] = []
    for row in rows {
      let met: Instant? = try row.optional("met_at")
      let closed: Instant? = try row.optional("closed_at")
      let opened: Instant = try row("opened_at")
      let wait = Wait(minutes: Int(((met ?? closed ?? now) - opened).minutes), wasMet: met != nil)
      all.append(wait)
      guard try row("kind", as: String.self) == kind else { continue }
      sameKind.append(wait)
      if try row("is_near") { family.append(wait) }
    }
    return WaitEstimate(family: family, kind: sameKind, organisation: all)
  }
}
