/// Where a window goes on a day on which something lies on it: the nearest free time of the same day, or nowhere.
public enum LearningDay {
  /// The start (minutes since 1970 UTC) of a window on its date: its own when it is free, else the nearest free start in steps of five
  /// minutes within the hours, else nil, which drops the window for that day.
  ///
  /// - Parameter earliest: nothing begins before this minute, such as now. O(busy log busy + hours · log busy).
  public static func start(
    of window: LearningWindow, on date: CivilDate, busy: [Interval], from: WallTime, to: WallTime, earliest: Int32, _ zone: Zone
  ) -> Int32? {
    let own = window.interval(on: date, zone)
    let taken = IntervalList(busy)
    let opens = max(earliest, zone.minute(of: LocalDateTime(date, from)))
    let closes = zone.minute(of: LocalDateTime(date, to))
    func isFree(_ start: Int32) -> Bool {
      let end = Int32(clamping: Int(start) + window.minutes)
      return start >= opens && end <= closes && taken.overlapping(Interval(start: start, end: end)).isEmpty
    }
    if own.start >= earliest, taken.overlapping(own).isEmpty { return own.start }
    for step in stride(from: 5, through: 16 * 60, by: 5) {
      for start in [Int(own.start) + step, Int(own.start) - step] where isFree(Int32(clamping: start)) { return Int32(clamping: start) }
    }
    return nil
  }
}
