/// A learner's day, counted from 1970-01-01 in the learner's own time and starting at 04:00.
///
/// A review at 01:00 belongs to the evening before. A day of 23 or 25 hours is still one day, because the zone offset of each
/// moment goes into its number.
public struct DayNumber: RawRepresentable, Hashable, Codable, Sendable {
  /// Days since 1970-01-01, negative before; always in `DayNumber.range`.
  public let rawValue: Int

  /// All days that a 64-bit count of microseconds can reach.
  public static let range = -106_751_992...106_751_991

  /// - Parameter rawValue: brought into `DayNumber.range`.
  public init(rawValue: Int) {
    self.rawValue = rawValue.clamped(to: Self.range)
  }

  /// The day `days` later (earlier when negative), within `DayNumber.range`.
  public func advanced(by days: Int) -> DayNumber {
    DayNumber(rawValue: rawValue.saturatingAdding(days))
  }

  /// Whole days from this day to `other`, negative when `other` is earlier.
  public func days(to other: DayNumber) -> Int { other.rawValue - rawValue }

  /// The first instant of the day, in microseconds UTC, for a place with this zone offset.
  /// - Parameter zoneOffset: minutes east of UTC.
  public func start(zoneOffset: Int) -> Int64 {
    let seconds = Int64(rawValue) * Moment.secondsPerDay - Moment.shift(zoneOffset: zoneOffset)
    return seconds.clamped(to: Int64.min / 1_000_000...Int64.max / 1_000_000) * 1_000_000
  }
}

extension DayNumber: Comparable {
  public static func < (left: DayNumber, right: DayNumber) -> Bool { left.rawValue < right.rawValue }
}
