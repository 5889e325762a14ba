import Kit
import Scheduling
import Web

/// The next times as a mentee elsewhere would see them, beside the mentor's own clock.
struct SlotPreview: Output {
  struct Slot: Output {
    let start: Moment
    /// "Mon 23 Nov, 06:00 New York"; nil where there is nobody elsewhere.
    let theirs: String?
  }

  static let count = 10

  let slots: [Slot]
  /// From where to look; nil where everybody has the same clock.
  let choice: Form?

  init(_ starts: [Int32], _ viewer: Viewer, elsewhere: String?, zones: [String], now: Instant) {
    slots = starts.map { minute in
      let instant = Instant(minutes: minute)
      let there = elsewhere.map { "\(DisplayTime.dayAndTime(instant.microseconds, Zones.zone($0))) \(DisplayTime.place($0))" }
      return Slot(start: Moment(instant, viewer, now: now), theirs: there)
    }
    let offered = elsewhere.map { zones.contains($0) ? zones : [$0] + zones } ?? []
    choice =
      offered.isEmpty || starts.isEmpty
      ? nil
      : Form(
        "/you/availability", button: "Show", id: "seen",
        [.choose(.select, "seen_from", "As seen from", offered.map { .init($0, DisplayTime.place($0), chosen: $0 == elsewhere) })])
  }

  /// Those of the zones whose clocks show another time at a moment: from Berlin, Madrid is no news.
  static func zones(_ zones: [String], apartFrom own: String, at instant: Instant) -> [String] {
    let here = Zones.zone(own).offset(at: instant.microseconds)
    return zones.filter { Zones.zone($0).offset(at: instant.microseconds) != here }
  }

  /// The first slots up to the horizon, at most four a day so that they show several days. The shortest notice holds, as for a mentee.
  static func starts(_ person: Participant, minutes: Int, now: Instant) -> [Int32] {
    let end = now + .days(person.availability.horizonDays + 1)
    let all = SlotSearch(host: person, guests: [], minutes: minutes, now: now.microseconds).starts(from: now.minutes, to: end.minutes)
    return Array(SlotSearch.thin(all, perDay: SlotPicker.perDay, zone: person.zone).prefix(count))
  }
}
