import Foundation
import Scheduling
import Testing

@Suite struct NextFreeTests {
  let start = MinuteClock.minutes(roundingDown: now)

  private func search(_ person: Person, minutes: Int = 30) throws -> SlotSearch {
    SlotSearch(host: try person.participant(), guests: [], minutes: minutes, now: now)
  }

  @Test("the next slot lies behind any number of full weeks, with and without an index")
  func behindFullWeeks() throws {
    var person = Person()
    person.rules.weekly = [WeeklyWindow(.monday, try window("09:00", "12:00")), WeeklyWindow(.thursday, try window("09:00", "12:00"))]
    person.rules.noticeMinutes = 0
    person.rules.horizonDays = 400
    let day: Int32 = 1_440
    // 300 days of busy times with a break of 20 minutes in every hour: no room for half an hour.
    person.busy = (0..<300 * 24).map { Interval(start: start + Int32($0) * 60, end: start + Int32($0) * 60 + 40) }
    let plain = try #require(try search(person).nextFree(from: start))
    #expect(plain >= start + 300 * day)
    #expect(plain < start + 308 * day)
    #expect(try search(person).indexed().nextFree(from: start) == plain)
    #expect(try search(person).isSlot(plain))
    #expect(try search(person, minutes: 15).nextFree(from: start).map { $0 < start + 8 * day } == true)
  }

  @Test("nobody who is never open, always away or past the horizon has a next slot")
  func never() throws {
    var person = Person()
    person.rules.horizonDays = 730
    person.rules.weekly = []
    #expect(try search(person).nextFree(from: start) == nil)
    person = Person()
    person.rules.away = [AwayPeriod(first: try date("2026-11-01"), last: try date("2035-01-01"))]
    #expect(try search(person).nextFree(from: start) == nil)
    person.rules.away = []
    person.rules.exceptions = (0..<3_000).map { DatedException(CivilDate(dayNumber: 20_700 + $0)) }
    #expect(try search(person).nextFree(from: start) == nil)
  }

  @Test("an exception opens a date on which the week is closed, and is found from afar")
  func exceptionFromAfar() throws {
    var person = Person()
    person.rules.weekly = []
    person.rules.horizonDays = 700
    person.rules.exceptions = [DatedException(try date("2028-02-29"), windows: [try window("09:00", "09:30")])]
    person.rules.horizonDays = 730
    #expect(try search(person).next(5, from: start) == [try minute("2028-02-29T09:00")])
  }

  @Test("an index changes no answer, for one person and for several")
  func indexIsNeutral() throws {
    var random = SeededGenerator(state: 77)
    var found = 0
    for _ in 0..<120 {
      var people: [Person] = []
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        var person = Person()
        person.rules.zone = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe"].randomElement(using: &random) ?? ""
        person.rules.weekly = try (0..<Int.random(in: 1...6, using: &random)).map { _ in
          let from = try #require(WallTime(minuteOfDay: Int.random(in: 0..<96, using: &random) * 15))
          let to = try #require(WallTime(minuteOfDay: Int.random(in: 0..<96, using: &random) * 15))
          return WeeklyWindow(Weekday.allCases.randomElement(using: &random) ?? .monday, from: from, to: to)
        }
        person.rules.horizonDays = 30
        person.busy = (0..<Int.random(in: 0...200, using: &random)).map { _ in
          let from = start + Int32.random(in: 0..<30 * 1_440, using: &random)
          return Interval(start: from, end: from + Int32.random(in: 1...500, using: &random))
        }
        person.rules.exceptions = try (0..<4).map { _ in
          let date = try date("2026-11-16").adding(days: Int.random(in: 0..<30, using: &random))
          return DatedException(date, windows: Bool.random(using: &random) ? [] : [try window("23:00", "01:00")])
        }
        people.append(person)
      }
      let all = try people.map { try $0.participant() }
      let search = SlotSearch(host: all[0], guests: Array(all.dropFirst()), minutes: 45, now: now)
      let everything = search.starts(from: .min, to: .max)
      found += everything.count
      #expect(search.next(7, from: start) == Array(everything.prefix(7)))
      for later in [start, start + 617, start + 9_999] {
        #expect(search.nextFree(from: later) == everything.first { $0 >= later })
      }
      #expect(search.indexed().next(7, from: start) == Array(everything.prefix(7)))
      #expect(search.indexed().starts(from: .min, to: .max) == everything)
    }
    try #require(found > 1_000)
  }

  /// A zone that a fuzzer made of Asia/Kathmandu: its clocks jump to and fro by hours, so that a window may begin before its day does.
  private static let odd = """
    VFppZjL/////////GQAAAAAAAAAAAAAAAAAAAAAAAAAAAAADAAAAAwAAABCh8n2EHhgwqH////8BAgIAAE/8AAAAAE1YAAQAAFDcAApMTVQAKz \
    A1MzAAKzA1NDUAVFppZjIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAADAAAAAwAAABD/////ofJ9hAAAAAAeGDGoAAAAAH////8BAgIA \
    AE/8AAAAAE1YAAQAAF1Q3AAKTAoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoK9vX19fX19e0KCgoKCgoKCgoKCgoKCgoKCgoKCgoKTVQAKy \
    MwNTMwACswNTQ1AAo8KzBTdHJpbjRNWAAK
    """

  @Test("a search ends, and finds the first of all slots, also where the clocks make no sense")
  func oddClocks() throws {
    let zone = try Zone(
      name: "Fuzz/Zone", bytes: Array(#require(Data(base64Encoded: NextFreeTests.odd, options: .ignoreUnknownCharacters))))
    let windows = try (0..<5).map { number in
      WeeklyWindow(
        Weekday.allCases[number], from: try #require(WallTime(minuteOfDay: number * 317 % 1_440)),
        to: try #require(WallTime(minuteOfDay: number * 511 % 1_440)))
    }
    let host = Participant(availability: Availability(zone: zone.name, weekly: windows, noticeMinutes: 0, horizonDays: 20), zone: zone)
    let search = SlotSearch(host: host, guests: [], minutes: 45, now: now)
    for later in [start, start + 7_001] { #expect(search.nextFree(from: later) == search.starts(from: later, to: .max).first) }
  }

  @Test("the length offered is the preferred one nearest to the wish")
  func lengths() throws {
    var rules = Person().rules
    #expect(rules.length(near: 40) == 40)
    rules.preferredLengths = [45, 15, -3]
    #expect(rules.length(near: 40) == 45)
    #expect(rules.length(near: 30) == 15)
    #expect(rules.length(near: 45) == 45)
  }
}
