/// An instant as the learner lived it: the point in time and the wall clock's distance from UTC.
public struct Moment: Hashable, Codable, Sendable {
  /// Microseconds since 1970-01-01 00:00 UTC.
  public let instant: Int64
  /// Minutes east of UTC at that instant. Offsets beyond 18 hours count as 18 hours.
  public let zoneOffset: Int

  public init(instant: Int64, zoneOffset: Int) {
    self.instant = instant
    self.zoneOffset = zoneOffset
  }

  /// The learner's day, which starts at 04:00.
  public var day: DayNumber {
    let seconds = Self.floorDivision(instant, by: 1_000_000) + Self.shift(zoneOffset: zoneOffset)
    return DayNumber(rawValue: Int(Self.floorDivision(seconds, by: Self.secondsPerDay)))
  }

  static let secondsPerDay: Int64 = 86_400
  private static let rollover: Int64 = 4 * 3_600

  /// Seconds from UTC to a clock that shows 00:00 when the learner's day starts.
  static func shift(zoneOffset: Int) -> Int64 {
    Int64(zoneOffset.clamped(to: -1_080...1_080)) * 60 - rollover
  }

  private static func floorDivision(_ value: Int64, by divisor: Int64) -> Int64 {
    let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }
}
