import CalendarReading
import Scheduling
import Testing

@Suite("Calendars as programs write them") struct FeedCorpusTests {
  @Test("a calendar means what it says, through either reader", arguments: FeedCase.all)
  func meaning(_ feed: FeedCase) throws {
    let rules = try FeedScene.rules()
    let full = try CalendarFeed.readFully(feed.bytes, rules, zones: FeedScene.tables)
    #expect(FeedScene.text(full) == feed.times)
    let quick = FeedScene.quick(feed.bytes, rules)
    #expect((quick != nil) == feed.isQuick)
    if let quick { #expect(quick == full) }
    try #expect(CalendarFeed.read(feed.bytes, rules, zones: FeedScene.tables) == full)
  }

  @Test("line ends, byte order marks and blank lines change nothing", arguments: FeedCase.all)
  func lineEnds(_ feed: FeedCase) throws {
    let rules = try FeedScene.rules()
    let text = String(decoding: feed.bytes, as: UTF8.self)
    for variant in [text.replacing("\r\n", with: "\n"), "\u{FEFF}" + text, "\r\n" + text + "\r\n\r\n"] {
      try #expect(FeedScene.text(CalendarFeed.read(Array(variant.utf8), rules, zones: FeedScene.tables)) == feed.times)
    }
  }

  @Test("what is no calendar, or not a whole one, is refused and never counts as free")
  func refusals() throws {
    let rules = try FeedScene.rules()
    let whole = FeedScene.calendar(FeedCase.event("DTSTART:20260302T080000Z", "DURATION:PT1H"))
    func read(_ bytes: [UInt8]) throws { _ = try CalendarFeed.read(bytes, rules, zones: FeedScene.tables) }
    #expect(throws: FeedRefusal.notACalendar) { try read([]) }
    #expect(throws: FeedRefusal.notACalendar) { try read(Array("<html>Sign in</html>".utf8)) }
    for length in stride(from: 20, to: whole.count - 2, by: 7) {
      #expect(throws: FeedRefusal.cutOff) { try read(Array(whole.prefix(length))) }
    }
    #expect(throws: FeedRefusal.tooLarge) { try read(whole + [UInt8](repeating: 10, count: FeedOutline.mostBytes)) }
  }

  @Test("own events are recognised by the trace of their UID")
  func ownEvents() throws {
    let bytes = FeedScene.calendar(FeedScene.event(["DTSTART:20260302T080000Z", "DURATION:PT1H"], uid: "session-1@tandem.example"))
    let reading = try CalendarFeed.read(bytes, FeedScene.rules(), zones: FeedScene.tables)
    #expect(reading.times.map(\.uid) == [FeedUID.hash("session-1@tandem.example")])
    #expect(FeedUID.hash("session-1@tandem.example") != FeedUID.hash("session-2@tandem.example"))
  }

  @Test("the owner decides whether whole days count, and marked events are told apart")
  func ownersRules() throws {
    var rules = try FeedScene.rules()
    rules.allDayIsBusy = false
    rules.marker = "available"
    let bytes = FeedScene.calendar(
      FeedCase.event("DTSTART;VALUE=DATE:20260302") + FeedCase.event("DTSTART:20260303T080000Z", "DURATION:PT1H", "SUMMARY:available"))
    for reading in [
      try CalendarFeed.read(bytes, rules, zones: FeedScene.tables), try CalendarFeed.readFully(bytes, rules, zones: FeedScene.tables),
    ] {
      #expect(FeedScene.text(reading) == ["2026-03-03T08:00 60"])
      #expect(reading.times.map(\.isMarked) == [true])
    }
  }
}
