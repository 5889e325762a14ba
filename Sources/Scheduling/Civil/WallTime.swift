/// A time of day as a clock on the wall shows it, to the minute, from 00:00 to 23:59. Stored and sent as `09:00`.
public struct WallTime: Sendable, Hashable, Comparable {
  /// Minutes since the clock showed 00:00, 0...1439.
  public let minuteOfDay: Int

  /// 00:00.
  public static let midnight = WallTime(wrapping: 0)

  /// Nil unless `hour` is 0...23 and `minute` is 0...59.
  public init?(hour: Int, minute: Int) {
    guard (0...23).contains(hour), (0...59).contains(minute) else { return nil }
    minuteOfDay = hour * 60 + minute
  }

  /// Nil unless `minuteOfDay` is 0...1439.
  public init?(minuteOfDay: Int) {
    guard (0..<1_440).contains(minuteOfDay) else { return nil }
    self.minuteOfDay = minuteOfDay
  }

  init(wrapping minutes: Int) { minuteOfDay = floorRemainder(minutes, 1_440) }

  /// 0...23.
  public var hour: Int { minuteOfDay / 60 }
  /// 0...59.
  public var minute: Int { minuteOfDay % 60 }

  /// Earlier in the day first.
  public static func < (left: WallTime, right: WallTime) -> Bool { left.minuteOfDay < right.minuteOfDay }
}
