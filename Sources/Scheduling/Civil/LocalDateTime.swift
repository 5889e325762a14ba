/// A date and a time of day without a zone: what a person reads off the calendar and the clock on the wall.
/// Stored and sent as `2026-11-23T09:00`, the format of a browser's `datetime-local` field.
public struct LocalDateTime: Sendable, Hashable, Comparable {
  /// The date.
  public var date: CivilDate
  /// The time of day.
  public var time: WallTime

  /// A date at a time of day; the pair may fall into a gap or a fold of a zone, see ``Zone/resolve(_:)``.
  public init(_ date: CivilDate, _ time: WallTime) {
    self.date = date
    self.time = time
  }

  /// Seconds since 1970-01-01T00:00 on this wall clock.
  var wallSeconds: Int64 { Int64(date.dayNumber) * 86_400 + Int64(time.minuteOfDay) * 60 }

  init(wallSeconds: Int64) {
    date = CivilDate(dayNumber: Int(floorDivide(wallSeconds, 86_400)))
    time = WallTime(wrapping: Int(floorRemainder(wallSeconds, 86_400) / 60))
  }

  /// Earlier readings first. Around a fold this is not the order of the instants.
  public static func < (left: LocalDateTime, right: LocalDateTime) -> Bool {
    (left.date, left.time) < (right.date, right.time)
  }
}
