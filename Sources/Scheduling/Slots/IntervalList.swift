/// Sorted intervals that neither overlap nor touch, none of them empty.
struct IntervalList: Sendable, Hashable {
  private(set) var intervals: [Interval]

  /// Sorts and merges. O(n log n).
  init(_ unordered: [Interval]) {
    intervals = []
    for interval in unordered.filter({ !$0.isEmpty }).sorted(by: { $0.start < $1.start }) {
      if let last = intervals.last, interval.start <= last.end {
        intervals[intervals.count - 1].end = max(last.end, interval.end)
      } else {
        intervals.append(interval)
      }
    }
  }

  /// What both lists cover. O(n + m).
  func intersection(_ other: IntervalList) -> IntervalList {
    var common: [Interval] = []
    var left = intervals[...]
    var right = other.intervals[...]
    while let a = left.first, let b = right.first {
      let shared = a.clipped(to: b)
      if !shared.isEmpty { common.append(shared) }
      if a.end < b.end { left = left.dropFirst() } else { right = right.dropFirst() }
    }
    return IntervalList(common)
  }

  /// What this list covers and `other` does not. O(n log m + the part of `other` that is touched).
  func subtracting(_ other: IntervalList) -> IntervalList {
    var free: [Interval] = []
    for interval in intervals {
      var start = interval.start
      for taken in other.intervals[other.firstEnding(after: interval.start)...] {
        if taken.start >= interval.end { break }
        if taken.start > start { free.append(Interval(start: start, end: taken.start)) }
        start = max(start, taken.end)
      }
      if start < interval.end { free.append(Interval(start: start, end: interval.end)) }
    }
    return IntervalList(free)
  }

  private func firstEnding(after minute: Int32) -> Int {
    var low = 0
    var high = intervals.count
    while low < high {
      let middle = (low + high) / 2
      if intervals[middle].end <= minute { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
