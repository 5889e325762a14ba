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
    try summaries(
      tx.all(
        """
        SELECT \(Session.columns) FROM session WHERE org_id = \(viewer.org) AND (mentor_id = \(viewer.person) OR mentee_id = \(viewer.person))
          AND state = \("booked") AND ends_at > \(world.now()) ORDER BY starts_at, id LIMIT \(limit)
        """), viewer, tx, world)
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
    let now = world.now()
    return try summaries(
      tx.all(
        """
        SELECT \(Session.columns) FROM session WHERE org_id = \(viewer.org) AND (mentor_id = \(viewer.person) OR mentee_id = \(viewer.person))
          AND state IN (\("booked"), \("met"), \("wrapped"), \("no_show")) AND ends_at <= \(now) AND starts_at < \(before ?? now)
        ORDER BY starts_at DESC, id DESC LIMIT \(limit)
        """), viewer, tx, world)
  }

  /// Sessions that took place, or should have, and that the viewer has not wrapped up: of the last two weeks, latest first.
  static func toWrapUp(_ viewer: Viewer, _ tx: Transaction, _ world: World) throws -> [SessionSummary] {
    let now = world.now()
    return try summaries(
      tx.all(
        """
        SELECT \(Session.columns) FROM session WHERE org_id = \(viewer.org) AND (mentor_id = \(viewer.person) OR mentee_id = \(viewer.person))
          AND state IN (\("booked"), \("met")) AND ends_at <= \(now) AND ends_at > \(now - .days(14))
          AND NOT EXISTS (SELECT 1 FROM wrap_up WHERE wrap_up.org_id = session.org_id AND wrap_up.session_id = session.id
            AND wrap_up.author_id = \(viewer.person))
        ORDER BY starts_at DESC LIMIT 5
        """), viewer, tx, world)
  }

  static func summary(_ id: ID<Session>, _ viewer: Viewer, _ tx: Transaction, _ world: World) throws -> SessionSummary {
    guard let summary = try summaries([Session.find(id, for: viewer, tx)], viewer, tx, world).first else { throw Problem.notFound }
    return summary
  }

  private static func summaries(_ sessions: [Session], _ viewer: Viewer, _ tx: Transaction, _ world: World) throws -> [SessionSummary] {
    let others = try Member.named(sessions.map { $0.other(than: viewer.person) }, org: viewer.org, tx)
    return sessions.compactMap { session in
      others[session.other(than: viewer.person)].map { SessionSummary(session, with: $0, viewer, now: world.now()) }
    }
  }
}
