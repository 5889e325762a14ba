import CalendarReading
import Scheduling
import Testing

@Suite("Feeds that want too much", .timeLimit(.minutes(2))) struct FeedBoundsTests {
  private func both(_ bytes: [UInt8], _ rules: FeedRules) throws -> [FeedReading] {
    var asked = 0
    func isOutOfTime() -> Bool {
      asked += 1
      return asked > 20_000
    }
    return [
      try CalendarFeed.read(bytes, rules, zones: FeedScene.tables, isOutOfTime: isOutOfTime),
      try CalendarFeed.readFully(bytes, rules, zones: FeedScene.tables, isOutOfTime: isOutOfTime),
    ]
  }

  @Test("events beyond the limit are left out with a reason, what was read is kept")
  func components() throws {
    let rules = try FeedScene.rules()
    let events = (0..<5_003).flatMap { FeedScene.event(["DTSTART:20260302T080000Z", "DURATION:PT1H"], uid: "\($0)") }
    for reading in try both(FeedScene.calendar(events), rules) {
      #expect(reading.components == 5_000)
      #expect(reading.times.count == 5_000)
      #expect(reading.warnings == [.tooManyComponents(5_000)])
      #expect(!reading.isComplete)
    }
  }

  @Test("instances beyond the limit of one event and of all are left out with a reason")
  func instances() throws {
    var rules = try FeedScene.rules()
    rules.mostInstances = 50
    rules.mostInAll = 120
    let daily = (0..<3).flatMap {
      FeedScene.event(["DTSTART:20200101T080000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY"], uid: "\($0)")
    }
    for reading in try both(FeedScene.calendar(daily), rules) {
      #expect(reading.times.count == 120)
      #expect(reading.warnings == [.tooManyInstances(50), .tooManyInstances(120)])
    }
  }

  @Test(
    "lines that cannot be read take time that grows with their number alone",
    arguments: ["UID:", "DTSTART:x", "RRULE:x", "EXDATE:x", "DTEND;TZID=x:y", "SUMMARY", "BEGIN:STANDARD", "END:X", "DURATION:P", "X-A:b"])
  func badLines(_ line: String) throws {
    let rules = try FeedScene.rules()
    let lines = Array(repeating: line, count: 1_900_000 / (line.utf8.count + 2))
    for event in [lines, lines + ["DTSTART:20260302T080000Z"]] {
      let began = ContinuousClock.now
      _ = try CalendarFeed.readFully(FeedScene.calendar(FeedScene.event(event)), rules, zones: FeedScene.tables)
      #expect(ContinuousClock.now - began < .seconds(20), "\(line)")
    }
  }

  @Test("a zone of very many parts ends soon, and the times of other events are read")
  func manyParts() throws {
    let rules = try FeedScene.rules()
    let parts = (0..<990).flatMap { number in
      [
        "BEGIN:STANDARD", "DTSTART:\(1600 + number % 400)0101T0\(number % 10)0000", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0\(number % 10)00",
        "RRULE:FREQ=YEARLY", "END:STANDARD",
      ]
    }
    let zones = (0..<15).flatMap { ["BEGIN:VTIMEZONE", "TZID:Own\($0)"] + parts + ["END:VTIMEZONE"] }
    let events = (0..<15).flatMap { FeedScene.event(["DTSTART;TZID=Own\($0):20260302T080000", "DURATION:PT1H"], uid: "\($0)") }
    let plain = FeedScene.event(["DTSTART:20260303T080000Z", "DURATION:PT1H"], uid: "plain")
    let began = ContinuousClock.now
    let reading = try CalendarFeed.readFully(FeedScene.calendar(zones + events + plain), rules, zones: FeedScene.tables)
    #expect(ContinuousClock.now - began < .seconds(20))
    #expect(reading.times.count >= 1 && !reading.warnings.isEmpty)
  }

  @Test("the time given to a feed ends its reading, what was read is kept")
  func time() throws {
    let events = (0..<100).flatMap { FeedScene.event(["DTSTART:20260302T080000Z", "DURATION:PT1H"], uid: "\($0)") }
    let (bytes, rules) = (FeedScene.calendar(events), try FeedScene.rules())
    for isFull in [false, true] {
      var asked = 0
      func isOutOfTime() -> Bool {
        asked += 1
        return asked > 20
      }
      let reading =
        isFull
        ? try CalendarFeed.readFully(bytes, rules, zones: FeedScene.tables, isOutOfTime: isOutOfTime)
        : try CalendarFeed.read(bytes, rules, zones: FeedScene.tables, isOutOfTime: isOutOfTime)
      #expect((1..<100).contains(reading.times.count))
      #expect(reading.warnings == [.outOfTime])
    }
  }

  @Test(
    "an unbounded rule stopped the server (Radicale #2188, node-ical #542, allenporter/ical #688): rules made to be endless come to an end",
    arguments: [
      "FREQ=SECONDLY", "FREQ=MINUTELY;COUNT=1000000000", "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30",
      "FREQ=HOURLY", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;BYSECOND=0,1,2,3,4,5,6,7,8,9",
      "FREQ=YEARLY;BYYEARDAY=366;BYSETPOS=366", "FREQ=MONTHLY;BYSETPOS=7;BYDAY=1MO", "FREQ=DAILY;COUNT=20000",
      "FREQ=WEEKLY;INTERVAL=32767;BYDAY=SU", "FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO;INTERVAL=3", "FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=2",
      "FREQ=YEARLY;INTERVAL=99999999999999999999", "FREQ=DAILY;UNTIL=99991231T235959Z",
    ])
  func endless(_ rule: String) throws {
    for start in ["20260303T110000Z", "00010101T000000Z", "99991231T235959Z"] {
      let events = (0..<3).flatMap { FeedScene.event(["DTSTART:\(start)", "DURATION:PT1H", "RRULE:\(rule)"], uid: "\($0)") }
      for reading in try both(FeedScene.calendar(events), FeedScene.rules()) { #expect(reading.times.count <= 3_000) }
    }
  }

  @Test("a zone whose changes come every second is not unrolled")
  func endlessZone() throws {
    let lines = FeedCase.ownZone.map { $0.replacing("FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", with: "FREQ=SECONDLY") }
    let bytes = FeedScene.calendar(lines + FeedCase.event("DTSTART;TZID=Somewhere:20260323T090000", "DURATION:PT1H"))
    let reading = try CalendarFeed.read(bytes, FeedScene.rules(), zones: FeedScene.tables)
    #expect(FeedScene.text(reading) == ["2026-03-23T08:00 60"])
    #expect(reading.warnings == [.unknownZone("Somewhere")])
  }

  @Test("long lines, deep nesting and very long events come to an end")
  func shapes() throws {
    let long = String(repeating: "x", count: 1_500_000)
    let folded = String(repeating: "x\r\n ", count: 300_000)
    let deep = [String](repeating: "BEGIN:VEVENT", count: 20_000)
    let forever = FeedScene.event(["DTSTART:00010101T000000Z", "DTEND:99991231T000000Z", "RRULE:FREQ=DAILY"])
    for lines in [FeedScene.event(["SUMMARY:\(long)"]), FeedScene.event(["UID:\(folded)"]), deep, forever] {
      for reading in try both(FeedScene.calendar(lines), FeedScene.rules()) { #expect(reading.times.count <= 1_000) }
    }
  }
}
