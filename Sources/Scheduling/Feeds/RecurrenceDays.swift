extension RecurrenceRule {
  /// Calls `visit` with the dates of the rule that lie in `wanted`, as days since 1970 and ascending, until it answers false.
  /// Periods before `wanted` are skipped by arithmetic, or counted one by one where the rule has a `COUNT`.
  func forEachDay(from start: Int, in wanted: ClosedRange<Int>, _ visit: (Int) -> Bool) {
    switch frequency {
    case .daily: daily(start, wanted, visit)
    case .weekly: weekly(start, wanted, visit)
    case .monthly: monthly(start, wanted, visit)
    }
  }

  /// Whether the rule names this date, apart from interval and limits.
  func matches(_ day: Int) -> Bool {
    switch frequency {
    case .daily: weekdays == 0 || weekdays & (1 << UInt8(Self.weekday(of: day))) != 0
    case .weekly: weekdays & (1 << UInt8(Self.weekday(of: day))) != 0
    case .monthly:
      daysOfMonth(CivilDate(dayNumber: day).year, CivilDate(dayNumber: day).month) & (1 << UInt32(CivilDate(dayNumber: day).day)) != 0
    }
  }

  private static func weekday(of day: Int) -> Int { floorRemainder(day + 3, 7) }

  /// How many periods of `length` days may be skipped when nothing has to be counted.
  private func skipped(_ start: Int, _ wanted: ClosedRange<Int>, _ length: Int) -> Int {
    count != nil || start >= wanted.lowerBound ? 0 : (wanted.lowerBound - start) / length
  }

  private func daily(_ start: Int, _ wanted: ClosedRange<Int>, _ visit: (Int) -> Bool) {
    var left = count ?? .max
    var day = start + skipped(start, wanted, interval) * interval
    while day <= wanted.upperBound, left > 0 {
      if matches(day) {
        left -= 1
        if day >= wanted.lowerBound, !visit(day) { return }
      }
      day += interval
    }
  }

  private func weekly(_ start: Int, _ wanted: ClosedRange<Int>, _ visit: (Int) -> Bool) {
    var left = count ?? .max
    let firstWeek = start - floorRemainder(Self.weekday(of: start) - weekStart, 7)
    var week = firstWeek + skipped(firstWeek, wanted, interval * 7) * interval * 7
    while week <= wanted.upperBound {
      for offset in 0..<7 where weekdays & (1 << UInt8((weekStart + offset) % 7)) != 0 {
        let day = week + offset
        if day < start { continue }
        if left == 0 || day > wanted.upperBound { return }
        left -= 1
        if day >= wanted.lowerBound, !visit(day) { return }
      }
      week += interval * 7
    }
  }

  private func monthly(_ start: Int, _ wanted: ClosedRange<Int>, _ visit: (Int) -> Bool) {
    var left = count ?? .max
    let first = CivilDate(dayNumber: start)
    let firstMonth = first.year * 12 + first.month - 1
    var month = firstMonth + skipped(start, wanted, interval * 31) * interval
    while true {
      let (year, number) = (month / 12, month % 12 + 1)
      guard year <= 9999 else { return }
      let zeroth = CivilDate.dayNumber(year: year, month: number, day: 1) - 1
      if zeroth >= wanted.upperBound { return }
      var days = daysOfMonth(year, number)
      while days != 0 {
        let day = zeroth + days.trailingZeroBitCount
        days &= days - 1
        if day < start { continue }
        if left == 0 || day > wanted.upperBound { return }
        left -= 1
        if day >= wanted.lowerBound, !visit(day) { return }
      }
      month += interval
    }
  }

  /// The days of a month that the rule names: bit n is day n.
  private func daysOfMonth(_ year: Int, _ month: Int) -> UInt32 {
    let length = CivilDate.length(ofMonth: month, year: year)
    var days = monthDays
    if monthDaysFromEnd != 0 {
      for back in 1...length where monthDaysFromEnd & (1 << UInt32(back)) != 0 { days |= 1 << UInt32(length + 1 - back) }
    }
    if weekdays != 0 || !ordinals.isEmpty {
      let first = Self.weekday(of: CivilDate.dayNumber(year: year, month: month, day: 1))
      for day in 1...length where weekdays & (1 << UInt8((first + day - 1) % 7)) != 0 { days |= 1 << UInt32(day) }
      for (ordinal, weekday) in ordinals {
        let firstMatch = 1 + floorRemainder(weekday - first, 7)
        let lastMatch = firstMatch + (length - firstMatch) / 7 * 7
        let day = ordinal > 0 ? firstMatch + (ordinal - 1) * 7 : lastMatch + (ordinal + 1) * 7
        if day >= 1, day <= length { days |= 1 << UInt32(day) }
      }
    }
    return days & ~(UInt32.max << UInt32(length + 1))
  }
}
