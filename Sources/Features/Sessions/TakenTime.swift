import Kit
import Scheduling
import Store

/// What is already in the calendars of people.
struct TakenTime {
  /// Rows of `occupancy`, buffers included: as mentor and as mentee alike.
  var busy: [Interval] = []
  /// Sessions given as a mentor, at their real times: they count against the weekly minutes and the sessions a day.
  var mentoring: [Interval] = []
  /// When the first hold among them ends.
  var until: Instant?

  static func load(
    _ persons: [ID<Person>], org: ID<Organisation>, from: Instant, to: Instant, except session: ID<Session>?, _ tx: Transaction,
    _ world: World
  ) throws -> [ID<Person>: TakenTime] {
    if persons.isEmpty { return [:] }
    let now = world.now()
    let except = session ?? ID(-1)
    var taken: [ID<Person>: TakenTime] = [:]
    for row in try tx.rows(
      """
      SELECT person_id, starts_at, ends_at, until FROM occupancy WHERE org_id = \(org) AND person_id IN \(SQL.list(persons))
        AND starts_at > \(from.microseconds - SessionTables.longestOccupancy) AND starts_at < \(to) AND ends_at > \(from)
        AND session_id <> \(except) AND (until IS NULL OR until > \(now))
      """)
    {
      let person: ID<Person> = try row("person_id")
      taken[person, default: TakenTime()].busy.append(try interval(row))
      try taken[person]?.endsBy(row.optional("until"))
    }
    for (person, busy) in try CalendarTime.busy(persons, org: org, from: from, to: to, tx) {
      taken[person, default: TakenTime()].busy += busy
    }
    for row in try tx.rows(
      """
      SELECT mentor_id, starts_at, ends_at, CASE state WHEN 'held' THEN held_until END AS until FROM session WHERE org_id = \(org) AND mentor_id IN \(SQL.list(persons))
        AND starts_at > \(from) AND starts_at < \(to) AND id <> \(except)
        AND (state IN (\("booked"), \("met"), \("wrapped"), \("no_show")) OR (state = \("held") AND held_until > \(now)))
      """)
    {
      let mentor: ID<Person> = try row("mentor_id")
      taken[mentor, default: TakenTime()].mentoring.append(try interval(row))
      try taken[mentor]?.endsBy(row.optional("until"))
    }
    for row in try GroupSession.given(by: persons, org: org, from: from, to: to, tx) {
      taken[try row("mentor_id"), default: TakenTime()].mentoring.append(try interval(row))
    }
    return taken
  }

  private mutating func endsBy(_ moment: Instant?) {
    guard let moment else { return }
    until = min(until ?? moment, moment)
  }

  private static func interval(_ row: Row) throws -> Interval {
    Interval(startMicroseconds: try row("starts_at"), endMicroseconds: try row("ends_at"))
  }
}
