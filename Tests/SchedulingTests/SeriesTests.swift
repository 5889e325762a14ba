import Foundation
import Scheduling
import Testing

@Suite struct SeriesTests {
  private func series(_ zone: String, _ start: (Int, Int, Int), hour: Int = 9, until: Int64? = nil, exceptions: [Int64] = []) throws
    -> CalendarEvent
  {
    let zone = try ZoneFolder().tables().zone(zone)
    let date = try #require(CivilDate(year: start.0, month: start.1, day: start.2))
    let first = zone.instant(of: LocalDateTime(date, try #require(WallTime(hour: hour, minute: 0))))
    return CalendarEvent(
      uid: "series@tandem", stamp: first, start: first, end: first + 1_800_000_000, summary: "Weekly",
      series: CalendarSeries(zone: zone, weekdays: [date.weekday], everyWeeks: 2, until: until, exceptions: exceptions))
  }

  @Test("a series is written in wall time with its rule in UTC and its zone's changes")
  func berlin() throws {
    let event = try series("Europe/Berlin", (2026, 10, 12), until: 1_799_000_000_000_000)
    let read = try CalendarReader(ICalendar.publish([event], name: "T"))
    #expect(read.values("DTSTART").contains("20261012T090000") && read.values("DTEND") == ["20261012T093000"])
    #expect(read.values("RRULE") == ["FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;UNTIL=20270103T181320Z"])
    #expect(read.values("TZID") == ["Europe/Berlin"] && read.values("TZOFFSETTO") == ["+0200", "+0100"])
    #expect(read.values("TZOFFSETFROM") == ["+0100", "+0200"] && read.values("DTSTART").contains("20261025T030000"))
  }

  @Test("every change of the span is written: half hours, Ramadan, zones that never change")
  func zones() throws {
    let howe = ICalendar.publish([try series("Australia/Lord_Howe", (2026, 1, 5))], name: "T")
    #expect(howe.contains("TZOFFSETTO:+1030") && howe.contains("TZOFFSETTO:+1100"))
    let casablanca = ICalendar.publish([try series("Africa/Casablanca", (2026, 1, 5))], name: "T")
    #expect(casablanca.contains("TZOFFSETTO:+0000") && casablanca.components(separatedBy: "RDATE:").count > 10)
    let kolkata = try CalendarReader(ICalendar.publish([try series("Asia/Kolkata", (2026, 1, 5))], name: "T"))
    #expect(kolkata.values("TZOFFSETTO") == ["+0530"])
    #expect(try CalendarReader(ICalendar.publish([try series("UTC", (2026, 1, 5))], name: "T")).values("TZOFFSETTO") == ["+0000"])
  }

  @Test("an instance that differs names the one it replaces; one that does not take place is an exception")
  func instances() throws {
    let whole = try series("Europe/Berlin", (2026, 10, 12), exceptions: [1_794_000_000_000_000])
    var moved = try series("Europe/Berlin", (2026, 11, 9))
    moved.instanceOf = moved.start - 3_600_000_000
    let read = try CalendarReader(ICalendar.publish([whole, moved], name: "T"))
    #expect(read.values("RECURRENCE-ID") == ["20261109T080000"] && read.values("EXDATE").count == 1)
    #expect(read.values("RRULE").count == 1 && read.values("BEGIN").count { $0 == "VTIMEZONE" } == 1)
  }

  @Test("answers of calendar programs are read, folded, quoted or broken")
  func replies() throws {
    let zones = ZoneFolder().tables()
    func reply(_ text: String) -> InvitationReply? { InvitationReply(text, zones: { try? zones.zone($0) }) }
    let text =
      "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:a-1@tan\r\n dem\r\nSEQUENCE:3\r\nATTENDEE;CN=\"O;x:y\";PARTSTAT=TENTATIVE;X=1:mailto:a@b\r\nDTSTART:20261124T110000Z\r\nEND:VEVENT\r\nEND:VCALENDAR"
    let read = try #require(reply(text))
    #expect(read.uid == "a-1@tandem" && read.sequence == 3 && read.answer == .tentative && read.start == 1_795_518_000_000_000)
    #expect(reply(text.replacingOccurrences(of: "\r\n", with: "\n"))?.uid == "a-1@tandem")
    #expect(reply(text.replacingOccurrences(of: "METHOD:REPLY", with: "METHOD:REQUEST")) == nil)
    #expect(reply(text.replacingOccurrences(of: "TENTATIVE", with: "DELEGATED"))?.answer == nil)
    for broken in ["", "BEGIN:VCALENDAR", String(repeating: "BEGIN:VEVENT\n", count: 20_000), "METHOD:REPLY\nUID:x"] {
      #expect(reply(broken) == nil)
    }
    // An alarm inside the event does not lend it its values.
    let nested = "BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nBEGIN:VALARM\nUID:alarm\nEND:VALARM\nUID:event\nEND:VEVENT\nEND:VCALENDAR"
    #expect(reply(nested)?.uid == "event")
  }
}
