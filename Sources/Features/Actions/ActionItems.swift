import Kit
import Scheduling
import Store
import Web

enum ActionItems {
  static let migrations = [
    Migration(
      "actions/1",
      [
        """
        CREATE TABLE action_item (
          org_id BIGINT NOT NULL, id BIGINT NOT NULL, session_id BIGINT NOT NULL, owner_id BIGINT NOT NULL, partner_id BIGINT NOT NULL,
          author_id BIGINT NOT NULL, text TEXT NOT NULL, due TEXT NOT NULL, state TEXT NOT NULL CHECK (state IN ('open', 'done', 'dropped')),
          created_at BIGINT NOT NULL, released_at BIGINT, settled_at BIGINT, PRIMARY KEY (org_id, id),
          CHECK ((state = 'open') = (settled_at IS NULL)), FOREIGN KEY (org_id, session_id) REFERENCES session (org_id, id),
          FOREIGN KEY (org_id, owner_id) REFERENCES person (org_id, id), FOREIGN KEY (org_id, partner_id) REFERENCES person (org_id, id),
          FOREIGN KEY (org_id, author_id) REFERENCES person (org_id, id))
        """,
        "CREATE INDEX action_item_owner ON action_item (org_id, owner_id, state, due)",
        "CREATE INDEX action_item_session ON action_item (org_id, session_id)",
      ])
  ]

  /// What somebody has promised and not yet settled, soonest first.
  static func open(_ person: ID<Person>, org: ID<Organisation>, limit: Int = 50, _ tx: Transaction) throws -> [ActionItem] {
    try tx.all(
      """
      SELECT \(ActionItem.columns) FROM action_item WHERE org_id = \(org) AND owner_id = \(person) AND state = \("open")
      ORDER BY due, id LIMIT \(limit)
      """)
  }

  /// What was settled lately, latest first.
  static func settled(_ person: ID<Person>, org: ID<Organisation>, limit: Int = 20, _ tx: Transaction) throws -> [ActionItem] {
    try tx.all(
      """
      SELECT \(ActionItem.columns) FROM action_item WHERE org_id = \(org) AND owner_id = \(person) AND state <> \("open")
      ORDER BY settled_at DESC, id DESC LIMIT \(limit)
      """)
  }

  /// What two people promised each other: all that is open, and what was done since a moment. What the other wrote for themselves stays
  /// theirs until both have wrapped up.
  static func ofPair(_ viewer: Viewer, with partner: ID<Person>, doneSince: Instant, _ tx: Transaction) throws -> [ActionItem] {
    try tx.all(
      """
      SELECT \(ActionItem.columns) FROM action_item WHERE org_id = \(viewer.org)
        AND ((owner_id = \(viewer.person) AND partner_id = \(partner)) OR (owner_id = \(partner) AND partner_id = \(viewer.person)))
        AND (owner_id = \(viewer.person) OR author_id = \(viewer.person) OR released_at IS NOT NULL)
        AND (state = \("open") OR (state = \("done") AND settled_at >= \(doneSince)))
      ORDER BY due, id LIMIT 30
      """)
  }

  static func of(_ session: ID<Session>, _ viewer: Viewer, _ tx: Transaction) throws -> [ActionItem] {
    try tx.all(
      """
      SELECT \(ActionItem.columns) FROM action_item WHERE org_id = \(viewer.org) AND session_id = \(session)
        AND (owner_id = \(viewer.person) OR author_id = \(viewer.person) OR released_at IS NOT NULL)
      ORDER BY due, id
      """)
  }

  static func add(
    _ text: String, due: CivilDate, owner: ID<Person>, to partner: ID<Person>, _ session: ID<Session>, _ tx: Transaction, _ viewer: Viewer,
    _ world: World
  ) throws {
    let id: ID<ActionItem> = world.id()
    try tx.run(
      """
      INSERT INTO action_item (org_id, id, session_id, owner_id, partner_id, author_id, text, due, state, created_at)
      VALUES (\(viewer.org), \(id), \(session), \(owner), \(partner), \(viewer.person), \(text), \(due.description), \("open"), \(world.now()))
      """)
    try tx.record(viewer, "action.promised", id, [:], world)
  }

  /// Both have wrapped up: each sees what the other promised.
  static func release(_ session: ID<Session>, org: ID<Organisation>, _ tx: Transaction, _ world: World) throws {
    try tx.run(
      "UPDATE action_item SET released_at = \(world.now()) WHERE org_id = \(org) AND session_id = \(session) AND released_at IS NULL")
  }
}
