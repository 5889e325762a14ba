import Foundation
import Scheduling
import Testing

@Suite struct CivilTests {
  @Test("the days of a 400-year cycle and of both ends of the calendar are counted as the calendar does")
  func everyDay() throws {
    var expected = (year: 1, month: 1, day: 1)
    for number in CivilDate.validDayNumbers.prefix(146_097 + 366) {
      let date = CivilDate(dayNumber: Int(number))
      guard date.components == expected else {
        Issue.record("\(date) is not \(expected)")
        return
      }
      let lengths = [
        31, expected.year % 4 == 0 && (expected.year % 100 != 0 || expected.year % 400 == 0) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30,
        31,
      ]
      expected.day += 1
      if expected.day > lengths[expected.month - 1] { expected = (expected.year, expected.month + 1, 1) }
      if expected.month > 12 { expected = (expected.year + 1, 1, 1) }
    }
    #expect(CivilDate(year: 9999, month: 12, day: 31)?.dayNumber == CivilDate.validDayNumbers.upperBound)
    #expect(CivilDate(year: 1, month: 1, day: 1)?.dayNumber == CivilDate.validDayNumbers.lowerBound)
  }

  @Test("dates that do not exist are refused")
  func impossibleDates() {
    for text in ["2026-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "0000-01-01", "2026-1-01", "2026-11-2x", "+026-11-23", ""] {
      #expect(CivilDate(text) == nil, "\(text)")
    }
    for text in ["24:00", "09:60", "9:00", "09.00", "-9:00", "09:00:00"] { #expect(WallTime(text) == nil, "\(text)") }
    for text in ["2026-11-23 09:00", "2026-11-23T", "T09:00", "2026-11-23T09:00T"] { #expect(LocalDateTime(text) == nil, "\(text)") }
  }

  @Test("text and JSON forms are read back as the same value")
  func roundTrip() throws {
    let values = [try wall("2026-11-23T09:05"), try wall("0001-01-01T00:00"), try wall("9999-12-31T23:59")]
    #expect(values.map(\.description) == ["2026-11-23T09:05", "0001-01-01T00:00", "9999-12-31T23:59"])
    let json = try JSONEncoder().encode(values)
    #expect(String(decoding: json, as: UTF8.self) == #"["2026-11-23T09:05","0001-01-01T00:00","9999-12-31T23:59"]"#)
    try #expect(JSONDecoder().decode([LocalDateTime].self, from: json) == values)
    #expect(throws: DecodingError.self) { try JSONDecoder().decode([CivilDate].self, from: Data(#"["2026-02-30"]"#.utf8)) }
  }

  @Test("weekdays and ISO weeks, around New Year too")
  func weeks() throws {
    for (text, weekday, week) in [
      ("2026-11-23", Weekday.monday, "2026-W48"), ("2027-01-03", .sunday, "2026-W53"), ("2024-12-30", .monday, "2025-W01"),
      ("1970-01-01", .thursday, "1970-W01"), ("2021-01-03", .sunday, "2020-W53"), ("0001-01-01", .monday, "0001-W01"),
    ] {
      let day = try date(text)
      #expect(day.weekday == weekday, "\(text)")
      #expect(IsoWeek(containing: day).description == week, "\(text)")
    }
    #expect(try IsoWeek(containing: date("2026-11-23")).next.monday == date("2026-11-30"))
  }

  @Test("day arithmetic crosses months and stops at the ends of the calendar")
  func arithmetic() throws {
    #expect(try date("2028-02-28").adding(days: 2) == date("2028-03-01"))
    #expect(try date("2026-01-01").days(since: date("2027-01-01")) == -365)
    #expect(try date("2026-01-01").adding(days: .max).description == "9999-12-31")
    #expect(try date("2026-01-01").adding(days: .min).description == "0001-01-01")
  }

  @Test("instants before 1970 round as those after it")
  func rounding() {
    #expect(MinuteClock.minutes(roundingDown: -1) == -1)
    #expect(MinuteClock.minutes(roundingUp: -1) == 0)
    #expect(MinuteClock.minutes(roundingUp: 60_000_001) == 2)
    #expect(MinuteClock.minutes(roundingDown: .min) == .min)
    #expect(MinuteClock.minutes(roundingUp: .max) == .max)
  }
}
