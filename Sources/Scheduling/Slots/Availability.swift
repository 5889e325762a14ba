/// When a person may be booked: rules in the person's own zone and wall clock, and the limits on top of them.
/// Rules are stored as JSON; parts that are left out take their defaults, and limits out of range are clamped when used.
public struct Availability: Sendable, Hashable, Codable {
  /// IANA name of the zone all dates and times here are meant in.
  public var zone: String
  /// The ordinary week.
  public var weekly: [WeeklyWindow]
  /// Dates that differ from the ordinary week.
  public var exceptions: [DatedException]
  /// Dates away.
  public var away: [AwayPeriod]
  /// Most minutes of sessions in one ISO week of the zone, all kinds together; nil for no limit.
  public var weeklyMinutes: Int?
  /// Most sessions that begin on one local day; nil for no limit.
  public var sessionsPerDay: Int?
  /// Minutes kept free before a session, 0...1440.
  public var bufferBefore: Int
  /// Minutes kept free after a session, 0...1440.
  public var bufferAfter: Int
  /// Minutes from now before which nothing begins, 0 for "just in time".
  public var noticeMinutes: Int
  /// Days from now after which nothing begins, 0...730.
  public var horizonDays: Int
  /// Lengths in minutes this person likes best, the best first; empty for no preference.
  public var preferredLengths: [Int]
  /// Sessions begin at multiples of this many minutes of the wall clock: a divisor of 1440; anything else counts as 15.
  public var gridMinutes: Int

  /// Rules with the defaults of a new mentor: four hours of notice, 60 days ahead, a grid of 15 minutes, no limits.
  public init(
    zone: String, weekly: [WeeklyWindow] = [], exceptions: [DatedException] = [], away: [AwayPeriod] = [],
    weeklyMinutes: Int? = nil, sessionsPerDay: Int? = nil, bufferBefore: Int = 0, bufferAfter: Int = 0,
    noticeMinutes: Int = 240, horizonDays: Int = 60, gridMinutes: Int = 15, preferredLengths: [Int] = []
  ) {
    self.zone = zone
    self.weekly = weekly
    self.exceptions = exceptions
    self.away = away
    self.weeklyMinutes = weeklyMinutes
    self.sessionsPerDay = sessionsPerDay
    self.bufferBefore = bufferBefore
    self.bufferAfter = bufferAfter
    self.noticeMinutes = noticeMinutes
    self.horizonDays = horizonDays
    self.gridMinutes = gridMinutes
    self.preferredLengths = preferredLengths
  }

  /// No rules at all: every time is possible, for someone who is only held back by busy times.
  public static func anyTime(zone: String) -> Availability {
    let week = Weekday.allCases.map { WeeklyWindow($0, from: .midnight, to: .midnight) }
    return Availability(zone: zone, weekly: week, noticeMinutes: 0, horizonDays: 730)
  }

  /// Reads the object; everything but `zone` may be left out.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(zone: try values.decode(String.self, forKey: .zone))
    weekly = try values.decodeIfPresent([WeeklyWindow].self, forKey: .weekly) ?? weekly
    exceptions = try values.decodeIfPresent([DatedException].self, forKey: .exceptions) ?? exceptions
    away = try values.decodeIfPresent([AwayPeriod].self, forKey: .away) ?? away
    weeklyMinutes = try values.decodeIfPresent(Int.self, forKey: .weeklyMinutes)
    sessionsPerDay = try values.decodeIfPresent(Int.self, forKey: .sessionsPerDay)
    bufferBefore = try values.decodeIfPresent(Int.self, forKey: .bufferBefore) ?? bufferBefore
    bufferAfter = try values.decodeIfPresent(Int.self, forKey: .bufferAfter) ?? bufferAfter
    noticeMinutes = try values.decodeIfPresent(Int.self, forKey: .noticeMinutes) ?? noticeMinutes
    horizonDays = try values.decodeIfPresent(Int.self, forKey: .horizonDays) ?? horizonDays
    gridMinutes = try values.decodeIfPresent(Int.self, forKey: .gridMinutes) ?? gridMinutes
    preferredLengths = try values.decodeIfPresent([Int].self, forKey: .preferredLengths) ?? preferredLengths
  }

  /// The length to offer to somebody who wishes for `minutes`: that one where it is among the preferred ones or nothing is preferred,
  /// else the preferred one nearest to it, the shorter of two equally near.
  public func length(near minutes: Int) -> Int {
    preferredLengths.filter { (1...1_440).contains($0) }
      .min { (abs($0 - minutes), $0) < (abs($1 - minutes), $1) } ?? minutes
  }

  var buffers: (before: Int, after: Int) {
    (min(max(bufferBefore, 0), 1_440), min(max(bufferAfter, 0), 1_440))
  }

  var grid: Int { gridMinutes > 0 && gridMinutes <= 1_440 && 1_440 % gridMinutes == 0 ? gridMinutes : 15 }

  /// The minutes at which a session may begin, seen from `now` (microseconds since 1970 UTC).
  func bookable(now: Int64) -> Interval {
    let minute = Int(MinuteClock.minutes(roundingUp: now))
    return Interval(
      start: Int32(clamping: minute + min(max(noticeMinutes, 0), 1_051_200)),
      end: Int32(clamping: minute + min(max(horizonDays, 0), 730) * 1_440))
  }
}
