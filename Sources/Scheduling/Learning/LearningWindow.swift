/// A few minutes of a weekday that a member keeps for learning.
public struct LearningWindow: Sendable, Hashable {
  public var weekday: Weekday
  /// When it begins, on the member's own wall clock.
  public var start: WallTime
  /// Its length, 5...15 minutes.
  public var minutes: Int

  /// A window of a weekday.
  public init(_ weekday: Weekday, at start: WallTime, minutes: Int) {
    self.weekday = weekday
    self.start = start
    self.minutes = minutes
  }

  /// The time it takes on a date, which must be of its weekday; empty where the clock skips it.
  public func interval(on date: CivilDate, _ zone: Zone) -> Interval {
    let start = zone.minute(of: LocalDateTime(date, start))
    return Interval(start: start, end: Int32(clamping: Int(start) + max(0, min(minutes, 60))))
  }
}

extension LearningWindow {
  /// Every time that windows take between two minutes since 1970 UTC. O(days · windows).
  public static func occurrences(_ windows: [LearningWindow], from: Int32, to: Int32, _ zone: Zone) -> [Interval] {
    guard from < to, !windows.isEmpty else { return [] }
    let first = zone.date(at: from)
    let days = min(max(0, zone.date(at: to).days(since: first)), 800)
    return (0...days).flatMap { day -> [Interval] in
      let date = first.adding(days: day)
      return windows.filter { $0.weekday == date.weekday }.map { $0.interval(on: date, zone) }.filter { $0.end > from && $0.start < to }
    }
  }
}

/// What became of learning at some time of the week: how often it was offered, and how often it was done.
public struct LearningOutcome: Sendable, Hashable {
  public var weekday: Weekday
  public var start: WallTime
  public var offered: Int
  public var done: Int

  /// Counts of one time of the week.
  public init(_ weekday: Weekday, at start: WallTime, offered: Int, done: Int) {
    self.weekday = weekday
    self.start = start
    self.offered = offered
    self.done = done
  }
}
