import Kit
import Testing

@Suite("Instants")
struct InstantTests {
  @Test(
    "known moments are written and read",
    arguments: [
      ("1970-01-01T00:00:00Z", 0), ("2000-02-29T12:34:56Z", 951_827_696), ("2026-11-23T08:00:00Z", 1_795_420_800),
      ("2038-01-19T03:14:08Z", 2_147_483_648), ("2100-03-01T00:00:00Z", 4_107_542_400),
    ] as [(String, Int64)])
  func known(_ text: String, _ seconds: Int64) {
    #expect(Instant(text) == Instant(seconds: seconds))
    #expect(Instant(seconds: seconds).description == text)
  }

  @Test("fractions are kept to the microsecond")
  func fractions() {
    #expect(Instant("1970-01-01T00:00:01.5Z")?.microseconds == 1_500_000)
    #expect(Instant("1970-01-01T00:00:01.123456789Z")?.microseconds == 1_123_456)
    #expect(Instant(microseconds: 1_123_000).description == "1970-01-01T00:00:01.123Z")
    #expect(Instant(microseconds: 1_000_001).description == "1970-01-01T00:00:01.000001Z")
    #expect(Instant(microseconds: -1).description == "1969-12-31T23:59:59.999999Z")
  }

  @Test("an offset is taken off")
  func offsets() {
    #expect(Instant("2026-11-23T08:00:00+05:30") == Instant("2026-11-23T02:30:00Z"))
    #expect(Instant("2026-11-22T23:00-14:00") == Instant("2026-11-23T13:00:00Z"))
    #expect(Instant("2026-11-23 08:00z") == Instant("2026-11-23T08:00:00Z"))
  }

  @Test(
    "what is no moment is refused",
    arguments: [
      "", "2026", "2026-11-23", "2026-11-23T08:00:00", "2026-02-29T00:00:00Z", "2100-02-29T00:00:00Z", "2026-13-01T00:00:00Z",
      "2026-00-01T00:00:00Z", "2026-04-31T00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01T00:60:00Z", "2026-01-01T00:00:60Z",
      "2026-01-01T00:00:00.Z", "2026-01-01T00:00:00.1234567890Z", "2026-01-01T00:00:00+15:00", "2026-01-01T00:00:00Zz",
      "1969-12-31T00:00:00Z",
      "2201-01-01T00:00:00Z", "２０26-01-01T00:00:00Z", "-026-01-01T00:00:00Z",
    ])
  func refused(_ text: String) {
    #expect(Instant(text) == nil)
  }

  @Test("every day from 1970 to 2200 has one date and follows the day before")
  func days() {
    var day = Int64(0)
    for year in 1970...2200 {
      for month in 1...12 {
        for date in 1...Instant.length(ofMonth: month, year: year) {
          let civil = Instant.civil(day: day)
          guard Instant.day(year: year, month: month, date: date) == day, civil == (year, month, date) else {
            Issue.record("\(year)-\(month)-\(date) is not day \(day)")
            return
          }
          day += 1
        }
      }
    }
    #expect(day == 84_371)
  }

  @Test("times before 1970 round down, and the far ends do not trap")
  func ends() {
    #expect(Instant(microseconds: -1).seconds == -1)
    #expect(Instant(microseconds: -60_000_001).minutes == -2)
    #expect(Instant(microseconds: .max).minutes == .max)
    #expect(Instant(microseconds: .min).minutes == .min)
    #expect((Instant(microseconds: .max) + .days(.max)).microseconds != 0)
    #expect(Instant(microseconds: .max).description == "294247-01-10T04:00:54.775807Z")
  }

  @Test("spans count")
  func spans() {
    #expect(Instant(seconds: 90) - Instant(seconds: 30) == .minutes(1))
    #expect(Span.days(1) == .hours(24))
    #expect((-Span.hours(3)).minutes == -180)
    #expect(Span.minutes(45) * 4 == .hours(3))
  }
}
