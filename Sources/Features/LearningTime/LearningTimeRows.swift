import Kit
import Scheduling
import Store
import Web

/// Windows that people keep, and the reminder of each day.
enum LearningTime {
  static let migrations = [
    Migration(
      "learningtime/1",
      [
        """
        CREATE TABLE learning_window (
          org_id BIGINT NOT NULL, id BIGINT NOT NULL, person_id BIGINT NOT NULL, weekday BIGINT NOT NULL CHECK (weekday BETWEEN 1 AND 7),
          from_minute BIGINT NOT NULL CHECK (from_minute BETWEEN 0 AND 1439), minutes BIGINT NOT NULL CHECK (minutes BETWEEN 5 AND 15),
          kept_at BIGINT NOT NULL, PRIMARY KEY (org_id, id), UNIQUE (org_id, person_id, weekday),
          FOREIGN KEY (org_id, person_id) REFERENCES person (org_id, id))
        """,
        """
        CREATE TABLE learning_turn (
          org_id BIGINT NOT NULL, person_id BIGINT NOT NULL, day TEXT NOT NULL, window_id BIGINT NOT NULL, starts_at BIGINT NOT NULL,
          state TEXT NOT NULL CHECK (state IN ('planned', 'told', 'done', 'dropped')), told_at BIGINT,
          PRIMARY KEY (org_id, person_id, day), FOREIGN KEY (org_id, person_id) REFERENCES person (org_id, id))
        """,
      ])
  ]

  struct Kept: RowDecodable, Sendable {
    let id: ID<LearningTime.Kept>
    let person: ID<Person>
    let window: LearningWindow
    let keptAt: Instant

    init(row: Row) throws {
      id = try row("id")
      person = try row("person_id")
      keptAt = try row("kept_at")
      window = LearningWindow(
        Weekday(rawValue: try row("weekday")) ?? .monday, at: WallTime(minuteOfDay: try row("from_minute")) ?? .midnight,
        minutes: try row("minutes"))
    }
  }

  static let columns: SQL = "id, person_id, weekday, from_minute, minutes, kept_at"

  static func rows(of person: ID<Person>, org: ID<Organisation>, _ tx: Transaction) throws -> [Kept] {
    try tx.all("SELECT \(columns) FROM learning_window WHERE org_id = \(org) AND person_id = \(person) ORDER BY weekday, from_minute")
  }

  /// A person's windows in the person's zone.
  struct Week: Sendable {
    let windows: [LearningWindow]
    let zone: Zone

    func occurrences(from: Int32, to: Int32) -> [Interval] { LearningWindow.occurrences(windows, from: from, to: to, zone) }
  }

  /// The windows of several people, in one statement.
  static func windows(of persons: [ID<Person>], org: ID<Organisation>, _ tx: Transaction) throws -> [ID<Person>: Week] {
    if persons.isEmpty { return [:] }
    var weeks: [ID<Person>: Week] = [:]
    for row in try tx.rows(
      """
      SELECT w.id AS id, w.person_id AS person_id, w.weekday AS weekday, w.from_minute AS from_minute, w.minutes AS minutes,
        w.kept_at AS kept_at, person.zone AS zone
      FROM learning_window w JOIN person ON person.org_id = w.org_id AND person.id = w.person_id
      WHERE w.org_id = \(org) AND w.person_id IN \(SQL.list(persons))
      """)
    {
      let kept = try Kept(row: row)
      weeks[kept.person] = Week(windows: (weeks[kept.person]?.windows ?? []) + [kept.window], zone: Zones.zone(try row("zone")))
    }
    return weeks
  }

  static func uid(_ id: ID<Kept>, org: ID<Organisation>) -> String { "\(org)-\(id)-learning@tandem".lowercased() }

  static func uids(of person: ID<Person>, org: ID<Organisation>, _ tx: Transaction) throws -> [String] {
    try rows(of: person, org: org, tx).map { uid($0.id, org: org) }
  }

  /// The windows as weekly events that leave their owner free in other programs.
  static func events(of owner: Addressee, stamp: Int64, _ tx: Transaction, _ site: Site) throws -> [CalendarEvent] {
    let zone = Zones.zone(owner.zone)
    return try rows(of: owner.id, org: owner.org, tx).map { row in
      let kept = zone.local(at: row.keptAt.microseconds).date
      let first = kept.adding(days: (row.window.weekday.rawValue - kept.weekday.rawValue + 7) % 7)
      let time = row.window.interval(on: first, zone)
      return CalendarEvent(
        uid: uid(row.id, org: owner.org), stamp: stamp, start: MinuteClock.microseconds(time.start),
        end: MinuteClock.microseconds(time.end),
        summary: "Learning", url: "\(site.settings.baseURL)/learn", isTransparent: true,
        series: CalendarSeries(zone: zone, weekdays: [row.window.weekday]))
    }
  }
}
