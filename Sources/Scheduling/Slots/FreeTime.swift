/// One participant made ready for a search: what is taken is computed once, days are opened when they are asked for.
struct FreeTime: Sendable {
  let zone: Zone
  private let minutes: Int
  private var taken: IntervalList
  private let days: OpeningDays

  /// Nil when limits leave no room for a session of `minutes` on any day. O(b log b) in busy times and sessions.
  init?(_ person: Participant, minutes: Int, kind: String?) {
    let rules = person.availability
    if let cap = rules.sessionsPerDay, cap < 1 { return nil }
    if let budget = rules.weeklyMinutes, budget < minutes { return nil }
    zone = person.zone
    self.minutes = minutes
    taken = TakenTime(person, minutes: minutes).list.closingGaps(shorterThan: minutes)
    days = OpeningDays(rules, kind: kind)
  }

  /// Open and not taken, within `bounds`. O(days in `bounds` with windows + what is taken there).
  func within(_ bounds: Interval) -> IntervalList {
    let last = zone.date(at: bounds.end).dayNumber
    var open: [Interval] = []
    var day: Int32? = zone.date(at: bounds.start).adding(days: -1).dayNumber
    while let date = day, date <= last {
      forEachWindow(opening: date) { open.append($0.clipped(to: bounds)) }
      day = days.next(after: date)
    }
    return IntervalList(open).subtracting(taken)
  }

  /// The first minute at or after `minute` that is open and not taken; nil when there is none before `limit`.
  ///
  /// Jumps from the end of what is taken to the next window and back: O((j + 1) log n) for n intervals taken, of which j stand in the way.
  /// After ``withoutDeadEnds()`` j is at most one.
  func opening(from minute: Int32, before limit: Int32) -> Int32? {
    var minute = minute
    while minute < limit {
      if let block = taken.covering(minute) { minute = block.end }
      guard let open = windowMinute(from: minute, before: limit) else { return nil }
      if open == minute { return minute }
      minute = open
    }
    return nil
  }

  /// The end of the free stretch around `minute`, which is free; or `enough`, if the stretch goes on to there. O(log n) and the windows that
  /// join each other.
  func free(from minute: Int32, enough: Int32) -> Int32 {
    let limit = min(enough, taken.firstStart(after: minute) ?? enough)
    var end = minute
    while end < limit {
      var later = end
      let day = zone.date(at: end).dayNumber
      // Of the next day too: where the clocks go back by hours it may have begun already.
      for date in day - 1...day + 1 {
        forEachWindow(opening: date) { if $0.start <= end { later = max(later, $0.end) } }
      }
      if later == end { break }
      end = later
    }
    return min(end, limit)
  }

  /// The same person with everything counted as taken that lies between two times taken and has no room for a session: what is asked for
  /// the next opening then never runs into a dead end. O(n) once.
  func withoutDeadEnds() -> FreeTime {
    var merged: [Interval] = []
    for block in taken.intervals {
      if let last = merged.last, isDeadEnd(Interval(start: last.end, end: block.start)) {
        merged[merged.count - 1].end = block.end
      } else {
        merged.append(block)
      }
    }
    var copy = self
    copy.taken = IntervalList(ascending: merged)
    return copy
  }

  private func isDeadEnd(_ gap: Interval) -> Bool {
    guard let open = windowMinute(from: gap.start, before: gap.end) else { return true }
    // Beyond two days a window that is long enough is taken for granted: a wrong guess costs a jump, not a slot.
    return gap.minutes <= 2_880 && !within(Interval(start: open, end: gap.end)).intervals.contains { $0.minutes >= minutes }
  }

  /// The first minute at or after `minute` inside a window, taken or not.
  private func windowMinute(from minute: Int32, before limit: Int32) -> Int32? {
    var day: Int32? = zone.date(at: minute).adding(days: -1).dayNumber
    let last = zone.date(at: limit).dayNumber
    while let date = day, date <= last {
      var open = Int32.max
      forEachWindow(opening: date) { if $0.end > minute { open = min(open, max($0.start, minute)) } }
      if open < .max { return open < limit ? open : nil }
      day = days.next(after: date)
    }
    return nil
  }

  /// The windows that open on a day, empty ones left out.
  private func forEachWindow(opening day: Int32, _ body: (Interval) -> Void) {
    let windows = days.windows(on: day)
    if windows.isEmpty { return }
    let midnight = Int64(day) * 86_400
    // Nearly all days, and those after them, are told with one offset: then a wall reading is an instant by a subtraction.
    if let stretch = zone.wallStretch(of: midnight), midnight + 2 * 86_400 <= min(stretch.trouble, stretch.to) {
      let start = midnight - stretch.offset
      for window in windows {
        let closing = window.crossesMidnight ? 86_400 + (days.isOwn(day + 1) ? 0 : window.to.seconds) : window.to.seconds
        let interval = Interval(start: minute(start + window.from.seconds), end: minute(start + closing))
        if !interval.isEmpty { body(interval) }
      }
      return
    }
    let date = CivilDate(dayNumber: Int(day))
    guard zone.startMinute(of: date) < zone.startMinute(of: date.adding(days: 1)) else { return }
    for window in windows {
      let interval = Interval(start: zone.minute(of: LocalDateTime(date, window.from)), end: end(of: window, opening: date))
      if !interval.isEmpty { body(interval) }
    }
  }

  private func minute(_ second: Int64) -> Int32 { Int32(clamping: floorDivide(second, 60)) }

  private func end(of window: DayWindow, opening date: CivilDate) -> Int32 {
    guard window.crossesMidnight else { return zone.minute(of: LocalDateTime(date, window.to)) }
    let next = date.adding(days: 1)
    if window.to == .midnight || days.isOwn(next.dayNumber) { return zone.startMinute(of: next) }
    return zone.minute(of: LocalDateTime(next, window.to))
  }
}

extension WallTime {
  fileprivate var seconds: Int64 { Int64(minuteOfDay) * 60 }
}

extension Zone {
  func date(at minute: Int32) -> CivilDate { local(at: MinuteClock.microseconds(minute)).date }

  func minute(of wall: LocalDateTime) -> Int32 { MinuteClock.minutes(roundingDown: instant(of: wall)) }

  func startMinute(of date: CivilDate) -> Int32 { MinuteClock.minutes(roundingDown: startOfDay(date)) }

  func minutes(from date: CivilDate, days: Int) -> Interval {
    Interval(start: startMinute(of: date), end: startMinute(of: date.adding(days: days)))
  }
}
