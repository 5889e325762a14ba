import CICal
import Scheduling

extension FullFeedReading {
  mutating func moment(_ component: OpaquePointer, _ kind: icalproperty_kind, _ value: (OpaquePointer) -> icaltimetype) -> FeedMoment? {
    icalcomponent_get_first_property(component, kind).flatMap { moment($0, value($0)) }
  }

  /// The moment of a property, its zone looked up by `TZID`; nil when there is no such date.
  mutating func moment(_ property: OpaquePointer, _ time: icaltimetype) -> FeedMoment? {
    guard icaltime_is_null_time(time) == 0, let wall = Self.wall(time) else { return nil }
    if time.is_date != 0 { return FeedMoment(wall: wall, zone: FeedZone.owner, isDate: true) }
    if icaltime_is_utc(time) != 0 { return FeedMoment(wall: wall, zone: FeedZone.utc, isDate: false) }
    guard let parameter = icalproperty_get_first_parameter(property, ICAL_TZID_PARAMETER), let name = icalparameter_get_tzid(parameter)
    else {
      return FeedMoment(wall: wall, zone: FeedZone.owner, isDate: false)
    }
    return FeedMoment(wall: wall, zone: zone(String(cString: name)), isDate: false)
  }

  /// Seconds since 1970 on the wall; nil when the fields are no date.
  static func wall(_ time: icaltimetype) -> Int64? {
    guard let date = CivilDate(year: Int(time.year), month: Int(time.month), day: Int(time.day)) else { return nil }
    let day = Int64(date.dayNumber) * 86_400
    if time.is_date != 0 { return day }
    guard (0...23).contains(time.hour), (0...59).contains(time.minute), (0...59).contains(time.second) else { return nil }
    return day + Int64(time.hour) * 3_600 + Int64(time.minute) * 60 + Int64(time.second)
  }

  /// The wall reading as libical writes it, without a zone.
  static func time(_ moment: FeedMoment) -> icaltimetype {
    let (year, month, day) = CivilDate(dayNumber: moment.day).components
    let second = Int32(moment.wall - Int64(moment.day) * 86_400)
    var time = icaltime_null_time()
    (time.year, time.month, time.day) = (Int32(year), Int32(month), Int32(day))
    (time.hour, time.minute, time.second) = (second / 3_600, second / 60 % 60, second % 60)
    time.is_date = moment.isDate ? 1 : 0
    return time
  }

  /// By IANA name, then by the file's definition, then by the names of Windows, by the end of a longer name, by `X-WR-TIMEZONE`; else
  /// the owner's zone with a warning.
  private mutating func zone(_ name: String) -> Int {
    if let known = indexes[name] { return known }
    let index = newZone(name)
    indexes[name] = index
    return index
  }

  private mutating func newZone(_ name: String) -> Int {
    if let zone = try? tables.zone(name) { return collector.add(FeedZone(name: Array(name.utf8), zone: zone)) }
    if let own = ownZone(name) { return collector.add(FeedZone(name: Array(name.utf8), instant: own)) }
    let parts = name.split(separator: "/")
    let others: [String?] = [
      WindowsZones.zoneName(name), String(parts.suffix(2).joined(separator: "/")), String(parts.suffix(3).joined(separator: "/")), hint,
    ]
    for case let other? in others where other != name {
      if let zone = try? tables.zone(other) { return collector.add(FeedZone(name: Array(name.utf8), zone: zone)) }
    }
    collector.warn(.unknownZone(String(name.prefix(64))))
    return FeedZone.owner
  }

  /// A zone that the file defines, if its rules are such that libical can list its changes in bearable time.
  private func ownZone(_ name: String) -> ((Int64) -> Int64)? {
    guard let calendar, let zone = icalcomponent_get_timezone(calendar, name), let definition = icaltimezone_get_component(zone),
      isBearable(definition)
    else { return nil }
    return { wall in Self.instant(of: wall, zone) }
  }

  private func isBearable(_ definition: OpaquePointer) -> Bool {
    var part = icalcomponent_get_first_component(definition, ICAL_ANY_COMPONENT)
    var parts = 0
    while let found = part {
      parts += 1
      if parts > 1_000 || icalcomponent_get_first_property(found, ICAL_DTSTART_PROPERTY) == nil
        || icalcomponent_get_first_property(found, ICAL_TZOFFSETTO_PROPERTY) == nil
        || icalcomponent_get_first_property(found, ICAL_TZOFFSETFROM_PROPERTY) == nil
      {
        return false
      }
      var property = icalcomponent_get_first_property(found, ICAL_RRULE_PROPERTY)
      while let rule = property {
        var value = icalproperty_get_rrule(rule)
        let none = Int16(ICAL_RECURRENCE_ARRAY_MAX.rawValue)
        guard value.freq == ICAL_YEARLY_RECURRENCE, value.by_hour.0 == none, value.by_minute.0 == none, value.by_second.0 == none,
          FullFeedReading.isBearable(&value)
        else { return false }
        property = icalcomponent_get_next_property(found, ICAL_RRULE_PROPERTY)
      }
      part = icalcomponent_get_next_component(definition, ICAL_ANY_COMPONENT)
    }
    return parts > 0
  }

  /// The rules of ``WallResolution`` with the offsets libical knows: in a gap the one before, in a fold the first of the two.
  private static func instant(of wall: Int64, _ zone: OpaquePointer) -> Int64 {
    let before = offset(at: wall - 86_400, zone)
    let after = offset(at: wall + 86_400, zone)
    if before == after || offset(at: wall - before, zone) == before { return wall - before }
    return offset(at: wall - after, zone) == after ? wall - after : wall - before
  }

  private static func offset(at second: Int64, _ zone: OpaquePointer) -> Int64 {
    let day = second >= 0 ? second / 86_400 : (second - 86_399) / 86_400
    var time = time(FeedMoment(wall: second, zone: FeedZone.utc, isDate: false))
    if day < Int64(CivilDate.validDayNumbers.lowerBound) { time.year = 1 }
    return Int64(icaltimezone_get_utc_offset_of_utc_time(zone, &time, nil))
  }
}
