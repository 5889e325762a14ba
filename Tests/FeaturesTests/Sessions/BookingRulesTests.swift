import Kit
import Store
import TandemTesting
import Testing
import Web

@testable import Features

@Suite struct BookingRulesTests {
  @Test("a booking takes the time of both, and the next free times are named to whoever comes later", arguments: Databases.each)
  func taken(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      let id = try await scene.book()
      try await #expect(scene.occupied(id) == 2)
      do {
        _ = try await scene.book(.ravi)
        Issue.record("The second booking was taken.")
      } catch let Problem.conflict(code, detail) {
        #expect(code == "slot_taken")
        #expect(detail.contains("Next free"))
        // In both zones: 12:30 in Berlin is 17:00 in Kolkata.
        #expect(detail.contains("17:00 · 12:30 for Ada"))
        #expect(detail.contains("\(scene.noon(1, minutes: 30))"))
      }
    }
  }

  @Test(
    "the time was taken from the address bar (cal.com #244): a posted start that is no slot is refused, whatever the browser says",
    arguments: Databases.each)
  func postedStart(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      for start in [
        scene.noon(1) - .hours(3), scene.noon(1, minutes: 7), scene.noon(1, minutes: 45), scene.noon(0) - .hours(2), scene.noon(200),
      ] {
        await #expect(code { _ = try await scene.book(at: start) } == "slot_taken")
      }
      await #expect(code { _ = try await scene.book(at: scene.noon() + .seconds(1)) } == "invalid")
      await #expect(code { _ = try await scene.book(minutes: 20) } == "invalid")
      await #expect(code { _ = try await scene.book(.ada) } == "invalid")
      await #expect(code { _ = try await scene.book(with: .ravi) } == "not_found")
    }
  }

  @Test("four hours of notice hold unless the mentor says otherwise", arguments: Databases.each)
  func notice(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      await #expect(code { _ = try await scene.book(at: scene.noon(0)) } == "slot_taken")
      try await scene.do(.ada, SetAvailability(weekly: [.init(weekday: .monday, from: "12:00", to: "13:00")], noticeMinutes: 60))
      _ = try await scene.book(at: scene.noon(0))
    }
  }

  @Test("buffers keep air around sessions, of the mentor and of the mentee", arguments: Databases.each)
  func buffers(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let week = [SetAvailability.Window(weekday: .tuesday, from: "12:00", to: "13:00")]
      try await scene.do(.ada, SetAvailability(weekly: week, bufferBefore: 10, bufferAfter: 10))
      try await scene.do(.ben, SetAvailability(weekly: [], bufferAfter: 60))
      _ = try await scene.book(at: scene.noon(), minutes: 15)
      await #expect(code { _ = try await scene.book(.ravi, at: scene.noon(1, minutes: 15), minutes: 15) } == "slot_taken")
      _ = try await scene.book(.ravi, at: scene.noon(1, minutes: 45), minutes: 15)
      // Ben keeps an hour after his own sessions: Cleo's window right after the one with Ada is not for him.
      try await scene.do(.cleo, SetAvailability(weekly: [.init(weekday: .tuesday, from: "06:15", to: "07:00")]))
      await #expect(code { _ = try await scene.book(with: .cleo, at: scene.noon(1, minutes: 15), minutes: 15) } == "slot_taken")
    }
  }

  @Test("the minutes of a week and the sessions of a day are never passed", arguments: Databases.each)
  func limits(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let week = DayOfWeek.allCases.map { SetAvailability.Window(weekday: $0, from: "12:00", to: "13:00") }
      try await scene.do(.ada, SetAvailability(weekly: week, weeklyMinutes: 60, sessionsPerDay: 1))
      _ = try await scene.book(at: scene.noon(1))
      await #expect(code { _ = try await scene.book(.ravi, at: scene.noon(1, minutes: 30)) } == "slot_taken")
      _ = try await scene.book(.ravi, at: scene.noon(2))
      await #expect(code { _ = try await scene.book(.mara, at: scene.noon(3)) } == "slot_taken")
      _ = try await scene.book(.mara, at: scene.noon(8))
    }
  }

  @Test("another organisation's mentor cannot be booked and looks like nobody", arguments: Databases.each)
  func otherOrganisation(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch(.otto)
      await #expect(code { _ = try await scene.book(with: .otto) } == "not_found")
    }
  }

  @Test("slots stand on the wall clock through a change of the clocks", arguments: Databases.each)
  func daylightSaving(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      // Saturday 27 March 2027; the clocks go forward in Berlin that night.
      scene.clock.set(Instant(seconds: 1_806_076_800))
      try await scene.lunch()
      let (ada, ben, org, world) = (scene.id(.ada), scene.id(.ben), scene.org, scene.world)
      let starts = try await scene.store.read { tx in
        try PersonTime.commonStarts(host: ada, guest: ben, minutes: 60, from: world.now(), count: 2, org: org, tx, world)
      }
      #expect(starts.map(\.description) == ["2027-03-29T10:00:00Z", "2027-03-30T10:00:00Z"])
      let viewer = try await scene.viewer(.ben)
      #expect(Moment(starts[0], viewer, now: world.now()).time == "12:00")
    }
  }
}
