import Kit
import Scheduling
import Store
import Web

/// Moves this and all later sessions of a series: the old series ends before it, a new one with the new time begins with it.
/// The sessions stay the same sessions.
struct MoveFollowing {
  let session: ID<Session>
  let start: Instant

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> SessionSummary {
    guard let (series, date) = try SessionSeries.of(session, for: viewer, tx) else {
      throw Problem.conflict(code: "no_series", detail: "This session belongs to no series.")
    }
    let local = Zones.zone(series.zone).local(at: start.microseconds)
    let shift = local.date.days(since: date)
    let later = try series.following(date, tx, after: world.now())
    let id = try split(series, at: date, to: local, tx, viewer, world)
    // The last one first when they move on, so that none stands in the way of the one before it.
    for (old, found) in shift > 0 ? later.reversed() : later {
      let moved = old.adding(days: shift)
      let target = found.id == session ? start : SessionSeries.start(on: moved, local.time, zone: series.zone)
      if target != found.start {
        try Booking.move(found, to: target, minutes: found.minutes, agreed: true, viewer, tx, world)
      }
    }
    try series.handOn(date, to: id, shift: shift, tx)
    if let fresh = try SessionSeries.find(id, org: viewer.org, tx) { try ExtendSeries.plan(fresh, tx, world) }
    return try Sessions.summary(session, viewer, tx, world)
  }

  private func split(
    _ series: SessionSeries, at date: CivilDate, to local: LocalDateTime, _ tx: Transaction, _ viewer: Viewer, _ world: World
  ) throws -> ID<SessionSeries> {
    let id: ID<SessionSeries> = world.id()
    let shift = local.date.days(since: date)
    try tx.run(
      """
      INSERT INTO session_series (org_id, id, mentor_id, mentee_id, made_by, kind, title, every_weeks, first_date, last_date, wall_minute,
        zone, minutes, made_at)
      VALUES (\(series.org), \(id), \(series.mentor), \(series.mentee), \(viewer.person), \(series.kind), \(series.title),
        \(series.everyWeeks), \(local.date.description), \(series.last.adding(days: shift).description), \(local.time.minuteOfDay),
        \(series.zone), \(series.minutes), \(world.now()))
      """)
    try EndSeries.close(series, before: date, tx)
    try tx.record(viewer, "series.split", id, ["from": "\(series.id)"], world)
    return id
  }
}

extension SessionSeries {
  /// Gives what became of the dates from this one on to another series, so many days later: what was cancelled or left out stays so, what
  /// was taken is tried again.
  fileprivate func handOn(_ date: CivilDate, to other: ID<SessionSeries>, shift: Int, _ tx: Transaction) throws {
    try tx.run(
      """
      DELETE FROM series_date WHERE org_id = \(org) AND series_id = \(id) AND date >= \(date.description) AND state = 'missed'
      """)
    let dates: [String] = try tx.values(
      """
      SELECT date FROM series_date WHERE org_id = \(org) AND series_id = \(id) AND date >= \(date.description) ORDER BY date
      """)
    for old in dates {
      guard let moved = CivilDate(old)?.adding(days: shift) else { continue }
      try tx.run(
        """
        UPDATE series_date SET series_id = \(other), date = \(moved.description)
        WHERE org_id = \(org) AND series_id = \(id) AND date = \(old)
        """)
    }
  }
}

enum EndSeries {
  /// No date of the series from this one on.
  static func close(_ series: SessionSeries, before date: CivilDate, _ tx: Transaction) throws {
    try tx.run(
      """
      UPDATE session_series SET last_date = \(date.adding(days: -1).description)
      WHERE org_id = \(series.org) AND id = \(series.id) AND last_date >= \(date.description)
      """)
  }

  /// Ends the series of a session and calls off what comes after that session.
  static func cancelLater(
    than session: ID<Session>, reason: String?, _ tx: Transaction, _ viewer: Viewer, _ world: World
  ) throws {
    guard let (series, date) = try SessionSeries.of(session, for: viewer, tx) else {
      throw Problem.conflict(code: "no_series", detail: "This session belongs to no series.")
    }
    try close(series, before: date, tx)
    for (_, found) in try series.following(date.adding(days: 1), tx, after: world.now()) {
      _ = try CancelSession(session: found.id, reason: reason)(tx, viewer, world)
    }
    try tx.record(viewer, "series.ended", series.id, [:], world)
  }
}
