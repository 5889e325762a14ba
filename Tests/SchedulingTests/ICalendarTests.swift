import Foundation
import Scheduling
import Testing

@Suite struct ICalendarTests {
  private func event(_ change: (inout CalendarEvent) -> Void = { _ in }) -> CalendarEvent {
    var event = CalendarEvent(
      uid: "session-7@tandem.example", sequence: 2, stamp: now, start: now + 3_600_000_000, end: now + 5_400_000_000,
      summary: "Session with Ada", description: "Agenda:\n- review, plan; next", location: "Room 4",
      url: "https://tandem.example/sessions/7",
      organizer: CalendarOrganizer(name: "Ada Okafor", email: "calendar@tandem.example"),
      attendees: [CalendarAttendee(name: "Ben, \"B\"", email: "ben@example.org", answer: .needsAction, wantsReply: true)],
      alarmMinutesBefore: 10)
    change(&event)
    return event
  }

  @Test("an invitation says who, when and what, in UTC")
  func request() throws {
    let text = ICalendar.request(event())
    let read = try CalendarReader(text)
    #expect(read.lines.first == .init(name: "BEGIN", value: "VCALENDAR"))
    #expect(read.lines.last == .init(name: "END", value: "VCALENDAR"))
    #expect(read.values("METHOD") == ["REQUEST"])
    #expect(read.values("DTSTART") == ["20261116T080000Z"])
    #expect(read.values("DTEND") == ["20261116T083000Z"])
    #expect(read.values("DTSTAMP") == ["20261116T070000Z"])
    #expect(read.values("SEQUENCE") == ["2"])
    #expect(read.values("STATUS") == ["CONFIRMED"])
    #expect(read.values("TRANSP") == ["OPAQUE"])
    #expect(read.values("TRIGGER") == ["-PT10M"])
    #expect(read.values("URL") == ["https://tandem.example/sessions/7"])
    #expect(read.texts("UID") == ["session-7@tandem.example"])
    #expect(read.texts("DESCRIPTION") == ["Agenda:\n- review, plan; next", "Session with Ada"])
    #expect(text.contains("DESCRIPTION:Agenda:\\n- review\\, plan\\; next\r\n"))
    let attendee = try #require(read.lines.first { $0.name == "ATTENDEE" })
    #expect(attendee.value == "mailto:ben@example.org")
    #expect(attendee.parameters == ["CN": "Ben, 'B'", "ROLE": "REQ-PARTICIPANT", "PARTSTAT": "NEEDS-ACTION", "RSVP": "TRUE"])
    #expect(read.lines.contains(.init(name: "ORGANIZER", parameters: ["CN": "Ada Okafor"], value: "mailto:calendar@tandem.example")))
  }

  @Test("a cancellation is cancelled whatever the event said, and rings no bell")
  func cancel() throws {
    let read = try CalendarReader(ICalendar.cancel(event()))
    #expect(read.values("METHOD") == ["CANCEL"])
    #expect(read.values("STATUS") == ["CANCELLED"])
    #expect(read.values("TRIGGER").isEmpty)
    #expect(read.values("SEQUENCE") == ["2"])
  }

  @Test("a feed holds all events, a name and how often to ask again")
  func publish() throws {
    let window = event {
      $0.isTransparent = true
      $0.organizer = nil
      $0.attendees = []
    }
    let read = try CalendarReader(ICalendar.publish([event(), window], name: "Tandem, Ben", refreshMinutes: 30))
    #expect(read.values("METHOD") == ["PUBLISH"])
    #expect(read.texts("X-WR-CALNAME") == ["Tandem, Ben"])
    #expect(read.lines.contains(.init(name: "REFRESH-INTERVAL", parameters: ["VALUE": "DURATION"], value: "PT30M")))
    #expect(read.values("BEGIN").count { $0 == "VEVENT" } == 2)
    #expect(read.values("TRANSP") == ["OPAQUE", "TRANSPARENT"])
    try #expect(CalendarReader(ICalendar.publish([], name: "", refreshMinutes: 0)).values("X-PUBLISHED-TTL") == ["PT1M"])
  }

  @Test("2,000 odd texts come back as they were, less control characters, and never begin a line of their own")
  func oddTexts() throws {
    var random = SeededGenerator(state: 99)
    for _ in 0..<2_000 {
      let odd = oddText(&random)
      let text = ICalendar.request(
        event {
          $0.uid = odd
          $0.summary = odd
          $0.description = odd
          $0.location = odd
          $0.url = odd
          $0.organizer = CalendarOrganizer(name: odd, email: odd)
          $0.attendees = [CalendarAttendee(name: odd, email: odd)]
          $0.alarmMinutesBefore = nil
        })
      let read = try CalendarReader(text)
      let lines = expected(odd)
      let line = lines.replacingOccurrences(of: "\n", with: " ")
      #expect(read.lines.count == 21)
      #expect(read.texts("DESCRIPTION").map(scalars) == [scalars(lines)])
      for name in ["UID", "SUMMARY", "LOCATION"] { #expect(read.texts(name).map(scalars) == [scalars(line)]) }
      let cn = line.replacingOccurrences(of: "\"", with: "'").replacingOccurrences(of: "\\", with: "/")
        .replacingOccurrences(of: "^", with: "^^")
      for name in ["ORGANIZER", "ATTENDEE"] {
        let person = try #require(read.lines.first { $0.name == name })
        #expect(person.parameters["CN"].map(scalars) == scalars(cn))
        #expect(person.value.utf8.allSatisfy { $0 > 32 && $0 < 127 })
      }
    }
  }

  private func oddText(_ random: inout SeededGenerator) -> String {
    let pieces = [
      "\r\n", "\r", "\n", "\0", "\t", " ", "\\", ";", ",", ":", "\"", "^", "^n", "\\n", "=", "%", "\u{7F}", "\u{85}", "\u{2028}", "\u{1B}",
      "ä", "e\u{301}", "漢字", "👩‍👩‍👧‍👦", "🇩🇪", "\u{202E}", "\u{FEFF}", "\r\nATTENDEE:mailto:x@y", "\r\n END:VEVENT", "BEGIN:VALARM",
      String(repeating: "x", count: 73), String(repeating: "é", count: 40), "plain words ",
    ]
    return (0..<Int.random(in: 0...30, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
  }

  /// What is left of a text: line breaks of every kind as `\n`, no control characters but tab.
  private func expected(_ odd: String) -> String {
    var text = odd.replacingOccurrences(of: "\r\n", with: "\n")
    for lineBreak in ["\r", "\u{85}", "\u{2028}"] { text = text.replacingOccurrences(of: lineBreak, with: "\n") }
    for control in ["\0", "\u{7F}", "\u{1B}"] { text = text.replacingOccurrences(of: control, with: "") }
    return text
  }

  private func scalars(_ text: String) -> [UInt32] { text.unicodeScalars.map(\.value) }
}
