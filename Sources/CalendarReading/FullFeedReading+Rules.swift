import CICal
import Scheduling

extension FullFeedReading {
  /// Hands the event and its repetitions to the collector.
  mutating func add(_ event: FeedEvent, _ component: OpaquePointer) {
    guard let start = event.start else {
      _ = collector.begin(event)
      return
    }
    let rules = self.rules(component, ICAL_RRULE_PROPERTY)
    var event = event
    for walls in excludedWalls(component, start) { event.exceptions.append(walls) }
    if rules.isEmpty {
      guard collector.begin(event) else { return }
      _ = collector.instance(at: start.wall)
    } else {
      event.until = rules[0].until
      guard collector.begin(event) else { return }
      var isFirst = true
      for rule in rules {
        collector.until = rule.until
        if isFirst { _ = collector.instance(at: start.wall) }
        step(rule.rule, start) { collector, wall in isFirst && wall == start.wall || collector.instance(at: wall) }
        isFirst = false
      }
    }
    for addition in event.additions where !collector.addition(addition.moment, seconds: addition.seconds) { break }
    collector.end()
  }

  private typealias Rule = (rule: icalrecurrencetype, until: FeedEvent.Until)

  private mutating func rules(_ component: OpaquePointer, _ kind: icalproperty_kind) -> [Rule] {
    var rules: [Rule] = []
    forEach(component, kind) { reading, property in
      var rule = kind == ICAL_RRULE_PROPERTY ? icalproperty_get_rrule(property) : icalproperty_get_exrule(property)
      guard Self.isBearable(&rule) else { return reading.collector.warn(.unreadableRules) }
      let until = Self.until(rule.until)
      rule.until = icaltime_null_time()
      rules.append((rule, until))
    }
    if hasUnreadable(component, kind) { collector.warn(.unreadableRules) }
    return rules
  }

  /// libical keeps what it cannot parse as a property of its own kind.
  private func hasUnreadable(_ component: OpaquePointer, _ kind: icalproperty_kind) -> Bool {
    var property = icalcomponent_get_first_property(component, ICAL_XLICERROR_PROPERTY)
    while let found = property {
      if let text = icalproperty_get_value_as_string(found), String(cString: text).contains("RRULE") { return true }
      property = icalcomponent_get_next_property(component, ICAL_XLICERROR_PROPERTY)
    }
    return false
  }

  /// A rule that libical would look for in vain through centuries of seconds cannot be stopped from outside, so it is not begun.
  static func isBearable(_ rule: inout icalrecurrencetype) -> Bool {
    switch rule.freq {
    case ICAL_DAILY_RECURRENCE, ICAL_WEEKLY_RECURRENCE, ICAL_MONTHLY_RECURRENCE, ICAL_YEARLY_RECURRENCE:
      return !hasTimes(rule) || !isRare(&rule)
    case ICAL_HOURLY_RECURRENCE: return !isFiltered(&rule)
    default: return false
    }
  }

  /// Whether the rule names hours, minutes or seconds.
  private static func hasTimes(_ rule: icalrecurrencetype) -> Bool {
    let none = Int16(ICAL_RECURRENCE_ARRAY_MAX.rawValue)
    return rule.by_hour.0 != none || rule.by_minute.0 != none || rule.by_second.0 != none
  }

  /// Whether the dates of the rule may lie far apart, or never come.
  private static func isRare(_ rule: inout icalrecurrencetype) -> Bool {
    let none = Int16(ICAL_RECURRENCE_ARRAY_MAX.rawValue)
    return rule.by_month_day.0 != none || rule.by_year_day.0 != none || rule.by_week_no.0 != none || rule.by_month.0 != none
      || rule.by_set_pos.0 != none || rule.by_day.0 != none && rule.interval > 1
  }

  /// Whether the rule has any BY part.
  static func isFiltered(_ rule: inout icalrecurrencetype) -> Bool {
    let none = Int16(ICAL_RECURRENCE_ARRAY_MAX.rawValue)
    return rule.by_second.0 != none || rule.by_minute.0 != none || rule.by_hour.0 != none || rule.by_day.0 != none
      || rule.by_month_day.0 != none || rule.by_year_day.0 != none || rule.by_week_no.0 != none || rule.by_month.0 != none
      || rule.by_set_pos.0 != none
  }

  private static func until(_ time: icaltimetype) -> FeedEvent.Until {
    guard icaltime_is_null_time(time) == 0, let wall = wall(time) else { return .none }
    if time.is_date != 0 { return .day(Int(wall / 86_400)) }
    return icaltime_is_utc(time) != 0 ? .instant(wall) : .wall(wall)
  }

  /// The instances that an `EXRULE` takes out, as written exceptions.
  private mutating func excludedWalls(_ component: OpaquePointer, _ start: FeedMoment) -> [FeedMoment] {
    var excluded: [FeedMoment] = []
    let last = Int64(collector.days.upperBound) * 86_400
    for rule in rules(component, ICAL_EXRULE_PROPERTY) {
      step(rule.rule, start) { collector, wall in
        let moment = FeedMoment(wall: wall, zone: start.zone, isDate: start.isDate)
        if case .instant(let end) = rule.until, collector.instant(moment) > end { return false }
        if case .wall(let end) = rule.until, wall > end { return false }
        if case .day(let end) = rule.until, wall > Int64(end) * 86_400 + 86_399 { return false }
        excluded.append(moment)
        return wall <= last && excluded.count < 20_000
      }
    }
    return excluded
  }

  /// Steps through the instances of a rule, counted, until `visit` answers false.
  private mutating func step(_ rule: icalrecurrencetype, _ start: FeedMoment, _ visit: (inout FeedCollector, Int64) -> Bool) {
    var rule = rule
    Self.nameWeekdaysOnce(&rule)
    let shift = Self.beginWeekOnMonday(&rule)
    var first = nearer(start, rule)
    first.wall -= shift
    guard let iterator = icalrecur_iterator_new(rule, Self.time(first)) else { return collector.warn(.unreadableRules) }
    defer { icalrecur_iterator_free(iterator) }
    for count in 0..<100_000 {
      guard stepsLeft > 0, count % 64 != 63 || !isOutOfTime() else { return collector.warn(.outOfTime) }
      stepsLeft -= 1
      let time = icalrecur_iterator_next(iterator)
      guard icaltime_is_null_time(time) == 0, let wall = Self.wall(time), visit(&collector, wall + shift) else { return }
    }
    collector.warn(.outOfTime)
  }

  /// libical 3.0.16 gives a day twice, and counts it twice, that is named twice.
  private static func nameWeekdaysOnce(_ rule: inout icalrecurrencetype) {
    let none = Int16(ICAL_RECURRENCE_ARRAY_MAX.rawValue)
    withUnsafeMutableBytes(of: &rule.by_day) { bytes in
      let list = bytes.bindMemory(to: Int16.self)
      var named: Set<Int16> = []
      for day in list.prefix(while: { $0 != none }) where named.insert(day).inserted { list[named.count - 1] = day }
      if named.count < list.count { list[named.count] = none }
    }
  }

  /// libical 3.0.16 loses the rhythm of several weeks when they do not begin on Monday. So it is given the same rule some days earlier, with
  /// weeks that do; the answer is by how many seconds.
  private static func beginWeekOnMonday(_ rule: inout icalrecurrencetype) -> Int64 {
    guard rule.freq == ICAL_WEEKLY_RECURRENCE, rule.interval > 1, rule.week_start != ICAL_NO_WEEKDAY else { return 0 }
    // libical counts weekdays from Sunday, which is 1.
    let days = (Int(rule.week_start.rawValue) + 5) % 7
    let none = Int16(ICAL_RECURRENCE_ARRAY_MAX.rawValue)
    withUnsafeMutableBytes(of: &rule.by_day) { bytes in
      let list = bytes.bindMemory(to: Int16.self)
      for index in list.indices {
        if list[index] == none { break }
        list[index] = Int16((Int(list[index]) - 1 - days + 7) % 7 + 1)
      }
    }
    rule.week_start = ICAL_MONDAY_WEEKDAY
    return Int64(days) * 86_400
  }

  /// A start nearer to the window from which the rule goes on in the same way: whole periods later, as far as nothing has to be counted.
  private func nearer(_ start: FeedMoment, _ rule: icalrecurrencetype) -> FeedMoment {
    let period: Int
    switch rule.freq {
    case ICAL_HOURLY_RECURRENCE, ICAL_DAILY_RECURRENCE: period = Int(rule.interval)
    case ICAL_WEEKLY_RECURRENCE: period = Int(rule.interval) * 7
    default: return start
    }
    let missing = collector.days.lowerBound - start.day
    guard rule.count == 0, period > 0, missing > period else { return start }
    return FeedMoment(wall: start.wall + Int64(missing / period * period) * 86_400, zone: start.zone, isDate: start.isDate)
  }
}
