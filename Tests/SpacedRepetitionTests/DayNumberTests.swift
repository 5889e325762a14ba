import SpacedRepetition
import Testing

@Suite("Days start at 04:00 of the learner")
struct DayNumberTests {
  /// 2026-03-28 00:00 UTC.
  private static let march28: Int64 = 1_774_656_000
  /// 2026-10-24 00:00 UTC.
  private static let october24: Int64 = 1_792_800_000

  /// The moment a clock with this offset shows this time, `day` days after a midnight.
  private func moment(_ midnight: Int64, day: Int64, _ hour: Int64, _ minute: Int64 = 0, offset: Int) -> Moment {
    let seconds = midnight + day * 86_400 + hour * 3_600 + minute * 60 - Int64(offset) * 60
    return Moment(instant: seconds * 1_000_000, zoneOffset: offset)
  }

  @Test("the day changes at 04:00, not at midnight")
  func rollover() {
    let evening = moment(Self.march28, day: 0, 23, offset: 60)
    #expect(moment(Self.march28, day: 1, 3, 59, offset: 120).day == evening.day)
    #expect(evening.day.days(to: moment(Self.march28, day: 1, 4, offset: 120).day) == 1)
    #expect(Moment(instant: 4 * 3_600_000_000, zoneOffset: 0).day == DayNumber(rawValue: 0))
    #expect(Moment(instant: 4 * 3_600_000_000 - 1, zoneOffset: 0).day == DayNumber(rawValue: -1))
  }

  @Test(
    "evenings around a change of the clocks are one day apart",
    arguments: [
      (Self.march28, 60, 120),  // Berlin, 23 h
      (Self.october24, 120, 60),  // Berlin, 25 h
      (Self.march28, -300, -240),  // New York
      (Self.october24, -240, -300),
      (Self.march28, 660, 630),  // Lord Howe, half an hour
      (Self.october24, 630, 660),
    ])
  func clockChange(midnight: Int64, before: Int, after: Int) {
    for hour in [Int64(4), 12, 20, 23] {
      let saturday = moment(midnight, day: 0, hour, offset: before)
      let sunday = moment(midnight, day: 1, hour, offset: after)
      #expect(saturday.day.days(to: sunday.day) == 1)
      #expect(sunday.instant - saturday.instant != 86_400_000_000)
    }
    let lateSaturday = moment(midnight, day: 1, 1, offset: before)
    #expect(moment(midnight, day: 0, 22, offset: before).day == lateSaturday.day)
    #expect(lateSaturday.day.days(to: moment(midnight, day: 1, 5, offset: after).day) == 1)
  }

  @Test("a journey west or east counts local days")
  func journey() {
    let tokyo = moment(Self.march28, day: 1, 9, offset: 540)
    let honolulu = Moment(instant: tokyo.instant + 3_600_000_000, zoneOffset: -600)
    #expect(tokyo.day.days(to: honolulu.day) == -1)
    let scheduler = Scheduler()
    let first = scheduler.answer(.new, .easy, at: tokyo, card: 1)
    let second = scheduler.answer(first, .good, at: honolulu, card: 1)
    #expect(second.memory?.stability == first.memory?.stability, "a day that went backwards is the same day")
  }

  @Test("a day starts at its own start, in any zone", arguments: [-720, -210, 0, 60, 345, 630, 840])
  func starts(offset: Int) {
    for rawValue in [-400_000, -1, 0, 20_540] {
      let day = DayNumber(rawValue: rawValue)
      let start = day.start(zoneOffset: offset)
      #expect(Moment(instant: start, zoneOffset: offset).day == day)
      #expect(Moment(instant: start - 1, zoneOffset: offset).day == day.advanced(by: -1))
    }
  }

  @Test("days stay in range at the ends of their types")
  func extremes() {
    for instant in [Int64.min, .max] {
      for offset in [Int.min, 0, .max] {
        #expect(DayNumber.range.contains(Moment(instant: instant, zoneOffset: offset).day.rawValue))
      }
    }
    #expect(DayNumber(rawValue: .max).advanced(by: .max).rawValue == DayNumber.range.upperBound)
    #expect(DayNumber(rawValue: .min).advanced(by: .min).rawValue == DayNumber.range.lowerBound)
    #expect(DayNumber(rawValue: .min).start(zoneOffset: .max) < DayNumber(rawValue: .max).start(zoneOffset: .min))
  }
}
