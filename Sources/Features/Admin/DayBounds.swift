import Kit
import Scheduling

/// The first and the last moment of a day in a zone.
enum DayBounds {
  static func start(_ day: String, _ zone: String) -> Kit.Instant? { midnight(day, zone, daysLater: 0) }
  static func end(_ day: String, _ zone: String) -> Kit.Instant? { midnight(day, zone, daysLater: 1) }

  private static func midnight(_ day: String, _ name: String, daysLater: Int) -> Kit.Instant? {
    guard let utc = Kit.Instant(day + "T00:00:00Z") else { return nil }
    let wanted = utc + .days(daysLater)
    let zone = Zones.zone(name)
    // The offset at local midnight is that of the moment which shows midnight there; a second look settles days of change.
    var guess = wanted
    for _ in 0..<2 { guess = wanted - Span(microseconds: Int64(zone.offset(at: guess.microseconds)) * 1_000_000) }
    return guess
  }
}
