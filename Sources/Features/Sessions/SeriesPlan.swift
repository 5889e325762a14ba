import Kit
import Scheduling
import Store
import Web

/// The dates of a series before it is made, each with whether it is free and what could be done where it is not.
struct SeriesPlan {
  struct Entry {
    let date: CivilDate
    let start: Instant
    let isFree: Bool
    /// Free times of the same week, when the date itself is taken.
    let instead: [Instant]
  }

  let entries: [Entry]

  var conflicts: [Entry] { entries.filter { !$0.isFree } }

  /// - Parameter dates: those within the eight weeks for which sessions are made at once.
  static func of(
    _ dates: [CivilDate], wall: WallTime, zone: String, mentor: ID<Person>, mentee: ID<Person>, minutes: Int, org: ID<Organisation>,
    _ tx: Transaction, _ world: World
  ) throws -> SeriesPlan {
    let search = try PersonTime.search(host: mentor, guest: mentee, minutes: minutes, org: org, agreed: true, tx, world)
    return SeriesPlan(
      entries: dates.map { date in
        let start = SessionSeries.start(on: date, wall, zone: zone)
        // Dates are a week apart at least, so none of them counts against the budget of another.
        let isFree = search.isSlot(start.minutes)
        return Entry(date: date, start: start, isFree: isFree, instead: isFree ? [] : others(search, near: date, zone: zone))
      })
  }

  /// Up to three free times of the same ISO week, one a day.
  private static func others(_ search: SlotSearch, near date: CivilDate, zone: String) -> [Instant] {
    let local = Zones.zone(zone)
    let monday = date.adding(days: 1 - date.weekday.rawValue)
    let from = Instant(microseconds: local.startOfDay(monday))
    let to = Instant(microseconds: local.startOfDay(monday.adding(days: 7)))
    let starts = SlotSearch.thin(search.starts(from: from.minutes, to: to.minutes), perDay: 1, zone: local)
    return starts.prefix(3).map { Instant(minutes: $0) }
  }
}
