/// How an event repeats: every so many weeks on some weekdays, at the same time of the wall clock.
public struct CalendarSeries: Sendable, Hashable {
  /// Whose wall clock it keeps to.
  public var zone: Zone
  /// In the order of the week; the weekday of the first instance must be among them.
  public var weekdays: [Weekday]
  /// 1 for every week; less counts as 1.
  public var everyWeeks: Int
  /// The start of the last instance, microseconds since 1970 UTC; nil for no end.
  public var until: Int64?
  /// Starts of instances that do not take place, microseconds since 1970 UTC.
  public var exceptions: [Int64]

  /// Every week without end unless told otherwise.
  public init(zone: Zone, weekdays: [Weekday], everyWeeks: Int = 1, until: Int64? = nil, exceptions: [Int64] = []) {
    self.zone = zone
    self.weekdays = weekdays
    self.everyWeeks = everyWeeks
    self.until = until
    self.exceptions = exceptions
  }

  /// `RRULE` of RFC 5545 section 3.3.10; `UNTIL` is in UTC, as the section asks where `DTSTART` has a zone.
  var rule: String {
    let names = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
    let days = Set(weekdays).sorted().compactMap { names.indices.contains($0.rawValue - 1) ? names[$0.rawValue - 1] : nil }
    var parts = ["FREQ=WEEKLY"]
    if everyWeeks > 1 { parts.append("INTERVAL=\(everyWeeks)") }
    if !days.isEmpty { parts.append("BYDAY=\(days.joined(separator: ","))") }
    if let until { parts.append("UNTIL=\(ContentLines.utc(until))") }
    return parts.joined(separator: ";")
  }
}

extension ContentLines {
  /// Start, end and repetition of an event of a series, in the zone's wall time.
  mutating func timed(_ event: CalendarEvent, _ series: CalendarSeries) {
    raw("DTSTART;\(Self.wall(event.start, series.zone))")
    raw("DTEND;\(Self.wall(event.end, series.zone))")
    if let instance = event.instanceOf {
      raw("RECURRENCE-ID;\(Self.wall(instance, series.zone))")
    } else {
      raw("RRULE:\(series.rule)")
      for exception in series.exceptions.sorted() { raw("EXDATE;\(Self.wall(exception, series.zone))") }
    }
  }

  /// `TZID=Europe/Berlin:20261123T090000`.
  private static func wall(_ instant: Int64, _ zone: Zone) -> String {
    "TZID=\(zone.name):\(local(MinuteClock.seconds(instant).addingSaturating(zone.span(at: MinuteClock.seconds(instant)).offset)))"
  }

  /// `20261123T090000` of seconds since 1970-01-01T00:00 on the wall clock.
  static func local(_ wallSeconds: Int64) -> String {
    let (year, month, day) = LocalDateTime(wallSeconds: wallSeconds).date.components
    let second = Int(floorRemainder(wallSeconds, 86_400))
    return "\(padded(year, 4))\(padded(month, 2))\(padded(day, 2))T"
      + "\(padded(second / 3_600, 2))\(padded(second / 60 % 60, 2))\(padded(second % 60, 2))"
  }
}
