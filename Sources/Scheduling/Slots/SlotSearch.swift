/// Finds the times at which two or more people can meet for a session of a given length.
///
/// A slot is a start in minutes since 1970 UTC. It lies on the grid of the host's wall clock, keeps everybody's notice
/// and horizon, and from start to end everybody is within an open window and not taken. Whether a start is a slot does
/// not depend on the window it is looked for in, so a posted start is checked by the same code that offered it.
public struct SlotSearch: Sendable {
  private let minutes: Int32
  private let grid: Int
  private let host: Zone
  private var people: [FreeTime]
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
    self.init(host: HostTime(host, minutes: guests.minutes, kind: guests.kind), guests: guests)
  }

  /// Puts together a host and guests who are prepared already. O(guests) when they are for the same length and kind.
  public init(host: HostTime, guests: GuestTime) {
    let (rules, own) = (host.participant.availability, host.free(minutes: guests.minutes, kind: guests.kind))
    minutes = Int32(clamping: guests.minutes)
    self.host = host.participant.zone
    grid = rules.grid
    if let own, let others = guests.people {
      people = [own] + others
      bookable = guests.bookable.reduce(rules.bookable(now: guests.now)) { $0.clipped(to: $1) }
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

  /// The first slot at or after `from`; nil when there is none up to the nearest horizon.
  ///
  /// The same as the first of ``next(_:from:)`` without listing its day: it goes from one stretch in which everybody is free to the next
  /// and asks each for the first minute on the grid that leaves room.
  public func nextFree(from: Int32) -> Int32? {
    var minute = max(from, bookable.start)
    while let open = opening(from: minute) {
      // A grid has a line in each day, so a stretch that goes on beyond this has room.
      let enough = Int32(clamping: Int(open) + 2_880 + Int(minutes))
      let end = people.reduce(enough) { min($0, $1.free(from: open, enough: $0)) }
      let last = min(Int(end) - Int(minutes) + 1, Int(bookable.end))
      if let start = host.gridMinutes(from: Int(open), until: last, grid: grid, most: 1).first { return start }
      minute = max(end, open + 1)
    }
    return nil
  }

  /// The first `count` slots at or after `from`, fewer when the horizon comes first.
  ///
  /// No weeks are walked. What is taken is a sorted list, when somebody opens is told by the pattern of the week and the sorted dates that
  /// differ from it. The search jumps: from `from` to the end of what is taken there, to the next window, to where the next person is
  /// free, until everybody is; then it lists that day. Each jump is a binary search, so a slot costs O((j + 1) log n) for n stored
  /// intervals and exceptions, where j counts the stretches in which somebody is free but nothing fits. ``indexed()`` makes j at most
  /// one for a single calendar.
  public func next(_ count: Int, from: Int32) -> [Int32] {
    if count == 1 { return nextFree(from: from).map { [$0] } ?? [] }
    var found: [Int32] = []
    var start = max(from, bookable.start)
    while found.count < count, let open = opening(from: start) {
      let end = min(Int32(clamping: Int(open) + 1_440), bookable.end)
      found += starts(from: open, to: end)
      start = end
    }
    return Array(found.prefix(max(count, 0)))
  }

  /// The same search made ready for many questions: stretches between two times taken that have no room for a session are taken out of
  /// the way once, in O(n) days' work, and the next free slot is then found in O(log n), however long a person is booked out.
  public func indexed() -> SlotSearch {
    var copy = self
    copy.people = people.map { $0.withoutDeadEnds() }
    return copy
  }

  /// The first minute at which everybody is open and not taken.
  private func opening(from minute: Int32) -> Int32? {
    var minute = minute
    var agreed = 0
    while agreed < people.count {
      for person in people {
        guard let open = person.opening(from: minute, before: bookable.end) else { return nil }
        agreed = open == minute ? agreed + 1 : 1
        minute = open
        if agreed >= people.count { break }
      }
    }
    return people.isEmpty || minute >= bookable.end ? nil : minute
  }

  /// The starts in a free stretch that lie on the host's grid, leave room for the session and come before `limit`.
  private func starts(in free: Interval, before limit: Int32) -> [Int32] {
    host.gridMinutes(from: Int(free.start), until: min(Int(free.end) - Int(minutes) + 1, Int(limit)), grid: grid)
  }
}
