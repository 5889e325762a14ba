import Kit
import Scheduling
import Web

/// A time that two people share, in both their zones.
struct SharedTime: Output, Hashable {
  let start: Moment
  /// "09:00–09:30".
  let range: String
  /// "13:30 for Ravi", with the weekday where it differs; nil when both clocks show the same.
  let other: String?

  init(_ start: Instant, _ end: Instant, viewer: Viewer, other: Member, now: Instant) {
    self.start = Moment(start, viewer, now: now)
    range = DisplayTime.range(start.microseconds, end.microseconds, Zones.zone(viewer.zone))
    self.other = SharedTime.elsewhere(start, zone: viewer.zone, other: (other.zone, other.name))
  }

  /// "Mon 23 Nov, 09:00 · 13:30 for Ravi".
  static func words(_ instant: Instant, zone: String, other: (zone: String, name: String)) -> String {
    let own = DisplayTime.dayAndTime(instant.microseconds, Zones.zone(zone))
    return elsewhere(instant, zone: zone, other: other).map { "\(own) · \($0)" } ?? own
  }

  static func elsewhere(_ instant: Instant, zone: String, other: (zone: String, name: String)) -> String? {
    let own = Zones.zone(zone).local(at: instant.microseconds)
    let theirs = Zones.zone(other.zone).local(at: instant.microseconds)
    guard own != theirs else { return nil }
    let time = DisplayTime.time(instant.microseconds, Zones.zone(other.zone))
    let day = own.date == theirs.date ? "" : String(DisplayTime.day(theirs.date).prefix(3)) + " "
    return "\(day)\(time) for \(firstName(other.name))"
  }
}

/// The part of a name people are called by.
func firstName(_ name: String) -> String { String(name.prefix { $0 != " " }) }
