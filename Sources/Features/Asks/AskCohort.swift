import Kit
import Store
import Web

/// The asks of a window one by one, as far as a funnel needs them. No words of anybody are in it.
struct AskCohort: Sendable, Hashable {
  let asker: ID<Person>
  let openedAt: Instant
  let isWaiting: Bool
  /// Its time ran out and nobody had helped.
  let hasExpired: Bool
  let wasOffered: Bool
  /// Has a session, or was answered in writing.
  let wasBooked: Bool
  /// Its session took place, or it was answered in writing.
  let wasMet: Bool
  let wasAnswered: Bool

  static func load(org: ID<Organisation>, from: Instant, to: Instant, _ tx: Transaction) throws -> [AskCohort] {
    try tx.rows(
      """
      SELECT asker_id, opened_at, state, session_id, met_at,
        CASE WHEN EXISTS (SELECT 1 FROM offer WHERE offer.org_id = ask.org_id AND offer.ask_id = ask.id) THEN 1 ELSE 0 END AS offered
      FROM ask WHERE org_id = \(org) AND opened_at >= \(from) AND opened_at < \(to)
      """
    ).map { row in
      let state: Ask.State = try row("state")
      let met: Instant? = try row.optional("met_at")
      let session: Int64? = try row.optional("session_id")
      return AskCohort(
        asker: try row("asker_id"), openedAt: try row("opened_at"), isWaiting: state.isWaiting, hasExpired: state == .expired && met == nil,
        wasOffered: try row("offered"), wasBooked: session != nil || met != nil, wasMet: met != nil, wasAnswered: state == .answered)
    }
  }
}
