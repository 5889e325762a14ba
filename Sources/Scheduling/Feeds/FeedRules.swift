/// What is read out of a calendar feed, and how much of it at most.
public struct FeedRules: Sendable {
  /// Whose calendar it is: floating times and whole days are told by this zone's clock.
  public var owner: Zone
  /// Microseconds since 1970 UTC; what ends at or before it is left out.
  public var from: Int64
  /// Microseconds since 1970 UTC; what starts at or after it is left out.
  public var to: Int64
  /// Whether whole days count.
  public var allDayIsBusy = true
  /// Whether `TRANSP:TRANSPARENT` is left out.
  public var transparentIsFree = true
  /// Events with exactly this `SUMMARY` come out marked; nil marks none.
  public var marker: String?
  /// Events read; later ones are left out with a warning.
  public var mostComponents = 5_000
  /// Instances of one event between `from` and `to`; later ones are left out with a warning.
  public var mostInstances = 1_000
  /// Instances of all events together, so that memory stays bounded.
  public var mostInAll = 50_000

  /// Reads what lies in `from ..< to`, microseconds since 1970 UTC.
  public init(owner: Zone, from: Int64, to: Int64) {
    self.owner = owner
    self.from = from
    self.to = to
  }

  /// The window of imported feeds: from so many days before `now` (microseconds since 1970 UTC) to so many after it, each 0 to 10,000.
  public init(owner: Zone, now: Int64, daysBack: Int, daysAhead: Int) {
    let days = { (count: Int) in Int64(min(max(count, 0), 10_000)) * 86_400_000_000 }
    self.init(owner: owner, from: now.addingSaturating(-days(daysBack)), to: now.addingSaturating(days(daysAhead)))
  }

  var fromSecond: Int64 { MinuteClock.seconds(from) }
  var toSecond: Int64 { MinuteClock.seconds(to) + (floorRemainder(to, 1_000_000) == 0 ? 0 : 1) }
}
