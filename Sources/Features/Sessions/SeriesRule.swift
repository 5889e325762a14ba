import Kit
import Scheduling
import Store
import Web

/// The rule of a series as it was asked for, checked: from when, until when, at which time of whose clock.
struct SeriesRule {
  let origin: Session
  let first: CivilDate
  let last: CivilDate
  let wall: WallTime
  let zone: String
  let everyWeeks: Int
  let minutes: Int

  init(_ wish: StartSeries, _ origin: Session, _ viewer: Viewer, _ tx: Transaction, _ world: World) throws {
    guard [.booked, .met, .wrapped].contains(origin.state) else {
      throw Problem.conflict(code: "not_booked", detail: "A series grows out of a session that is booked or took place.")
    }
    guard let first = CivilDate(wish.first) else { throw Problem.invalid("first", "Enter a date such as 2026-12-01.") }
    guard let wall = WallTime(typed: wish.time) else { throw Problem.invalid("time", "Enter a time such as 12:00.") }
    let zone = try AvailabilityRules.of(origin.mentor, org: viewer.org, tx).zone
    guard SessionSeries.start(on: first, wall, zone: zone) > world.now() else { throw Problem.invalid("first", "Choose a date ahead.") }
    guard first.days(since: viewer.today(world)) <= SessionSeries.ahead else {
      throw Problem.invalid("first", "Begin within the next eight weeks.")
    }
    let until = wish.until.flatMap { $0.isEmpty ? nil : CivilDate($0) }
    guard (until == nil) != (wish.count == nil) else {
      throw Problem.invalid("count", "Say either how many times or until when.")
    }
    let last = until ?? first.adding(days: ((wish.count ?? 2) - 1) * wish.everyWeeks * 7)
    let dates = SessionSeries.dates(first: first, last: last, everyWeeks: wish.everyWeeks)
    guard dates.count >= 2, let end = dates.last else { throw Problem.invalid("until", "A series has at least two dates.") }
    self.origin = origin
    self.first = first
    self.last = end
    self.wall = wall
    self.zone = zone
    everyWeeks = wish.everyWeeks
    minutes = wish.minutes
  }

  /// The dates for which sessions are made at once.
  func plan(_ tx: Transaction, _ world: World) throws -> SeriesPlan {
    let limit = world.now() + .days(SessionSeries.ahead)
    let dates = SessionSeries.dates(first: first, last: last, everyWeeks: everyWeeks).filter {
      SessionSeries.start(on: $0, wall, zone: zone) <= limit
    }
    return try SeriesPlan.of(
      dates, wall: wall, zone: zone, mentor: origin.mentor, mentee: origin.mentee, minutes: minutes, org: origin.org, tx, world)
  }

  static func refusal(_ conflicts: [SeriesPlan.Entry], of plan: SeriesPlan) -> Problem {
    let days = conflicts.map { DisplayTime.day($0.date) }
    return .conflict(
      code: "series_conflicts",
      detail:
        "\(conflicts.count) of \(counted(plan.entries.count, "date")) are not free: \(listed(days)). Leave them out or choose another time."
    )
  }
}
