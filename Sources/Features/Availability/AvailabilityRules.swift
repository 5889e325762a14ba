import Kit
import Scheduling
import Store

/// Reads and writes the rules of people.
enum AvailabilityRules {
  static let horizonLimit = 180

  /// Limits of somebody who has set none.
  static func defaults(zone: String) -> Availability { Availability(zone: zone) }

  /// When somebody gives time, and how they like to be booked.
  struct Given {
    var rules: Availability
    var wishes = BookingWishes.none
  }

  /// The rules of each person, in four statements however many they are. Those without windows have rules without windows.
  static func load(_ persons: [ID<Person>], org: ID<Organisation>, _ tx: Transaction) throws -> [ID<Person>: Availability] {
    try given(persons, org: org, tx).mapValues(\.rules)
  }

  /// The same with the wishes.
  static func given(_ persons: [ID<Person>], org: ID<Organisation>, _ tx: Transaction) throws -> [ID<Person>: Given] {
    if persons.isEmpty { return [:] }
    let whom: SQL = "org_id = \(org) AND person_id IN \(SQL.list(persons))"
    var given: [ID<Person>: Given] = [:]
    for row in try tx.rows("SELECT id, zone FROM person WHERE org_id = \(org) AND id IN \(SQL.list(persons))") {
      given[try row("id")] = Given(rules: defaults(zone: try row("zone")))
    }
    for row in try tx.rows(
      """
      SELECT person_id, weekly_minutes, sessions_per_day, buffer_before, buffer_after, notice_minutes, horizon_days, paused_until,
        lengths, confirms
      FROM availability_setting WHERE \(whom)
      """)
    {
      let person: ID<Person> = try row("person_id")
      given[person]?.wishes = try BookingWishes(row: row)
      given[person]?.rules.weeklyMinutes = try row.optional("weekly_minutes")
      given[person]?.rules.sessionsPerDay = try row.optional("sessions_per_day")
      given[person]?.rules.bufferBefore = try row("buffer_before")
      given[person]?.rules.bufferAfter = try row("buffer_after")
      given[person]?.rules.noticeMinutes = try row("notice_minutes")
      given[person]?.rules.horizonDays = try row("horizon_days")
      if let until = try row.optional("paused_until", as: String.self).flatMap({ CivilDate($0) }) {
        given[person]?.rules.away.append(.pause(until: until))
      }
    }
    // The rows of a person stand together.
    var owner: ID<Person>?
    var weekly: [WeeklyWindow] = []
    for row in try tx.rows(
      """
      SELECT person_id, weekday, from_minute, to_minute FROM weekly_window WHERE \(whom)
      ORDER BY person_id, weekday, from_minute, to_minute
      """)
    {
      let person: ID<Person> = try row("person_id")
      guard let weekday = Weekday(rawValue: try row("weekday")), let window = try DayWindow(row: row) else { continue }
      if person != owner {
        if let owner { given[owner]?.rules.weekly = weekly }
        (owner, weekly) = (person, [])
      }
      weekly.append(WeeklyWindow(weekday, window))
    }
    if let owner { given[owner]?.rules.weekly = weekly }
    for exception in try tx.all(
      """
      SELECT \(AvailabilityException.columns) FROM availability_exception WHERE \(whom)
      ORDER BY first_date, CASE kind WHEN 'off' THEN 0 WHEN 'windows' THEN 1 ELSE 2 END, from_minute, id
      """, as: AvailabilityException.self)
    {
      given[exception.person]?.rules.add(exception)
    }
    return given
  }

  static func of(_ person: ID<Person>, org: ID<Organisation>, _ tx: Transaction) throws -> Availability {
    guard let rules = try load([person], org: org, tx)[person] else { throw Problem.notFound }
    return rules
  }
}

extension Availability {
  /// Adds a stored row: several windows of one date make one exception.
  fileprivate mutating func add(_ exception: AvailabilityException) {
    switch exception.kind {
    case .away: away.append(AwayPeriod(first: exception.first, last: exception.last))
    case .off: exceptions.append(DatedException(exception.first))
    case .windows:
      guard let window = exception.window else { return }
      if let last = exceptions.last, last.date == exception.first, !last.windows.isEmpty {
        exceptions[exceptions.count - 1].windows.append(window)
      } else if !exceptions.contains(where: { $0.date == exception.first && $0.windows.isEmpty }) {
        exceptions.append(DatedException(exception.first, windows: [window]))
      }
    case .extra:
      guard let window = exception.window else { return }
      if let standing = exceptions.firstIndex(where: { $0.date == exception.first }) {
        exceptions[standing].windows.append(window)
      } else {
        let ordinary = weekly.filter { $0.weekday == exception.first.weekday }.map(\.window)
        exceptions.append(DatedException(exception.first, windows: ordinary + [window]))
      }
    }
  }
}

extension AwayPeriod {
  /// No sessions as a mentor before a date: an absence without a beginning, so that it is told from being away, when nobody meets anybody.
  static func pause(until date: CivilDate) -> AwayPeriod { AwayPeriod(first: forever, last: date.adding(days: -1)) }

  var isPause: Bool { first == AwayPeriod.forever }

  private static let forever = CivilDate(dayNumber: 0)
}

extension DayWindow {
  init?(row: Row) throws {
    guard let from = WallTime(minuteOfDay: try row("from_minute")), let to = WallTime(minuteOfDay: try row("to_minute")) else { return nil }
    self.init(from: from, to: to)
  }
}
