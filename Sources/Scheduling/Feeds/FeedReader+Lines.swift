extension FeedReader {
  /// Reads one unfolded line; false when the feed has to be declined.
  mutating func read(_ line: Bytes) -> Bool {
    if line.count == 0 { return true }
    switch FeedLine.head(line) {
    case .malformed: return false
    case .other: return place == .calendar || place == .event
    case .replaced: return place != .event || skippedDepth > 0 || readReplaced(line)
    case .known(let name, let length):
      if name == .begin || name == .end { return readBoundary(line, name, length) }
      return place == .calendar || place == .event && (skippedDepth > 0 || read(line, name, length))
    }
  }

  private mutating func readBoundary(_ line: Bytes, _ name: FeedLine.Name, _ length: Int) -> Bool {
    guard line[length] == UInt8(ascii: ":") else { return false }
    let component = line.from(length + 1)
    return name == .begin ? begin(component) : end(component)
  }

  private mutating func begin(_ component: Bytes) -> Bool {
    switch place {
    case .outside:
      place = .calendar
      return component.equals("VCALENDAR")
    case .calendar where skippedDepth == 0 && component.equals("VEVENT"):
      guard collector.count() else {
        place = .full
        return true
      }
      event.clear()
      rule.removeAll(keepingCapacity: true)
      place = .event
      return true
    case .calendar, .event:
      if component.equals("VTIMEZONE") { definesZones = true }
      guard Self.isHarmless(component) else { return false }
      skippedDepth += 1
      return skippedDepth < 8
    case .done, .full: return false
    }
  }

  /// Components that take no time. A damaged name might have been an event's, and an event in another component belongs to nobody.
  private static func isHarmless(_ component: Bytes) -> Bool {
    component.equals("VALARM") || component.equals("VTIMEZONE") || component.equals("STANDARD") || component.equals("DAYLIGHT")
      || component.equals("VTODO") || component.equals("VJOURNAL") || component.equals("VFREEBUSY")
  }

  private mutating func end(_ component: Bytes) -> Bool {
    if skippedDepth > 0 {
      skippedDepth -= 1
      return Self.isHarmless(component)
    }
    switch place {
    case .event:
      place = .calendar
      return component.equals("VEVENT") && closeEvent()
    case .calendar:
      place = .done
      return component.equals("VCALENDAR")
    case .outside, .done, .full: return false
    }
  }

  private mutating func read(_ line: Bytes, _ name: FeedLine.Name, _ length: Int) -> Bool {
    guard let line = FeedLine(line, name, length: length) else { return false }
    switch name {
    case .start:
      guard event.start == nil, let moment = moment(line.value, line) else { return false }
      event.start = moment
    case .finish:
      guard event.end == nil, event.duration == nil, let moment = moment(line.value, line) else { return false }
      event.end = moment
    case .duration:
      guard event.end == nil, event.duration == nil, let duration = FeedDuration(line.value) else { return false }
      event.duration = duration
    case .rule:
      guard rule.isEmpty, line.value.count > 0 else { return false }
      line.value.append(to: &rule)
    case .exceptionRule: return false
    case .exceptions: return forEachMoment(line) { $0.exceptions.append($1) }
    case .additions: return forEachMoment(line) { $0.additions.append(($1, nil)) }
    case .uid:
      guard event.uid == FeedUID.seed, line.value[0] > 32, line.value[line.value.count - 1] > 32, !line.value.contains(UInt8(ascii: "\\"))
      else { return false }
      for index in 0..<line.value.count { event.uid = FeedUID.extended(event.uid, by: line.value[index]) }
    case .summary: event.isMarked = marker.map(line.value.equals) ?? false
    case .status:
      event.isCancelled = line.value.equals("CANCELLED")
      return event.isCancelled || line.value.equals("CONFIRMED") || line.value.equals("TENTATIVE")
    case .transparency:
      event.isTransparent = line.value.equals("TRANSPARENT")
      return event.isTransparent || line.value.equals("OPAQUE")
    case .begin, .end: return false
    }
    return true
  }

  private mutating func readReplaced(_ line: Bytes) -> Bool {
    guard event.replaced == nil, line.index(of: UInt8(ascii: ":")) < line.count, let line = FeedLine(line, .start, length: 13) else {
      return false
    }
    event.replaced = moment(line.value, line)
    return event.replaced != nil
  }

  private mutating func forEachMoment(_ line: FeedLine, _ use: (inout FeedEvent, FeedMoment) -> Void) -> Bool {
    var at = 0
    while at <= line.value.count {
      let end = line.value.index(of: UInt8(ascii: ","), from: at)
      guard let moment = moment(line.value.slice(at, end), line) else { return false }
      use(&event, moment)
      at = end + 1
    }
    return true
  }

  private mutating func moment(_ text: Bytes, _ line: FeedLine) -> FeedMoment? {
    if line.type == .other { return nil }
    guard let zone = line.zoneName.count == 0 ? FeedZone.owner : zone(line.zoneName), let moment = FeedMoment(text, zone: zone),
      moment.isDate == (line.type == .date), Self.ordinaryDays.contains(moment.day)
    else { return nil }
    return moment
  }

  /// From 1600 to 2400: outside of it calendars disagree about the calendar.
  private static let ordinaryDays = -135_140..<157_054

  /// The index of a zone by its IANA name, or by that of Windows; nil for other names.
  private mutating func zone(_ name: Bytes) -> Int? {
    if let known = collector.zoneIndex(name) {
      if collector.zones[known].isWindowsName { usesWindowsNames = true }
      return known
    }
    let text = name.string
    if let zone = try? tables.zone(text) { return collector.add(FeedZone(name: name.array, zone: zone)) }
    guard let iana = WindowsZones.zoneName(text), let zone = try? tables.zone(iana) else { return nil }
    usesWindowsNames = true
    return collector.add(FeedZone(name: name.array, zone: zone, isWindowsName: true))
  }

  /// Hands the event at hand to the collector; false when it says something that only a full reader can weigh.
  private mutating func closeEvent() -> Bool {
    guard let start = event.start else { return false }
    if let end = event.end, end.isDate != start.isDate { return false }
    if start.isDate, let duration = event.duration, duration.seconds != 0 { return false }
    if event.additions.contains(where: { $0.moment.isDate != start.isDate }) { return false }
    if rule.isEmpty {
      if collector.begin(event) {
        _ = collector.instance(at: start.wall)
        return closeAdditions()
      }
      return true
    }
    // The instances that carry a rule and a place in another rule at once are a story of their own.
    if event.replaced != nil { return false }
    let parsed = rule.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.flatMap { RecurrenceRule(Bytes($0, count: buffer.count), start: start) }
    }
    guard let parsed else { return false }
    event.until = parsed.until
    guard collector.begin(event) else { return true }
    let time = start.wall - Int64(start.day) * 86_400
    parsed.forEachDay(from: start.day, in: collector.days) { day in collector.instance(at: Int64(day) * 86_400 + time) }
    return closeAdditions()
  }

  private mutating func closeAdditions() -> Bool {
    for addition in event.additions where !collector.addition(addition.moment, seconds: addition.seconds) { break }
    collector.end()
    return true
  }
}
