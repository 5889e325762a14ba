/// A stretch of one day on the wall clock, open for sessions. With `to` at or before `from` it ends on the next day,
/// so 22:00-02:00 crosses midnight and 00:00-00:00 is the whole day.
public struct DayWindow: Sendable, Hashable, Codable {
  /// When it opens.
  public var from: WallTime
  /// When it closes.
  public var to: WallTime
  /// The kinds of session it is for; empty means all.
  public var kinds: [String]

  /// A window for the given kinds, for all of them when `kinds` is empty.
  public init(from: WallTime, to: WallTime, kinds: [String] = []) {
    self.from = from
    self.to = to
    self.kinds = kinds
  }

  /// Reads the object; `kinds` may be left out.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    from = try values.decode(WallTime.self, forKey: .from)
    to = try values.decode(WallTime.self, forKey: .to)
    kinds = try values.decodeIfPresent([String].self, forKey: .kinds) ?? []
  }

  var crossesMidnight: Bool { to <= from }

  func serves(_ kind: String?) -> Bool {
    guard let kind, !kinds.isEmpty else { return true }
    return kinds.contains(kind)
  }
}

/// A window that comes back every week, on the wall clock of its person.
public struct WeeklyWindow: Sendable, Hashable, Codable {
  /// The day on which it opens.
  public var weekday: Weekday
  /// When it opens and closes on that day.
  public var window: DayWindow

  /// A window that opens on every `weekday`.
  public init(_ weekday: Weekday, _ window: DayWindow) {
    self.weekday = weekday
    self.window = window
  }

  /// A window that opens on every `weekday`.
  public init(_ weekday: Weekday, from: WallTime, to: WallTime, kinds: [String] = []) {
    self.init(weekday, DayWindow(from: from, to: to, kinds: kinds))
  }
}

/// A date on which other windows hold than in the week; without windows the date is off. Nothing of the evening
/// before reaches into it. When two name the same date the later one in the list holds.
public struct DatedException: Sendable, Hashable, Codable {
  /// The date in the person's own zone.
  public var date: CivilDate
  /// What holds instead of the weekly windows.
  public var windows: [DayWindow]

  /// Replaces the windows of `date`; by default by none.
  public init(_ date: CivilDate, windows: [DayWindow] = []) {
    self.date = date
    self.windows = windows
  }
}

/// Dates on which a person is away, both ends included, in the person's own zone. Stronger than an exception.
public struct AwayPeriod: Sendable, Hashable, Codable {
  /// The first date away.
  public var first: CivilDate
  /// The last date away.
  public var last: CivilDate

  /// Away from `first` to `last`; never when `last` is before `first`.
  public init(first: CivilDate, last: CivilDate) {
    self.first = first
    self.last = last
  }

  /// Whether `date` is one of the dates.
  public func contains(_ date: CivilDate) -> Bool { first <= date && date <= last }
}
