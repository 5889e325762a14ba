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

  /// Intervals that are sorted and disjoint already. O(1).
  init(ascending intervals: [Interval]) { self.intervals = intervals }

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

  /// The interval that holds `minute`; nil when none does. O(log n).
  func covering(_ minute: Int32) -> Interval? {
    let index = firstEnding(after: minute)
    return index < intervals.count && intervals[index].start <= minute ? intervals[index] : nil
  }

  /// Where the next interval begins after `minute`, which none holds; nil when there is none. O(log n).
  func firstStart(after minute: Int32) -> Int32? {
    let index = firstEnding(after: minute)
    return index < intervals.count ? intervals[index].start : nil
  }

  /// The same with every gap of less than `minutes` closed: nothing of that length fits in. O(n).
  func closingGaps(shorterThan minutes: Int) -> IntervalList {
    var closed: [Interval] = []
    closed.reserveCapacity(intervals.count)
    for interval in intervals {
      if let last = closed.last, Int(interval.start) - Int(last.end) < minutes {
        closed[closed.count - 1].end = interval.end
      } else {
        closed.append(interval)
      }
    }
    return IntervalList(ascending: closed)
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
