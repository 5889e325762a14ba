import Kit
import Scheduling
import Store
import Web

/// Sessions of one pair that come back every few weeks at one wall time. Each is a session of its own; this is the rule behind them.
struct SessionSeries: RowDecodable, Sendable {
  /// How far ahead sessions of a series are made.
  static let ahead = 56
  /// No series has more dates than a year of weeks.
  static let most = 52

  let org: ID<Organisation>
  let id: ID<SessionSeries>
  let mentor: ID<Person>
  let mentee: ID<Person>
  let madeBy: ID<Person>
  let kind: String
  let title: String
  let everyWeeks: Int
  let first: CivilDate
  let last: CivilDate
  let wall: WallTime
  let zone: String
  let minutes: Int

  static let columns: SQL = """
    session_series.org_id, session_series.id, session_series.mentor_id, session_series.mentee_id, session_series.made_by,
    session_series.kind, session_series.title, session_series.every_weeks, session_series.first_date, session_series.last_date,
    session_series.wall_minute, session_series.zone, session_series.minutes
    """

  init(row: Row) throws {
    org = try row("org_id")
    id = try row("id")
    mentor = try row("mentor_id")
    mentee = try row("mentee_id")
    madeBy = try row("made_by")
    kind = try row("kind")
    title = try row("title")
    everyWeeks = try row("every_weeks")
    first = CivilDate(try row("first_date", as: String.self)) ?? CivilDate(dayNumber: 0)
    last = CivilDate(try row("last_date", as: String.self)) ?? CivilDate(dayNumber: 0)
    wall = WallTime(minuteOfDay: try row("wall_minute")) ?? .midnight
    zone = try row("zone")
    minutes = try row("minutes")
  }

  /// All dates of the rule; none when it was ended before it began.
  var dates: [CivilDate] { SessionSeries.dates(first: first, last: last, everyWeeks: everyWeeks) }

  static func dates(first: CivilDate, last: CivilDate, everyWeeks: Int) -> [CivilDate] {
    guard first <= last else { return [] }
    return stride(from: 0, through: min(last.days(since: first), most * 7 * 4), by: max(everyWeeks, 1) * 7).prefix(most).map {
      first.adding(days: $0)
    }
  }

  /// The moment of a date, by the offset of that date: a wall time in a gap moves on, one that exists twice is the first.
  func start(on date: CivilDate) -> Instant { SessionSeries.start(on: date, wall, zone: zone) }

  static func start(on date: CivilDate, _ wall: WallTime, zone: String) -> Instant {
    Instant(microseconds: Zones.zone(zone).instant(of: LocalDateTime(date, wall)))
  }

  /// "Every 2 weeks, Tuesday 12:00 (Berlin), until Tue 9 Mar 2027".
  var words: String {
    let rhythm = everyWeeks == 1 ? "Every week" : "Every \(everyWeeks) weeks"
    return
      "\(rhythm), \(DayOfWeek(first.weekday).name) \(DisplayTime.time(wall)) (\(DisplayTime.place(zone))), until \(DisplayTime.dayAndYear(last))"
  }

  /// The series that a session belongs to, and its date in it.
  static func of(_ session: ID<Session>, org: ID<Organisation>, _ tx: Transaction) throws -> (series: SessionSeries, date: CivilDate)? {
    let row = try tx.row(
      """
      SELECT \(columns), series_date.date FROM series_date
      JOIN session_series ON session_series.org_id = series_date.org_id AND session_series.id = series_date.series_id
      WHERE series_date.org_id = \(org) AND series_date.session_id = \(session)
      """)
    guard let row, let date = CivilDate(try row("date", as: String.self)) else { return nil }
    return (try SessionSeries(row: row), date)
  }

  /// The same for one of its two: a colleague who took over one session has no say in the others.
  static func of(_ session: ID<Session>, for viewer: Viewer, _ tx: Transaction) throws -> (series: SessionSeries, date: CivilDate)? {
    let found = try of(session, org: viewer.org, tx)
    return found.flatMap { [$0.series.mentor, $0.series.mentee].contains(viewer.person) ? $0 : nil }
  }

  /// Takes a session out of its series, whose date is then one that was left out: what is done to all later ones does not reach it.
  static func leave(_ session: ID<Session>, org: ID<Organisation>, _ tx: Transaction) throws {
    try tx.run("UPDATE series_date SET state = 'skipped', session_id = NULL WHERE org_id = \(org) AND session_id = \(session)")
  }

  static func find(_ id: ID<SessionSeries>, org: ID<Organisation>, _ tx: Transaction) throws -> SessionSeries? {
    try tx.first("SELECT \(columns) FROM session_series WHERE org_id = \(org) AND id = \(id)")
  }

  /// Writes what became of a date.
  func note(_ date: CivilDate, _ session: ID<Session>?, state: String, _ tx: Transaction) throws {
    try tx.run(
      """
      INSERT INTO series_date (org_id, series_id, date, session_id, state)
      VALUES (\(org), \(id), \(date.description), \(session), \(state)) ON CONFLICT (org_id, series_id, date) DO NOTHING
      """)
  }

  /// Booked sessions of the series that begin at or after a date of it, in their order.
  func following(_ date: CivilDate, _ tx: Transaction, after now: Instant) throws -> [(date: CivilDate, session: Session)] {
    try tx.rows(
      """
      SELECT \(Session.columns), series_date.date FROM series_date
      JOIN session ON session.org_id = series_date.org_id AND session.id = series_date.session_id
      WHERE series_date.org_id = \(org) AND series_date.series_id = \(id) AND series_date.date >= \(date.description)
        AND session.state = \("booked") AND session.mentor_id = \(mentor) AND session.starts_at > \(now) ORDER BY series_date.date
      """
    ).compactMap { row in
      let session = try Session(row: row)
      return CivilDate(try row("date", as: String.self)).map { (date: $0, session: session) }
    }
  }
}
