import CICal
import Scheduling

/// One pass of libical over a parsed file.
struct FullFeedReading {
  var collector: FeedCollector
  let tables: ZoneTables
  let marker: String?
  /// Instances libical may still compute in this feed.
  var stepsLeft = 1_000_000
  var indexes: [String: Int] = [:]
  /// `X-WR-TIMEZONE` of the calendar at hand.
  var hint: String?
  /// Keeps components together with the zones they define.
  var calendar: OpaquePointer?
  let isOutOfTime: () -> Bool

  init(zones: ZoneTables, rules: FeedRules, isOutOfTime: @escaping () -> Bool) {
    self.isOutOfTime = isOutOfTime
    tables = zones
    collector = FeedCollector(rules)
    marker = rules.marker
  }

  mutating func read(_ root: OpaquePointer) {
    if icalcomponent_isa(root) == ICAL_VCALENDAR_COMPONENT {
      _ = readCalendar(root)
      return
    }
    var child = icalcomponent_get_first_component(root, ICAL_VCALENDAR_COMPONENT)
    if child == nil { collector.warn(.unreadableEvents) }
    while let calendar = child, readCalendar(calendar) {
      child = icalcomponent_get_next_component(root, ICAL_VCALENDAR_COMPONENT)
    }
  }

  /// False when the rest has to be left out.
  private mutating func readCalendar(_ calendar: OpaquePointer) -> Bool {
    self.calendar = calendar
    hint = extensionValue(calendar, "X-WR-TIMEZONE")
    indexes.removeAll()
    var child = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT)
    while let event = child {
      if isOutOfTime() {
        collector.warn(.outOfTime)
        return false
      }
      guard collector.count() else { return false }
      readEvent(event)
      child = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT)
    }
    return true
  }

  private func extensionValue(_ component: OpaquePointer, _ name: String) -> String? {
    var property = icalcomponent_get_first_property(component, ICAL_X_PROPERTY)
    while let found = property {
      if let text = icalproperty_get_x_name(found), String(cString: text).uppercased() == name {
        return icalproperty_get_value_as_string(found).map { String(cString: $0) }
      }
      property = icalcomponent_get_next_property(component, ICAL_X_PROPERTY)
    }
    return nil
  }

  private mutating func readEvent(_ component: OpaquePointer) {
    var event = FeedEvent()
    event.uid = FeedUID.hash(icalcomponent_get_uid(component).map { String(cString: $0) } ?? "")
    event.isMarked = marker != nil && icalcomponent_get_summary(component).map { String(cString: $0) } == marker
    event.isCancelled = word(component, ICAL_STATUS_PROPERTY) == "CANCELLED"
    event.isTransparent = word(component, ICAL_TRANSP_PROPERTY) == "TRANSPARENT"
    event.start = moment(component, ICAL_DTSTART_PROPERTY) { icalproperty_get_dtstart($0) }
    event.end = moment(component, ICAL_DTEND_PROPERTY) { icalproperty_get_dtend($0) }
    if event.end == nil, let property = icalcomponent_get_first_property(component, ICAL_DURATION_PROPERTY) {
      event.duration = FeedDuration(icalproperty_get_duration(property))
    }
    event.replaced = moment(component, ICAL_RECURRENCEID_PROPERTY) { icalproperty_get_recurrenceid($0) }
    forEach(component, ICAL_EXDATE_PROPERTY) { reading, property in
      if let moment = reading.moment(property, icalproperty_get_exdate(property)) { event.exceptions.append(moment) }
    }
    forEach(component, ICAL_RDATE_PROPERTY) { reading, property in
      if let addition = reading.addition(property, start: event.start) { event.additions.append(addition) }
    }
    add(event, component)
  }

  mutating func forEach(_ component: OpaquePointer, _ kind: icalproperty_kind, _ use: (inout FullFeedReading, OpaquePointer) -> Void) {
    var property = icalcomponent_get_first_property(component, kind)
    while let found = property {
      use(&self, found)
      property = icalcomponent_get_next_property(component, kind)
    }
  }

  private func word(_ component: OpaquePointer, _ kind: icalproperty_kind) -> String? {
    icalcomponent_get_first_property(component, kind).flatMap { icalproperty_get_value_as_string($0) }
      .map { String(cString: $0).uppercased() }
  }

  private mutating func addition(_ property: OpaquePointer, start: FeedMoment?) -> (moment: FeedMoment, seconds: Int64?)? {
    let value = icalproperty_get_rdate(property)
    if icaltime_is_null_time(value.period.start) == 0 {
      guard let begin = moment(property, value.period.start) else { return nil }
      if icaltime_is_null_time(value.period.end) == 0 {
        return moment(property, value.period.end).map { (begin, collector.instant($0) - collector.instant(begin)) }
      }
      return (begin, Int64(icaldurationtype_as_int(value.period.duration)))
    }
    guard var moment = moment(property, value.time) else { return nil }
    if moment.isDate, let start, !start.isDate {
      // A date beside an event with a time means that time on that date.
      moment = FeedMoment(wall: Int64(moment.day) * 86_400 + start.wall - Int64(start.day) * 86_400, zone: start.zone, isDate: false)
    }
    return (moment, nil)
  }
}

extension FeedDuration {
  init?(_ duration: icaldurationtype) {
    guard duration.is_neg == 0 else { return nil }
    self.init(
      days: Int64(duration.days) + Int64(duration.weeks) * 7,
      seconds: Int64(duration.hours) * 3_600 + Int64(duration.minutes) * 60 + Int64(duration.seconds))
  }
}
