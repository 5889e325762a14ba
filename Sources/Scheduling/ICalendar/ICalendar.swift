/// Writes iCalendar text (RFC 5545) for mails (iTIP, RFC 5546) and for the feed. Single events are written in UTC.
/// Series are written in their zone's wall time, with a `VTIMEZONE` made from the zone tables. Line ends are CRLF, the encoding is UTF-8. O(length of the text).
public enum ICalendar {
  /// An invitation or the move of one: `METHOD:REQUEST`. Needs an organizer and attendees to be of use to mail programs.
  public static func request(_ event: CalendarEvent) -> String {
    calendar(method: "REQUEST", [event])
  }

  /// A cancellation: `METHOD:CANCEL`, always with `STATUS:CANCELLED` and without reminder. The caller has raised the
  /// sequence before.
  public static func cancel(_ event: CalendarEvent) -> String {
    var cancelled = event
    cancelled.status = .cancelled
    cancelled.alarmMinutesBefore = nil
    return calendar(method: "CANCEL", [cancelled])
  }

  /// A feed to subscribe to: `METHOD:PUBLISH` with a name and how often to ask again (in minutes, at least 1).
  public static func publish(_ events: [CalendarEvent], name: String, refreshMinutes: Int = 15) -> String {
    calendar(method: "PUBLISH", events) { lines in
      lines.text("X-WR-CALNAME", name)
      lines.raw("REFRESH-INTERVAL;VALUE=DURATION:PT\(max(1, refreshMinutes))M")
      lines.raw("X-PUBLISHED-TTL:PT\(max(1, refreshMinutes))M")
    }
  }

  /// Each zone once, with the time that the series in it span; a series without end is followed for ten years.
  private static func zones(of events: [CalendarEvent]) -> [(Zone, ClosedRange<Int64>)] {
    var spans: [String: (zone: Zone, from: Int64, to: Int64)] = [:]
    for event in events {
      guard let series = event.series else { continue }
      let (later, overflow) = event.start.addingReportingOverflow(315_576_000_000_000)
      let end = max(event.start, series.until ?? (overflow ? .max : later))
      let known = spans[series.zone.name]
      spans[series.zone.name] = (series.zone, min(known?.from ?? event.start, event.start), max(known?.to ?? end, end))
    }
    return spans.sorted { $0.key < $1.key }.map { ($0.value.zone, $0.value.from...$0.value.to) }
  }

  private static func calendar(
    method: String, _ events: [CalendarEvent], properties: (inout ContentLines) -> Void = { _ in }
  ) -> String {
    var lines = ContentLines()
    lines.raw("BEGIN:VCALENDAR")
    lines.raw("VERSION:2.0")
    lines.raw("PRODID:-//Tandem//Tandem//EN")
    lines.raw("CALSCALE:GREGORIAN")
    lines.raw("METHOD:\(method)")
    properties(&lines)
    for (zone, span) in zones(of: events) { lines.timeZone(zone, from: span.lowerBound, to: span.upperBound) }
    for event in events { lines.event(event) }
    lines.raw("END:VCALENDAR")
    return lines.text
  }
}

extension ContentLines {
  fileprivate mutating func event(_ event: CalendarEvent) {
    raw("BEGIN:VEVENT")
    text("UID", event.uid)
    raw("SEQUENCE:\(max(0, event.sequence))")
    raw("DTSTAMP:\(Self.utc(event.stamp))")
    if let series = event.series {
      timed(event, series)
    } else {
      raw("DTSTART:\(Self.utc(event.start))")
      raw("DTEND:\(Self.utc(event.end))")
    }
    text("SUMMARY", event.summary)
    if let description = event.description { text("DESCRIPTION", description, oneLine: false) }
    if let location = event.location { text("LOCATION", location) }
    if let url = event.url { uri("URL", url) }
    raw("STATUS:\(event.status.rawValue)")
    raw("TRANSP:\(event.isTransparent ? "TRANSPARENT" : "OPAQUE")")
    if let organizer = event.organizer {
      uri("ORGANIZER;CN=\(ContentText.parameter(organizer.name))", "mailto:\(organizer.email)")
    }
    for attendee in event.attendees { self.attendee(attendee) }
    if let minutes = event.alarmMinutesBefore { alarm(minutes: max(0, minutes), event.summary) }
    raw("END:VEVENT")
  }

  private mutating func attendee(_ attendee: CalendarAttendee) {
    let name = ContentText.parameter(attendee.name)
    let reply = attendee.wantsReply ? "TRUE" : "FALSE"
    uri(
      "ATTENDEE;CN=\(name);ROLE=REQ-PARTICIPANT;PARTSTAT=\(attendee.answer.rawValue);RSVP=\(reply)", "mailto:\(attendee.email)")
  }

  private mutating func alarm(minutes: Int, _ summary: String) {
    raw("BEGIN:VALARM")
    raw("ACTION:DISPLAY")
    text("DESCRIPTION", summary)
    raw("TRIGGER:-PT\(minutes)M")
    raw("END:VALARM")
  }

  /// `20261123T080000Z`.
  static func utc(_ instant: Int64) -> String {
    let (year, month, day) = Zone.utc.local(at: instant).date.components
    let second = Int(floorRemainder(MinuteClock.seconds(instant), 86_400))
    return "\(padded(year, 4))\(padded(month, 2))\(padded(day, 2))T"
      + "\(padded(second / 3_600, 2))\(padded(second / 60 % 60, 2))\(padded(second % 60, 2))Z"
  }
}
