import Kit
import Store
import Web

enum Insights {
  static let migrations = [
    Migration(
      "insights/1",
      [
        """
        CREATE TABLE insight (
          org_id BIGINT NOT NULL, id BIGINT NOT NULL, session_id BIGINT NOT NULL, author_id BIGINT NOT NULL, partner_id BIGINT NOT NULL,
          text TEXT NOT NULL, created_at BIGINT NOT NULL, released_at BIGINT, PRIMARY KEY (org_id, id), UNIQUE (org_id, session_id, author_id),
          FOREIGN KEY (org_id, session_id) REFERENCES session (org_id, id), FOREIGN KEY (org_id, author_id) REFERENCES person (org_id, id),
          FOREIGN KEY (org_id, partner_id) REFERENCES person (org_id, id))
        """,
        "CREATE INDEX insight_author ON insight (org_id, author_id, id)",
        "CREATE INDEX insight_partner ON insight (org_id, partner_id, id)",
        """
        CREATE TABLE insight_card (
          org_id BIGINT NOT NULL, insight_id BIGINT NOT NULL, person_id BIGINT NOT NULL, card_id BIGINT NOT NULL, made_at BIGINT NOT NULL,
          PRIMARY KEY (org_id, insight_id, person_id), FOREIGN KEY (org_id, insight_id) REFERENCES insight (org_id, id),
          FOREIGN KEY (org_id, person_id) REFERENCES person (org_id, id))
        """,
      ])
  ]

  /// What the search index calls an insight for its author, and for the other one of the pair.
  static let kinds = ["insight", "insight-shared"]

  static func add(_ text: String, _ session: Session, _ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> ID<Insight> {
    let id: ID<Insight> = world.id()
    try tx.run(
      """
      INSERT INTO insight (org_id, id, session_id, author_id, partner_id, text, created_at)
      VALUES (\(viewer.org), \(id), \(session.id), \(viewer.person), \(session.other(than: viewer.person)), \(text), \(world.now()))
      """)
    try tx.index(org: viewer.org.value, kind: kinds[0], id: id.value, title: text, body: session.title, visibleTo: viewer.person.value)
    try tx.record(viewer, "insight.written", id, [:], world)
    return id
  }

  /// Both have wrapped up: each sees and finds the other's.
  static func release(_ session: Session, _ tx: Transaction, _ world: World) throws {
    let rows = try tx.rows(
      """
      UPDATE insight SET released_at = \(world.now()) WHERE org_id = \(session.org) AND session_id = \(session.id) AND released_at IS NULL
      RETURNING id, partner_id, text
      """)
    for row in rows {
      try tx.index(
        org: session.org.value, kind: kinds[1], id: try row("id"), title: try row("text"), body: session.title,
        visibleTo: try row("partner_id"))
    }
  }

  /// The viewer's own and shared insights: all, latest first, or those that hold the words asked for, best first.
  static func search(_ query: String, _ viewer: Viewer, before: ID<Insight>? = nil, limit: Int = 30, _ tx: Transaction) throws -> [Insight]
  {
    if query.trimmed.isEmpty {
      return try tx.all(
        """
        \(Insight.select(viewer)) WHERE \(Insight.visible(to: viewer)) AND insight.id < \(before?.value ?? Int64.max)
        ORDER BY insight.id DESC LIMIT \(limit)
        """)
    }
    let hits = try tx.search(org: viewer.org.value, kinds: kinds, query: query, viewer: viewer.person.value, limit: limit)
    let ids = hits.map { ID<Insight>($0.id) }
    let found: [Insight] = try tx.all("\(Insight.select(viewer)) WHERE \(Insight.visible(to: viewer)) AND insight.id IN \(SQL.list(ids))")
    let places = Dictionary(zip(ids, ids.indices), uniquingKeysWith: { first, _ in first })
    return found.sorted { (places[$0.id] ?? 0) < (places[$1.id] ?? 0) }
  }
}
