import Kit
import Scheduling
import Store
import Web

/// A strip of days with the times of each: the value of the `slots` partial.
struct SlotPicker: Output {
  struct Day: Output {
    let label: String
    let slots: [Slot]
  }

  struct Slot: Output {
    let value: Instant
    let label: String
    /// The same time for the other person.
    let other: String?
  }

  let name: String
  let id: String
  let label: String
  let days: [Day]
  let isEmpty: Bool
  /// The date from which later times are shown; nil at the end of the horizon.
  let later: String?

  static let daysShown = 7
  static let perDay = 4

  /// The first seven days with slots from a date of the viewer's own calendar; at most four times a day unless all are wanted.
  ///
  /// - Parameter own: when the session is now; no other time.
  init(_ search: SlotSearch, _ viewer: Viewer, other: Member, from date: CivilDate?, all: Bool, leaving own: Instant? = nil, _ world: World)
  {
    let zone = Zones.zone(viewer.zone)
    let now = world.now()
    let first = date.map { Instant(microseconds: zone.startOfDay($0)) }.map { max($0, now) } ?? now
    let free = search.starts(from: first.minutes, to: (first + .days(AvailabilityRules.horizonLimit)).minutes)
    let found = free.filter { $0 != own?.minutes }
    let thinned = all ? found : SlotSearch.thin(found, perDay: SlotPicker.perDay, zone: zone)
    let dated = thinned.map { minute in (zone.local(at: Instant(minutes: minute).microseconds).date, Instant(minutes: minute)) }
    let dates = Array(Set(dated.map(\.0)).sorted().prefix(SlotPicker.daysShown + 1))
    days = dates.prefix(SlotPicker.daysShown).map { date in
      Day(
        label: DisplayTime.day(date),
        slots: dated.filter { $0.0 == date }.map { _, instant in
          Slot(
            value: instant, label: DisplayTime.time(instant.microseconds, zone),
            other: SharedTime.elsewhere(instant, zone: viewer.zone, other: (other.zone, other.name)))
        })
    }
    isEmpty = days.isEmpty
    later = dates.count > SlotPicker.daysShown ? dates.last?.description : nil
    name = "start"
    id = "start"
    label = "Pick a time (\(DisplayTime.place(viewer.zone)))"
  }
}
