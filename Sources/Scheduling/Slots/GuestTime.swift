/// The guests of a search made ready once, for searches with one host after another.
public struct GuestTime: Sendable {
  let minutes: Int
  let kind: String?
  let now: Int64
  /// Nil when limits leave one of them no room at all.
  let people: [FreeTime]?
  let bookable: [Interval]

  /// Prepares everybody but the host; the arguments are those of ``SlotSearch/init(host:guests:minutes:kind:now:)``.
  /// - Complexity: O(b log b) in the busy times and sessions of all.
  public init(_ guests: [Participant], minutes: Int, kind: String? = nil, now: Int64) {
    self.minutes = minutes
    self.kind = kind
    self.now = now
    let free = guests.compactMap { FreeTime($0, minutes: minutes, kind: kind) }
    people = free.count == guests.count ? free : nil
    bookable = guests.map { $0.availability.bookable(now: now) }
  }
}
