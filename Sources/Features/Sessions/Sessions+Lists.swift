import Kit
import Store
import Web

/// The viewer's own sessions, in two statements each.
enum Sessions {
  /// The nearest session that is booked and not over.
  static func next(for viewer: Viewer, _ tx: Transaction, _ world: World) throws -> SessionSummary? {
    try upcoming(viewer, limit: 1, tx, world).first
  }

  static func upcoming(_ viewer: Viewer, limit: Int = 50, _ tx: Transaction, _ world: World) throws -> [SessionSummary] {
    try summaries(tx.all(upcoming(viewer, limit, world.now())), viewer, tx, world)
  }

  private static func upcoming(_ viewer: Viewer, _ limit: Int, _ now: Instant) -> SQL {
    """
    \(own(viewer, "state = 'booked' AND ends_at > \(now)")) ORDER BY starts_at, id LIMIT \(limit)
    """
  }

  /// Those that wait for the mentor's word.
  static func waiting(_ viewer: Viewer, _ tx: Transaction, _ world: World) throws -> [SessionSummary] {
    try summaries(
      tx.all(
        """
        SELECT \(Session.columns) FROM session WHERE org_id = \(viewer.org) AND (mentor_id = \(viewer.person) OR mentee_id = \(viewer.person))
          AND state = \("held") AND approval_due IS NOT NULL AND held_until > \(world.now()) ORDER BY starts_at, id LIMIT 20
        """), viewer, tx, world)
  }

  /// Sessions that began, latest first; those that were cancelled or had lapsed are not among them.
  static func past(_ viewer: Viewer, before: Instant? = nil, limit: Int = 50, _ tx: Transaction, _ world: World) throws -> [SessionSummary]
  {
    try summaries(tx.all(past(viewer, before: before, limit, world.now())), viewer, tx, world)
  }

  private static func past(_ viewer: Viewer, before: Instant?, _ limit: Int, _ now: Instant) -> SQL {
    """
    \(own(viewer, "state IN ('booked', 'met', 'wrapped', 'no_show') AND ends_at <= \(now) AND starts_at < \(before ?? now)"))
    ORDER BY starts_at DESC, id DESC LIMIT \(limit)
    """
  }

  /// Sessions that took place, or should have, and that the viewer has not wrapped up: of the last two weeks, latest first.
  static func toWrapUp(_ viewer: Viewer, _ tx: Transaction, _ world: World) throws -> [SessionSummary] {
    try summaries(tx.all(toWrapUp(viewer, world.now())), viewer, tx, world)
  }

  private static func toWrapUp(_ viewer: Viewer, _ now: Instant) -> SQL {
    let open: SQL = """
      state IN ('booked', 'met') AND ends_at <= \(now) AND ends_at > \(now - .days(14))
      AND NOT EXISTS (SELECT 1 FROM wrap_up WHERE wrap_up.org_id = session.org_id AND wrap_up.session_id = session.id
        AND wrap_up.author_id = \(viewer.person))
      """
    return "\(own(viewer, open)) ORDER BY starts_at DESC, id DESC LIMIT 5"
  }

  private static func proposed(_ viewer: Viewer, _ now: Instant) -> SQL {
    let open: SQL = """
      (state = 'booked' AND starts_at > \(now) OR state = 'held' AND approval_due IS NOT NULL AND held_until > \(now))
      AND EXISTS (SELECT 1 FROM proposed_time WHERE proposed_time.org_id = session.org_id AND proposed_time.session_id = session.id
        AND proposed_time.proposed_by <> \(viewer.person) AND proposed_time.start_at > \(now))
      """
    return "\(own(viewer, open)) ORDER BY starts_at, id LIMIT 3"
  }

  /// Nobody is both sides of a session, so each is looked up by its own index; an OR would walk the sessions of the organisation.
  private static func own(_ viewer: Viewer, _ condition: SQL) -> SQL {
    """
    SELECT \(Session.columns) FROM session WHERE org_id = \(viewer.org) AND mentor_id = \(viewer.person) AND \(condition)
    UNION ALL
    SELECT \(Session.columns) FROM session WHERE org_id = \(viewer.org) AND mentee_id = \(viewer.person) AND \(condition)
    """
  }

  /// What is near in time to somebody.
  struct Near {
    /// The next three, nearest first.
    var upcoming: [SessionSummary] = []
    /// See ``toWrapUp(_:_:_:)``.
    var toWrapUp: [SessionSummary] = []
    /// The last that began, unless it was with somebody blocked.
    var last: SessionSummary?
    /// Those for which the other has proposed times that the viewer has not answered.
    var proposed: [SessionSummary] = []
  }

  /// All of that in two statements.
  static func near(_ viewer: Viewer, _ tx: Transaction, _ world: World) throws -> Near {
    let now = world.now()
    let other: SQL = "CASE WHEN c.mentor_id = \(viewer.person) THEN c.mentee_id ELSE c.mentor_id END"
    let rows = try tx.rows(
      """
      SELECT 1 AS list, a.* FROM (\(upcoming(viewer, 3, now))) AS a UNION ALL
      SELECT 2 AS list, b.* FROM (\(toWrapUp(viewer, now))) AS b UNION ALL
      SELECT 3 AS list, c.* FROM (\(past(viewer, before: nil, 1, now))) AS c WHERE \(Block.leavesOut(other, of: viewer.person, org: viewer.org))
      UNION ALL
      SELECT 4 AS list, d.* FROM (\(proposed(viewer, now))) AS d
      """)
    let lists = try Dictionary(grouping: rows) { try $0("list", as: Int.self) }.mapValues { try $0.map(Session.init(row:)) }
    let others = try Member.named(lists.values.flatMap { $0.map { $0.other(than: viewer.person) } }, org: viewer.org, tx)
    let summaries = { (list: Int) in
      (lists[list] ?? []).sorted { ($0.start, $0.id) < ($1.start, $1.id) }.compactMap { session in
        others[session.other(than: viewer.person)].map { SessionSummary(session, with: $0, viewer, now: now) }
      }
    }
    return Near(upcoming: summaries(1), toWrapUp: summaries(2).reversed(), last: summaries(3).first, proposed: summaries(4))
  }

  static func summary(_ id: ID<Session>, _ viewer: Viewer, _ tx: Transaction, _ world: World) throws -> SessionSummary {
    guard let summary = try summaries([Session.find(id, for: viewer, tx)], viewer, tx, world).first else { throw Problem.notFound }
    return summary
  }

  private static func summaries(_ sessions: [Session], _ viewer: Viewer, _ tx: Transaction, _ world: World) throws -> [SessionSummary] {
    let others = try Member.named(sessions.map { $0.other(than: viewer.person) }, org: viewer.org, tx)
    let nameless = try HiddenAsker.among(sessions, viewer, tx)
    return sessions.compactMap { session in
      let other = nameless.contains(session.id) ? Member(hiddenFrom: viewer) : others[session.other(than: viewer.person)]
      return other.map { SessionSummary(session, with: $0, viewer, now: world.now()) }
    }
  }
}
