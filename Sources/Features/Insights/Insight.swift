import Kit
import Store
import Web

/// The one thing somebody took away from a session. Its author's own until both have wrapped up; then the pair's.
struct Insight: RowDecodable, Sendable {
  let id: ID<Insight>
  let session: ID<Session>
  let author: ID<Person>
  let partner: ID<Person>
  let text: String
  let at: Instant
  /// Whether the viewer has made a card of it.
  let hasCard: Bool

  static func visible(to viewer: Viewer) -> SQL {
    """
    insight.org_id = \(viewer.org)
      AND (insight.author_id = \(viewer.person) OR (insight.partner_id = \(viewer.person) AND insight.released_at IS NOT NULL))
    """
  }

  static func select(_ viewer: Viewer) -> SQL {
    """
    SELECT insight.id, insight.session_id, insight.author_id, insight.partner_id, insight.text, insight.created_at,
      CASE WHEN EXISTS (SELECT 1 FROM insight_card WHERE insight_card.org_id = insight.org_id AND insight_card.insight_id = insight.id
        AND insight_card.person_id = \(viewer.person)) THEN 1 ELSE 0 END AS has_card FROM insight
    """
  }

  init(row: Row) throws {
    id = try row("id")
    session = try row("session_id")
    author = try row("author_id")
    partner = try row("partner_id")
    text = try row("text")
    at = try row("created_at")
    hasCard = try row("has_card")
  }

  static func find(_ id: ID<Insight>, for viewer: Viewer, _ tx: Transaction) throws -> Insight {
    let found: Insight? = try tx.first("\(select(viewer)) WHERE \(visible(to: viewer)) AND insight.id = \(id)")
    guard let found else { throw Problem.notFound }
    return found
  }

  static func of(_ session: ID<Session>, _ viewer: Viewer, _ tx: Transaction) throws -> [Insight] {
    try tx.all("\(select(viewer)) WHERE \(visible(to: viewer)) AND insight.session_id = \(session) ORDER BY insight.id")
  }
}
