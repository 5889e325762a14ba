/// One date in cells of five minutes: which of them are taken. Times are minutes after local midnight.
struct DayCells: Sendable {
  private var taken = [Bool](repeating: false, count: 288)

  init(_ date: CivilDate, _ busy: IntervalList, _ zone: Zone) {
    let midnight = zone.startMinute(of: date)
    let next = zone.startMinute(of: date.adding(days: 1))
    for interval in busy.overlapping(Interval(start: midnight, end: next)) {
      // By the wall clock: on a day when the clocks change the elapsed minutes are not what the clock shows.
      let from = wall(max(interval.start, midnight), date, zone)
      let to = interval.end >= next ? 1_440 : wall(interval.end, date, zone)
      guard from < to else { continue }
      for cell in from / 5..<min(288, (to + 4) / 5) { taken[cell] = true }
    }
  }

  private func wall(_ minute: Int32, _ date: CivilDate, _ zone: Zone) -> Int {
    zone.local(at: MinuteClock.microseconds(minute)).time.minuteOfDay
  }

  /// Whether nothing is taken between two minutes of the day; what lies outside the day is free.
  func isFree(_ from: Int, _ to: Int) -> Bool {
    let first = max(0, from / 5)
    let last = min(288, (to + 4) / 5)
    return first >= last || !taken[first..<last].contains(true)
  }

  /// Whether a meeting ends, or begins, within ten minutes of a window that is free itself.
  func isEdge(_ start: Int, _ minutes: Int) -> Bool {
    isFree(start, start + minutes) && (!isFree(start - 10, start) || !isFree(start + minutes, start + minutes + 10))
  }
}

extension IntervalList {
  /// Those that share a minute with `bounds`. O(log n + what is found).
  func overlapping(_ bounds: Interval) -> [Interval] {
    var low = 0
    var high = intervals.count
    while low < high {
      let middle = (low + high) / 2
      if intervals[middle].end <= bounds.start { low = middle + 1 } else { high = middle }
    }
    return Array(intervals[low...].prefix { $0.start < bounds.end })
  }
}
