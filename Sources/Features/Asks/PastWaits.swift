import Kit
import Matching
import Store

/// How long asks like this one waited in the last 90 days.
enum PastWaits {
  static let window = Span.days(90)
  /// The newest asks are enough for an estimate.
  static let most = 2000

  /// One statement: the organisation's other asks, each with whether it has the kind and one of the skills.
  static func estimate(_ own: Ask, skills: [ID<Skill>], now: Instant, _ tx: Transaction) throws -> WaitEstimate {
    let rows = try tx.rows(
      """
      SELECT ask.kind, \(Wait.columns), EXISTS (SELECT 1 FROM ask_skill WHERE ask_skill.org_id = ask.org_id
        AND ask_skill.ask_id = ask.id AND ask_skill.skill_id IN \(SQL.list(skills))) AS is_near
      FROM ask WHERE ask.org_id = \(own.org) AND ask.opened_at >= \(now - window) AND ask.id <> \(own.id)
      ORDER BY ask.opened_at DESC LIMIT \(most)
      """)
    var family: [Wait] = []
    var sameKind: [Wait] = []
    var all: [Wait] = []
    for row in rows {
      let wait = try Wait(ask: row, now: now)
      all.append(wait)
      guard try row("kind", as: String.self) == own.kind else { continue }
      sameKind.append(wait)
      if try row("is_near") { family.append(wait) }
    }
    return WaitEstimate(family: family, kind: sameKind, organisation: all)
  }
}
