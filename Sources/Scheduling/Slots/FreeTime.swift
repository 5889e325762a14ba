/// One participant made ready for a search: what is taken is computed once, days are opened when they are asked for.
struct FreeTime: Sendable {
  let zone: Zone
  private let taken: IntervalList
  /// By weekday, Monday first.
  private let weekly: [[DayWindow]]
  private let exceptions: [CivilDate: [DayWindow]]
  private let away: [AwayPeriod]

  /// Nil when limits leave no room for a session of `minutes` on any day.
  init?(_ person: Participant, minutes: Int, kind: String?) {
    let rules = person.availability
    if let cap = rules.sessionsPerDay, cap < 1 { return nil }
    if let budget = rules.weeklyMinutes, budget < minutes { return nil }
    zone = person.zone
    taken = Self.taken(person, minutes: minutes)
    var week = [[DayWindow]](repeating: [], count: Weekday.allCases.count)
    for open in rules.weekly where open.window.serves(kind) { week[open.weekday.rawValue - 1].append(open.window) }
    weekly = week
    exceptions = Dictionary(
      rules.exceptions.map { ($0.date, $0.windows.filter { $0.serves(kind) }) }, uniquingKeysWith: { _, later in later })
    away = rules.away
  }

  /// Open and not taken, within `bounds`. O(days in `bounds` + windows + what is taken there).
  func within(_ bounds: Interval) -> IntervalList {
    let first = zone.date(at: bounds.start).adding(days: -1)
    let last = zone.date(at: bounds.end)
    var open: [Interval] = []
    for day in first.dayNumber...max(first.dayNumber, last.dayNumber) {
      open += windows(opening: CivilDate(dayNumber: Int(day))).map { $0.clipped(to: bounds) }
    }
    return IntervalList(open).subtracting(taken)
  }

  private func windows(opening date: CivilDate) -> [Interval] {
    let windows = ownWindows(date) ?? weekly[date.weekday.rawValue - 1]
    if windows.isEmpty { return [] }
    let dayStart = zone.startMinute(of: date)
    guard dayStart < zone.startMinute(of: date.adding(days: 1)) else { return [] }
    return windows.map { window in
      Interval(start: zone.minute(of: LocalDateTime(date, window.from)), end: end(of: window, opening: date))
    }
  }

  private func end(of window: DayWindow, opening date: CivilDate) -> Int32 {
    guard window.crossesMidnight else { return zone.minute(of: LocalDateTime(date, window.to)) }
    let next = date.adding(days: 1)
    if window.to == .midnight || ownWindows(next) != nil { return zone.startMinute(of: next) }
    return zone.minute(of: LocalDateTime(next, window.to))
  }

  /// The windows of a date that does not follow the week; nil when it does.
  private func ownWindows(_ date: CivilDate) -> [DayWindow]? {
    away.contains { $0.contains(date) } ? [] : exceptions[date]
  }

  /// Busy times and sessions with the person's buffers around them, days at their cap, weeks without budget.
  private static func taken(_ person: Participant, minutes: Int) -> IntervalList {
    let buffers = person.availability.buffers
    let sessions = person.sessions.filter { !$0.isEmpty }
    let occupied = sessions.map { $0.grown(before: buffers.before, after: buffers.after) }
    let busy = (person.busy.filter { !$0.isEmpty } + occupied).map { $0.grown(before: buffers.after, after: buffers.before) }
    return IntervalList(busy + fullDays(person, sessions) + fullWeeks(person, sessions, minutes: minutes))
  }

  private static func fullDays(_ person: Participant, _ sessions: [Interval]) -> [Interval] {
    guard let cap = person.availability.sessionsPerDay else { return [] }
    return Dictionary(grouping: sessions) { person.zone.date(at: $0.start) }
      .filter { $0.value.count >= cap }
      .map { person.zone.minutes(from: $0.key, days: 1) }
  }

  private static func fullWeeks(_ person: Participant, _ sessions: [Interval], minutes: Int) -> [Interval] {
    guard let budget = person.availability.weeklyMinutes else { return [] }
    return Dictionary(grouping: sessions) { IsoWeek(containing: person.zone.date(at: $0.start)) }
      .filter { $0.value.reduce(0) { $0 + $1.minutes } > budget - minutes }
      .map { person.zone.minutes(from: $0.key.monday, days: 7) }
  }
}

extension Zone {
  func date(at minute: Int32) -> CivilDate { local(at: MinuteClock.microseconds(minute)).date }

  func minute(of wall: LocalDateTime) -> Int32 { MinuteClock.minutes(roundingDown: instant(of: wall)) }

  func startMinute(of date: CivilDate) -> Int32 { MinuteClock.minutes(roundingDown: startOfDay(date)) }

  func minutes(from date: CivilDate, days: Int) -> Interval {
    Interval(start: startMinute(of: date), end: startMinute(of: date.adding(days: days)))
  }
}
