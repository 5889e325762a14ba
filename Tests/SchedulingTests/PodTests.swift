import Scheduling
import Testing

@Suite struct PodTests {
  private func person(_ zone: String, _ from: String, _ to: String) throws -> Person {
    var person = Person()
    person.rules.zone = zone
    person.rules.noticeMinutes = 0
    person.rules.weekly = [WeeklyWindow(.tuesday, try window(from, to))]
    return person
  }

  private func best(_ people: [Person], _ count: Int, atLeast: Int = 2, perStretch: Int = 2) throws -> [PodTime] {
    PodSearch(people: try people.map { try $0.participant() }, minutes: 60, now: now)
      .best(
        count, from: try minute("2026-11-17T00:00"), to: try minute("2026-11-18T00:00"), atLeast: atLeast, perStretch: perStretch)
  }

  @Test("the time most people can make comes first, and says who is missing")
  func mostPeople() throws {
    let people = [
      try person("Europe/Berlin", "09:00", "12:00"), try person("Europe/Berlin", "11:00", "15:00"),
      try person("America/New_York", "05:00", "08:00"), try person("Asia/Kolkata", "20:00", "22:00"),
    ]
    let times = try best(people, 3)
    #expect(times.first == PodTime(start: try minute("2026-11-17T11:00"), free: [0, 1, 2], missing: [3]))
    #expect(times.dropFirst().allSatisfy { $0.free.count < 3 })
    #expect(try best(people, 10, atLeast: 4).isEmpty)
  }

  @Test("busy times, limits and the length count for each person")
  func limits() throws {
    var late = try person("Europe/Berlin", "09:00", "12:00")
    late.busy = [try interval("2026-11-17T09:00", "2026-11-17T10:30")]
    let other = try person("Europe/Berlin", "09:00", "12:00")
    let times = try best([other, late], 10, perStretch: 10)
    #expect(times.map(\.start) == (try [minute("2026-11-17T10:30"), minute("2026-11-17T10:45"), minute("2026-11-17T11:00")]))
    late.rules.sessionsPerDay = 0
    #expect(try best([other, late], 10).isEmpty)
    #expect(try best([], 10).isEmpty)
  }

  @Test("a time for all is exactly a common slot")
  func agreesWithSlots() throws {
    var random = SeededGenerator(state: 5)
    var common = 0
    for _ in 0..<60 {
      let people = try (0..<3).map { _ in
        var person = Person()
        person.rules.noticeMinutes = 0
        person.rules.weekly = try Weekday.allCases.map { day in
          let from = try #require(WallTime(minuteOfDay: Int.random(in: 0..<96, using: &random) * 15))
          return WeeklyWindow(day, from: from, to: try #require(WallTime(minuteOfDay: (from.minuteOfDay + 600) % 1_440)))
        }
        return try person.participant()
      }
      let from = try minute("2026-11-17T00:00")
      let slots = SlotSearch(host: people[0], guests: Array(people.dropFirst()), minutes: 60, now: now).starts(from: from, to: from + 4_320)
      let times = PodSearch(people: people, minutes: 60, now: now).best(
        10_000, from: from, to: from + 4_320, atLeast: 3, perStretch: 10_000)
      #expect(times.map(\.start).sorted() == slots)
      common += slots.count
    }
    try #require(common > 100)
  }
}
