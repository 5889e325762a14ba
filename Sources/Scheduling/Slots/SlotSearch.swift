/// Finds the times at which two or more people can meet for a session of a given length.
///
/// A slot is a start in minutes since 1970 UTC. It lies on the grid of the host's wall clock, keeps everybody's notice
/// and horizon, and from start to end everybody is within an open window and not taken. Whether a start is a slot does
/// not depend on the window it is looked for in, so a posted start is checked by the same code that offered it.
public struct SlotSearch: Sendable {
  private let minutes: Int32
  private let grid: Int
  private let host: Zone
  private let people: [FreeTime]
  private let bookable: Interval

  /// Prepares a search.
  /// - Parameters:
  ///   - host: the mentor, whose wall clock and grid the starts follow.
  ///   - guests: everybody else; their order does not matter.
  ///   - minutes: length of the session, 1...1440; outside of it there are no slots.
  ///   - kind: the kind of session, to choose windows by; nil takes all windows.
  ///   - now: microseconds since 1970 UTC.
  /// - Complexity: O(b log b) in the busy times and sessions of all.
  public init(host: Participant, guests: [Participant], minutes: Int, kind: String? = nil, now: Int64) {
    self.init(host: host, guests: GuestTime(guests, minutes: minutes, kind: kind, now: now))
  }

  /// Prepares a search with guests who are looked at beside several hosts.
  public init(host: Participant, guests: GuestTime) {
    let own = (1...1_440).contains(guests.minutes) ? FreeTime(host, minutes: guests.minutes, kind: guests.kind) : nil
    minutes = Int32(clamping: guests.minutes)
    self.host = host.zone
    grid = host.availability.grid
    if let own, let others = guests.people {
      people = [own] + others
      bookable = guests.bookable.reduce(host.availability.bookable(now: guests.now)) { $0.clipped(to: $1) }
    } else {
      people = []
      bookable = Interval(start: 0, end: 0)
    }
  }

  /// All slots that start in `from ..< to`, ascending. Only the days asked for are computed.
  public func starts(from: Int32, to: Int32) -> [Int32] {
    let window = Interval(start: from, end: to).clipped(to: bookable)
    guard !window.isEmpty, let first = people.first else { return [] }
    let bounds = window.grown(before: 0, after: Int(minutes))
    var common = first.within(bounds)
    for person in people.dropFirst() where !common.intervals.isEmpty {
      common = common.intersection(person.within(bounds))
    }
    return common.intervals.flatMap { starts(in: $0, before: window.end) }
  }

  /// Whether `start` is a slot; for checking what a browser sent.
  public func isSlot(_ start: Int32) -> Bool {
    start < .max && starts(from: start, to: start + 1) == [start]
  }

  /// The first slot at or after `from`; nil when there is none up to the nearest horizon. Stops at the first day with one.
  public func nextFree(from: Int32) -> Int32? { next(1, from: from).first }

  /// The first `count` slots at or after `from`, fewer when the horizon comes first.
  public func next(_ count: Int, from: Int32) -> [Int32] {
    var found: [Int32] = []
    var start = max(from, bookable.start)
    while found.count < count, start < bookable.end {
      let end = Int32(clamping: Int(start) + 1_440)
      found += starts(from: start, to: end)
      start = end
    }
    return Array(found.prefix(max(count, 0)))
  }

  /// The starts in a free stretch that lie on the host's grid, leave room for the session and come before `limit`.
  private func starts(in free: Interval, before limit: Int32) -> [Int32] {
    let last = min(Int(free.end) - Int(minutes), Int(limit) - 1)
    var starts: [Int32] = []
    var from = Int(free.start)
    while from <= last {
      let span = host.span(at: Int64(from) * 60)
      let until = Int(min(floorDivide(span.end, 60), Int64(last) + 1))
      let offset = Int(floorDivide(span.offset, 60))
      let aligned = from + floorRemainder(-(from + offset), grid)
      starts += stride(from: aligned, to: until, by: grid).map { Int32(clamping: $0) }
      from = max(until, from + 1)
    }
    return starts
  }
}
