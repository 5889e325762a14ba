/// A stretch of time `start ..< end` in minutes since 1970 UTC. Empty when `end` is not after `start`.
public struct Interval: Sendable, Hashable {
  /// The first minute that belongs to it.
  public var start: Int32
  /// The first minute that does not belong to it any more.
  public var end: Int32

  /// From `start` up to but not including `end`.
  public init(start: Int32, end: Int32) {
    self.start = start
    self.end = end
  }

  /// The smallest whole-minute interval that covers these microseconds since 1970 UTC, so that a busy time never shrinks.
  public init(startMicroseconds: Int64, endMicroseconds: Int64) {
    self.init(start: MinuteClock.minutes(roundingDown: startMicroseconds), end: MinuteClock.minutes(roundingUp: endMicroseconds))
  }

  /// Whether it holds no minute.
  public var isEmpty: Bool { end <= start }

  /// Length in minutes, 0 when empty.
  public var minutes: Int { max(0, Int(end) - Int(start)) }

  /// Whether the two share a minute; meeting end to end is no overlap.
  public func overlaps(_ other: Interval) -> Bool {
    !isEmpty && !other.isEmpty && start < other.end && other.start < end
  }

  func grown(before: Int, after: Int) -> Interval {
    Interval(start: Int32(clamping: Int(start) - before), end: Int32(clamping: Int(end) + after))
  }

  func clipped(to bounds: Interval) -> Interval {
    Interval(start: max(start, bounds.start), end: min(end, bounds.end))
  }
}
