import Kit
import Store
import Web

/// Counts of sessions that began in a span of time, for KPIs and reports. No name of a mentee is in it.
struct SessionFigures: Output, Hashable {
  struct Load: Output, Hashable {
    let mentor: ID<Person>
    let minutes: Int
    let sessions: Int
  }

  /// Booked at some time and not cancelled.
  let booked: Int
  /// Took place.
  let met: Int
  /// Those that nobody disputes, and those that stood.
  let noShows: Int
  let cancelled: Int
  let cancelledLate: Int
  /// Wrapped up by at least one side.
  let wrapped: Int
  let ratings: Int
  let ratingSum: Int
  let ratingSquareSum: Int
  /// Minutes that took place, by mentor.
  let loads: [Load]

  var ratingMean: Double? { ratings == 0 ? nil : Double(ratingSum) / Double(ratings) }
  var minutes: Int { loads.reduce(0) { $0 + $1.minutes } }

  static func load(org: ID<Organisation>, from: Instant, to: Instant, _ tx: Transaction) throws -> SessionFigures {
    let span: SQL = "session.org_id = \(org) AND session.starts_at >= \(from) AND session.starts_at < \(to)"
    let states = try tx.row(
      """
      SELECT count(*) FILTER (WHERE state IN ('booked', 'met', 'wrapped', 'no_show')) AS booked,
        count(*) FILTER (WHERE state IN ('met', 'wrapped')) AS met, count(*) FILTER (WHERE state = 'no_show' AND NOT EXISTS (SELECT 1 FROM dispute WHERE dispute.org_id = session.org_id
          AND dispute.session_id = session.id AND dispute.settled_at IS NULL)) AS no_shows,
        count(*) FILTER (WHERE state = 'cancelled') AS cancelled, count(*) FILTER (WHERE state = 'cancelled' AND was_late = 1) AS late,
        count(*) FILTER (WHERE EXISTS (SELECT 1 FROM wrap_up WHERE wrap_up.org_id = session.org_id AND wrap_up.session_id = session.id)) AS wrapped
      FROM session WHERE \(span)
      """)
    let ratings = try tx.row(
      """
      SELECT count(*) AS n, coalesce(sum(points), 0) AS total, coalesce(sum(points * points), 0) AS squares
      FROM rating JOIN session ON session.org_id = rating.org_id AND session.id = rating.session_id
        AND session.mentor_id = rating.subject_id WHERE \(span)
      """)
    let loads = try tx.rows(
      """
      SELECT mentor_id, count(*) AS sessions, sum(ends_at - starts_at) AS length FROM session
      WHERE \(span) AND state IN ('met', 'wrapped') GROUP BY mentor_id ORDER BY mentor_id
      """)
    return SessionFigures(
      booked: try states?("booked") ?? 0, met: try states?("met") ?? 0, noShows: try states?("no_shows") ?? 0,
      cancelled: try states?("cancelled") ?? 0, cancelledLate: try states?("late") ?? 0, wrapped: try states?("wrapped") ?? 0,
      ratings: try ratings?("n") ?? 0, ratingSum: try ratings?("total") ?? 0, ratingSquareSum: try ratings?("squares") ?? 0,
      loads: try loads.map { row in
        Load(mentor: try row("mentor_id"), minutes: Int(try row("length", as: Int64.self) / 60_000_000), sessions: try row("sessions"))
      })
  }
}
