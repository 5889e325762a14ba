import Kit
import Store
import Web

/// What an organisation leaves open: counts and topics, nothing of anybody.
enum OpenEnds {
  /// How long the two of a session have to say whether it took place.
  static let patience = Span.days(1)

  /// Sessions of the window that are over and of which nobody said whether they took place.
  static func sessions(org: ID<Organisation>, from: Instant, now: Instant, _ tx: Transaction) throws -> Int {
    try tx.count(
      """
      SELECT count(*) FROM session
      WHERE org_id = \(org) AND starts_at >= \(from) AND ends_at < \(now - patience) AND state = \(Session.State.booked)
      """)
  }

  /// No-shows that somebody says were none, whenever that was.
  static func disputes(org: ID<Organisation>, _ tx: Transaction) throws -> Int {
    try tx.count("SELECT count(*) FROM dispute WHERE org_id = \(org) AND settled_at IS NULL")
  }

  /// The three topics that most people asked about, each of them by enough people that it tells of nobody.
  static func topics(org: ID<Organisation>, from: Instant, to: Instant, _ tx: Transaction) throws -> [String] {
    try tx.values(
      """
      SELECT skill.label FROM ask JOIN ask_skill ON ask_skill.org_id = ask.org_id AND ask_skill.ask_id = ask.id
      JOIN skill ON skill.id = ask_skill.skill_id
      WHERE ask.org_id = \(org) AND ask.opened_at >= \(from) AND ask.opened_at < \(to)
      GROUP BY skill.id, skill.label HAVING count(DISTINCT ask.asker_id) >= \(SmallGroups.fewest)
      ORDER BY count(DISTINCT ask.asker_id) DESC, skill.label LIMIT 3
      """)
  }
}
