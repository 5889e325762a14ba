/// The rule at the foot of a zone file, which says how the zone goes on after the last listed change.
/// Source: RFC 9636 section 3.3 and POSIX.1-2017 section 8.3 (`TZ`), hours -167...167.
struct ZoneRule: Sendable, Hashable {
  struct Daylight: Sendable, Hashable {
    var period: ZonePeriod
    var begins: YearlyMoment
    var ends: YearlyMoment
  }

  var standard: ZonePeriod
  var daylight: Daylight?

  /// The stretch of constant offset around `second`.
  func span(at second: Int64) -> ZoneSpan {
    guard let daylight else { return ZoneSpan(start: .min, end: .max, period: standard) }
    var start = Int64.min
    var period = standard
    let year = Self.year(of: second)
    for change in (year - 1...year + 1).flatMap({ changes(inYear: $0, daylight) }) {
      if change.second > second { return ZoneSpan(start: start, end: change.second, period: period) }
      start = change.second
      period = change.period
    }
    return ZoneSpan(start: start, end: .max, period: period)
  }

  /// The two changes of a year in order of time. Each moment is told by the clock that is about to change.
  private func changes(inYear year: Int, _ daylight: Daylight) -> [(second: Int64, period: ZonePeriod)] {
    let begin = daylight.begins.wallSeconds(inYear: year) - Int64(standard.offset)
    let end = daylight.ends.wallSeconds(inYear: year) - Int64(daylight.period.offset)
    return begin <= end
      ? [(begin, daylight.period), (end, standard)] : [(end, standard), (begin, daylight.period)]
  }

  private static func year(of second: Int64) -> Int {
    let days = floorDivide(second, 86_400)
    guard let day = Int32(exactly: days), CivilDate.validDayNumbers.contains(day) else {
      return days < 0 ? 1 : 9999
    }
    return CivilDate(dayNumber: Int(day)).year
  }
}

/// A moment that comes once in every year, told on the wall clock.
struct YearlyMoment: Sendable, Hashable {
  enum Day: Sendable, Hashable {
    /// `Jn`: 1...365, 29 February is never counted.
    case julian(Int)
    /// `n`: 0...365, 29 February counts in leap years.
    case zeroBased(Int)
    /// `Mm.w.d`: weekday 0 (Sunday)...6 of week 1...5, where 5 is the last one of the month.
    case monthWeekday(month: Int, week: Int, weekday: Int)
  }

  var day: Day
  /// Seconds after midnight; may be negative or more than a day.
  var time: Int64

  /// Seconds since 1970-01-01T00:00 on the wall clock.
  func wallSeconds(inYear year: Int) -> Int64 { Int64(dayNumber(inYear: year)) * 86_400 + time }

  private func dayNumber(inYear year: Int) -> Int {
    let newYear = CivilDate.dayNumber(year: year, month: 1, day: 1)
    switch day {
    case .julian(let n): return newYear + n - 1 + (CivilDate.isLeap(year) && n >= 60 ? 1 : 0)
    case .zeroBased(let n): return newYear + n
    case .monthWeekday(let month, let week, let weekday):
      let first = CivilDate.dayNumber(year: year, month: month, day: 1)
      let firstMatch = floorRemainder(weekday - (first + 4), 7)
      let day = firstMatch + (week - 1) * 7
      return first + (day < CivilDate.length(ofMonth: month, year: year) ? day : day - 7)
    }
  }
}
