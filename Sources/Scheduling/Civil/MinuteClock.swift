/// Conversions between the two clocks of this module: `Int64` microseconds since 1970 UTC, which is what rows keep,
/// and `Int32` minutes since 1970 UTC, which is what slots are computed in (good until the year 6053).
/// Every conversion clamps instead of trapping, so any stored value may be passed.
public enum MinuteClock {
  /// Microseconds in one minute.
  public static let microsecondsPerMinute: Int64 = 60_000_000

  /// The minute that contains `microseconds` (rounds towards the past).
  public static func minutes(roundingDown microseconds: Int64) -> Int32 {
    Int32(clamping: floorDivide(microseconds, microsecondsPerMinute))
  }

  /// The first whole minute at or after `microseconds`.
  public static func minutes(roundingUp microseconds: Int64) -> Int32 {
    let down = floorDivide(microseconds, microsecondsPerMinute)
    return Int32(clamping: floorRemainder(microseconds, microsecondsPerMinute) == 0 ? down : down + 1)
  }

  /// The first microsecond of `minutes`. Exact for every value.
  public static func microseconds(_ minutes: Int32) -> Int64 {
    Int64(minutes) * microsecondsPerMinute
  }

  static func seconds(_ microseconds: Int64) -> Int64 { floorDivide(microseconds, 1_000_000) }

  static func microseconds(seconds: Int64) -> Int64 {
    let (value, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000)
    return overflow ? (seconds < 0 ? .min : .max) : value
  }
}

/// Quotient rounded towards minus infinity; `divisor` is a positive constant at every call.
func floorDivide<T: FixedWidthInteger & SignedInteger>(_ value: T, _ divisor: T) -> T {
  let quotient = value / divisor
  return value % divisor < 0 ? quotient - 1 : quotient
}

/// Remainder in `0 ..< divisor`; `divisor` is positive.
func floorRemainder<T: FixedWidthInteger & SignedInteger>(_ value: T, _ divisor: T) -> T {
  let remainder = value % divisor
  return remainder < 0 ? remainder + divisor : remainder
}
