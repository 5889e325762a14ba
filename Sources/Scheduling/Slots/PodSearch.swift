/// A time for a group, with who can come and who cannot.
public struct PodTime: Sendable, Hashable {
  /// Minutes since 1970 UTC.
  public var start: Int32
  /// Indexes, ascending, of the people who can come.
  public var free: [Int]
  /// Indexes, ascending, of those who cannot.
  public var missing: [Int]

  /// A time with who can come and who cannot.
  public init(start: Int32, free: [Int], missing: [Int]) {
    self.start = start
    self.free = free
    self.missing = missing
  }
}

/// Finds the times at which most people of a group can meet, for pods in which not everybody has to come every time.
///
/// A sweep over the moments at which somebody becomes free or taken counts who could begin; between two such moments the answer is the
/// same for everybody.
public struct PodSearch: Sendable {
  private let minutes: Int32
  private let grid: Int
  private let clock: Zone
  private let people: [FreeTime?]
  private let bookable: [Interval]

  /// Prepares a search.
  /// - Parameters:
  ///   - people: everybody; the grid and the clock of the first are kept.
  ///   - minutes: length of the session, 1...1440; outside of it there are no times.
  ///   - kind: the kind of session, to choose windows by; nil takes all windows.
  ///   - now: microseconds since 1970 UTC.
  public init(people: [Participant], minutes: Int, kind: String? = nil, now: Int64) {
    self.minutes = Int32(clamping: minutes)
    self.people = people.map { (1...1_440).contains(minutes) ? FreeTime($0, minutes: minutes, kind: kind) : nil }
    bookable = people.map { $0.availability.bookable(now: now) }
    clock = people.first?.zone ?? .utc
    grid = people.first?.availability.grid ?? 15
  }

  /// The best times that start in `from ..< to`: those with most people first, then the earliest. Times for fewer than `atLeast` people are
  /// left out; of a stretch in which the same people are free only the first `perStretch` starts are offered.
  /// - Complexity: O(p d + e log e + e p) for p people, d days and e moments at which somebody's time changes.
  public func best(_ count: Int, from: Int32, to: Int32, atLeast: Int = 2, perStretch: Int = 2) -> [PodTime] {
    let window = Interval(start: from, end: to)
    let possible = people.indices.map { possibleStarts($0, in: window) }
    let moments = Set(possible.flatMap { $0.intervals.flatMap { [$0.start, $0.end] } }).sorted()
    var times: [PodTime] = []
    for (start, end) in zip(moments, moments.dropFirst()) {
      let free = people.indices.filter { possible[$0].covering(start) != nil }
      guard free.count >= max(1, atLeast) else { continue }
      let missing = people.indices.filter { !free.contains($0) }
      for slot in clock.gridMinutes(from: Int(start), until: Int(end), grid: grid, most: perStretch) {
        times.append(PodTime(start: slot, free: free, missing: missing))
      }
    }
    return Array(times.sorted { ($1.free.count, $0.start) < ($0.free.count, $1.start) }.prefix(max(0, count)))
  }

  /// The stretches in which a person could begin a session.
  private func possibleStarts(_ index: Int, in window: Interval) -> IntervalList {
    let own = window.clipped(to: bookable[index])
    guard let person = people[index], !own.isEmpty else { return IntervalList([]) }
    let starts: [Interval] = person.within(own.grown(before: 0, after: Int(minutes))).intervals.compactMap { free in
      let stretch = Interval(start: free.start, end: Int32(clamping: Int(free.end) - Int(minutes) + 1)).clipped(to: own)
      return stretch.isEmpty ? nil : stretch
    }
    return IntervalList(ascending: starts)
  }
}

extension Zone {
  /// The multiples of `grid` minutes on this wall clock in `from ..< until`, at most `most` of them.
  func gridMinutes(from: Int, until: Int, grid: Int, most: Int = .max) -> [Int32] {
    var minutes: [Int32] = []
    var from = from
    while from < until, minutes.count < most {
      let span = span(at: Int64(from) * 60)
      let end = Int(min(floorDivide(span.end, 60), Int64(until)))
      let aligned = from + floorRemainder(-(from + Int(floorDivide(span.offset, 60))), grid)
      for minute in stride(from: aligned, to: end, by: grid) where minutes.count < most { minutes.append(Int32(clamping: minute)) }
      from = max(end, from + 1)
    }
    return minutes
  }
}
