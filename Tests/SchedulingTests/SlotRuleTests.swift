import Foundation
import Scheduling
import Testing

@Suite struct SlotRuleTests {
  @Test("slots fill the window to its end and no further")
  func plainDay() throws {
    var person = Person()
    person.rules.weekly = [WeeklyWindow(.monday, try window("09:00", "10:30"))]
    try #expect(
      person.starts("2026-11-16T00:00", "2026-11-30T00:00") == [
        "2026-11-16T09:00", "2026-11-16T09:15", "2026-11-16T09:30", "2026-11-23T09:00", "2026-11-23T09:15", "2026-11-23T09:30",
      ])
  }

  @Test("a window across midnight gives slots on both dates and across the boundary")
  func midnight() throws {
    var person = Person()
    person.rules.weekly = [WeeklyWindow(.tuesday, try window("23:30", "00:45"))]
    let expected = ["2026-11-17T23:30", "2026-11-17T23:45"]
    try #expect(person.starts("2026-11-17T00:00", "2026-11-20T00:00") == expected)
    try #expect(person.starts("2026-11-17T00:00", "2026-11-20T00:00", minutes: 30) == expected + ["2026-11-18T00:00", "2026-11-18T00:15"])
  }

  @Test("windows that meet at midnight are one")
  func joined() throws {
    var person = Person()
    person.rules.weekly = [WeeklyWindow(.tuesday, try window("23:00", "00:00")), WeeklyWindow(.wednesday, try window("00:00", "00:30"))]
    try #expect(person.starts("2026-11-17T00:00", "2026-11-20T00:00", minutes: 90) == ["2026-11-17T23:00"])
  }

  @Test("an exception replaces its date, an empty one takes it off, and neither lets the evening before reach in")
  func exceptions() throws {
    var person = Person()
    person.rules.weekly = [WeeklyWindow(.monday, try window("22:00", "02:00")), WeeklyWindow(.tuesday, try window("09:00", "10:00"))]
    person.rules.exceptions = [DatedException(try date("2026-11-17"), windows: [try window("14:00", "15:00")])]
    try #expect(
      person.starts("2026-11-16T21:00", "2026-11-18T00:00") == [
        "2026-11-16T22:00", "2026-11-16T22:15", "2026-11-16T22:30", "2026-11-16T22:45", "2026-11-16T23:00", "2026-11-17T14:00",
      ])
    person.rules.exceptions = [DatedException(try date("2026-11-16"))]
    try #expect(person.starts("2026-11-16T00:00", "2026-11-18T00:00") == ["2026-11-17T09:00"])
  }

  @Test("nothing is offered on dates away, even where an exception opens one")
  func away() throws {
    var person = Person()
    person.rules.away = [AwayPeriod(first: try date("2026-11-17"), last: try date("2026-11-18"))]
    person.rules.exceptions = [DatedException(try date("2026-11-18"), windows: [try window("09:00", "12:00")])]
    let dates = try Set(person.starts("2026-11-16T00:00", "2026-11-21T00:00").map { $0.prefix(10) })
    #expect(dates == ["2026-11-16", "2026-11-19", "2026-11-20"])
  }

  @Test("a day with the most sessions allowed is closed, the others stay open")
  func dailyCap() throws {
    var person = Person()
    person.rules.sessionsPerDay = 2
    person.sessions = [try interval("2026-11-17T09:00", "2026-11-17T10:00")]
    try #expect(!person.starts("2026-11-17T00:00", "2026-11-18T00:00").isEmpty)
    person.sessions.append(try interval("2026-11-17T11:00", "2026-11-17T11:30"))
    try #expect(person.starts("2026-11-17T00:00", "2026-11-18T00:00").isEmpty)
    try #expect(!person.starts("2026-11-18T00:00", "2026-11-19T00:00").isEmpty)
    person.rules.sessionsPerDay = 0
    try #expect(person.starts("2026-11-18T00:00", "2026-11-19T00:00").isEmpty)
  }

  @Test("a week without enough minutes left is closed for that length, the next is open")
  func weeklyBudget() throws {
    var person = Person()
    person.rules.weeklyMinutes = 90
    person.sessions = [try interval("2026-11-17T09:00", "2026-11-17T10:00")]
    try #expect(person.starts("2026-11-16T00:00", "2026-11-23T00:00", minutes: 45).isEmpty)
    try #expect(!person.starts("2026-11-16T00:00", "2026-11-23T00:00", minutes: 30).isEmpty)
    try #expect(!person.starts("2026-11-23T00:00", "2026-11-24T00:00", minutes: 45).isEmpty)
    try #expect(person.starts("2026-11-23T00:00", "2026-11-24T00:00", minutes: 120).isEmpty)
  }

  @Test("buffers are kept free around busy times, and around both sessions when two meet")
  func buffers() throws {
    var person = Person()
    person.rules.weekly = [WeeklyWindow(.tuesday, try window("09:00", "14:00"))]
    person.rules.bufferBefore = 10
    person.rules.bufferAfter = 20
    person.busy = [try interval("2026-11-17T11:00", "2026-11-17T12:00")]
    let open = try person.starts("2026-11-17T00:00", "2026-11-18T00:00")
    #expect(open.filter { $0 < "2026-11-17T11:00" }.last == "2026-11-17T09:30")
    #expect(open.first { $0 > "2026-11-17T11:00" } == "2026-11-17T12:15")
    person.sessions = person.busy
    person.busy = []
    let around = try person.starts("2026-11-17T00:00", "2026-11-18T00:00")
    #expect(around.filter { $0 < "2026-11-17T11:00" }.last == "2026-11-17T09:30")
    #expect(around.first { $0 > "2026-11-17T11:00" } == "2026-11-17T12:30")
  }

  @Test("nothing begins before the notice of anybody or after the nearest horizon")
  func noticeAndHorizon() throws {
    var host = Person()
    var guest = Person()
    host.rules.noticeMinutes = 240
    guest.rules.noticeMinutes = 300
    try #expect(host.starts("2026-11-16T00:00", "2026-11-17T00:00").first == "2026-11-16T12:00")
    try #expect(host.starts("2026-11-16T00:00", "2026-11-17T00:00", with: [guest]).first == "2026-11-16T13:00")
    guest.rules.horizonDays = 2
    try #expect(host.starts("2026-11-16T00:00", "2027-11-17T00:00", with: [guest]).last == "2026-11-17T16:00")
    try #expect(host.starts("2026-11-16T00:00", "2027-11-17T00:00").last?.prefix(10) == "2027-01-14")
  }

  @Test("a window for certain kinds serves only those")
  func kinds() throws {
    var person = Person()
    person.rules.weekly = [WeeklyWindow(.tuesday, try window("09:00", "10:00", kinds: ["flash"]))]
    try #expect(person.starts("2026-11-17T00:00", "2026-11-18T00:00", kind: "flash").count == 1)
    try #expect(person.starts("2026-11-17T00:00", "2026-11-18T00:00", kind: "classic").isEmpty)
    try #expect(person.starts("2026-11-17T00:00", "2026-11-18T00:00").count == 1)
  }

  @Test("rules survive storage, and rules with parts left out take the defaults")
  func storage() throws {
    var rules = Person().rules
    rules.exceptions = [DatedException(try date("2026-12-24"))]
    rules.away = [AwayPeriod(first: try date("2026-12-27"), last: try date("2027-01-02"))]
    rules.weeklyMinutes = 120
    try #expect(JSONDecoder().decode(Availability.self, from: JSONEncoder().encode(rules)) == rules)
    let short = #"{"zone":"Asia/Kathmandu","weekly":[{"weekday":2,"window":{"from":"12:00","to":"13:00"}}]}"#
    let decoded = try JSONDecoder().decode(Availability.self, from: Data(short.utf8))
    #expect(decoded == Availability(zone: "Asia/Kathmandu", weekly: [WeeklyWindow(.tuesday, try window("12:00", "13:00"))]))
    #expect(decoded.noticeMinutes == 240 && decoded.horizonDays == 60 && decoded.gridMinutes == 15)
  }

  @Test("limits out of range are clamped and never stop the process", arguments: [Int.min, -1, 0, Int.max])
  func absurdLimits(_ value: Int) throws {
    var person = Person()
    person.rules.bufferBefore = value
    person.rules.bufferAfter = value
    person.rules.noticeMinutes = value
    person.rules.horizonDays = value
    person.rules.gridMinutes = value
    person.rules.weeklyMinutes = value
    person.busy = [Interval(start: .min, end: .min + 1), Interval(start: .max - 1, end: .max), Interval(start: .max, end: .min)]
    person.sessions = person.busy
    for moment in [Int64.min, now, .max] {
      let search = try SlotSearch(host: person.participant(), guests: [], minutes: 30, now: moment)
      for start in search.starts(from: .min, to: .max) { #expect(search.isSlot(start)) }
      #expect(!search.isSlot(.max))
    }
    let search = try SlotSearch(host: Person().participant(), guests: [], minutes: value, now: now)
    #expect(search.nextFree(from: .min) == nil)
  }
}
