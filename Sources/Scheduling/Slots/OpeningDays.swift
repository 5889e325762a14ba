/// On which dates a person opens windows, told from the pattern of the week, the dates that differ from it and the dates away.
/// Any question about a date is answered by a look into the week and a binary search, however far the next window is.
struct OpeningDays: Sendable {
  /// Windows by weekday, Monday first.
  private let week: [[DayWindow]]
  /// For each weekday the days until the next one with windows, 1...7; nil when no weekday has any.
  private let daysToNext: [Int]?
  /// Dates with windows of their own, by day number.
  private let own: [Int32: [DayWindow]]
  private let ownDays: [Int32]
  /// Day numbers away or off.
  private let closed: IntervalList

  /// O(w + e log e) for w windows and e exceptions.
  init(_ rules: Availability, kind: String?) {
    var week = [[DayWindow]](repeating: [], count: 7)
    for weekly in rules.weekly where weekly.window.serves(kind) { week[weekly.weekday.rawValue - 1].append(weekly.window) }
    self.week = week
    daysToNext = week.allSatisfy(\.isEmpty) ? nil : (0..<7).map { day in (1...7).first { !week[(day + $0) % 7].isEmpty } ?? 7 }
    let exceptions = Dictionary(
      rules.exceptions.map { ($0.date.dayNumber, $0.windows.filter { $0.serves(kind) }) }, uniquingKeysWith: { _, later in later })
    own = exceptions.filter { !$0.value.isEmpty }
    ownDays = own.keys.sorted()
    let away = rules.away.map { Interval(start: $0.first.dayNumber, end: $0.last.dayNumber + 1) }
    closed = IntervalList(away + exceptions.filter(\.value.isEmpty).map { Interval(start: $0.key, end: $0.key + 1) })
  }

  /// The windows that open on `day`. O(log e).
  func windows(on day: Int32) -> [DayWindow] {
    if closed.covering(day) != nil { return [] }
    return own[day] ?? week[Int(floorRemainder(day + 3, 7))]
  }

  /// Whether `day` does not follow the week, so that nothing of the evening before reaches into it.
  func isOwn(_ day: Int32) -> Bool { own[day] != nil || closed.covering(day) != nil }

  /// The first day after `day` on which windows may open; nil when there is none. O(log e) but for weeks in which every day with
  /// windows is off, which are stepped through one stretch of closed days at a time.
  func next(after day: Int32) -> Int32? {
    var day = day
    while true {
      let weekly = daysToNext.map { day + Int32($0[Int(floorRemainder(day + 3, 7))]) }
      let special = ownDay(after: day)
      guard let candidate = [weekly, special].compactMap(\.self).min(), candidate < CivilDate.validDayNumbers.upperBound else { return nil }
      guard let away = closed.covering(candidate) else { return candidate }
      day = away.end - 1
    }
  }

  private func ownDay(after day: Int32) -> Int32? {
    var low = 0
    var high = ownDays.count
    while low < high {
      let middle = (low + high) / 2
      if ownDays[middle] <= day { low = middle + 1 } else { high = middle }
    }
    return low < ownDays.count ? ownDays[low] : nil
  }
}
