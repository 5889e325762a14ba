import Kit
import Scheduling
import Store
import TandemTesting
import Testing
import Web

@testable import Features

@Suite struct SeriesTests {
  /// A booked session on Tuesday, and the wish to meet every week at that time from the next Tuesday on.
  private func wish(_ scene: Scene, count: Int = 4, everyWeeks: Int = 1) async throws -> StartSeries {
    try await scene.lunch()
    let id = try await scene.book()
    return StartSeries(session: id, everyWeeks: everyWeeks, first: "2026-12-01", time: "12:00", minutes: 30, count: count)
  }

  private func starts(_ scene: Scene) async throws -> [String] {
    try await scene.store.read { [org = scene.org] tx in
      let all: [Session] = try tx.all(
        "SELECT \(Session.columns) FROM session WHERE org_id = \(org) AND state = 'booked' ORDER BY starts_at")
      return all.map(\.start.description)
    }
  }

  @Test("a series books each of its dates as a session of its own; one of them moves alone", arguments: Databases.each)
  func starts(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let made = try await scene.do(.ben, wish(scene))
      #expect(made.made == 4)
      try await #expect(
        starts(scene) == ["2026-11-24T11:00:00Z"] + ["12-01", "12-08", "12-15", "12-22"].map { "2026-\($0)T11:00:00Z" })
      let one = try await session(scene, on: "2026-12-08")
      try await scene.do(.ada, MoveSession(session: one, start: scene.noon(16)))
      try await #expect(
        starts(scene).suffix(4) == ["2026-12-01T11:00:00Z", "2026-12-09T11:00:00Z", "2026-12-15T11:00:00Z", "2026-12-22T11:00:00Z"])
      try await #expect(scene.browser(.ben).get("/sessions/\(one)").body.contains("Every week, Tuesday 12:00"))
      try await #expect(scene.breaches() == [])
    }
  }

  private func session(_ scene: Scene, on date: String) async throws -> ID<Session> {
    try await scene.store.read { [org = scene.org] tx in
      try tx.value("SELECT session_id FROM series_date WHERE org_id = \(org) AND date = \(date) AND session_id IS NOT NULL") ?? ID(0)
    }
  }

  @Test("dates that are taken are named before anything is booked; each is left out or put elsewhere", arguments: Databases.each)
  func conflicts(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      var wish = try await wish(scene)
      _ = try await scene.book(.ravi, at: scene.noon(15))
      try await scene.do(.ada, AddException(kind: .off, first: "2026-12-15"))
      await #expect(code { _ = try await scene.do(.ben, wish) } == "series_conflicts")
      try await #expect(starts(scene).count == 2)
      let page = try await scene.browser(.ben).get(
        "/sessions/\(wish.session)/series?every_weeks=1&first=2026-12-01&time=12:00&minutes=30&count=4")
      #expect(page.body.contains("Tue 8 Dec is not free") && page.body.contains("Tue 15 Dec is not free"))
      wish.choices = [.init(date: "2026-12-08", start: scene.noon(16).description), .init(date: "2026-12-15", start: "")]
      try await #expect(scene.do(.ben, wish).made == 3)
      try await #expect(starts(scene).contains("2026-12-09T11:00:00Z"))
      try await #expect(!starts(scene).contains { $0.hasPrefix("2026-12-15") })
      try await #expect(scene.breaches() == [])
    }
  }

  @Test(
    "sessions are made eight weeks ahead by a job; a date that is gone by then is told, and the rest goes on", arguments: Databases.each)
  func extends(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await #expect(scene.do(.ada, wish(scene, count: 12)).made == 7)
      try await scene.do(.ada, AddException(kind: .away, first: "2027-01-19", last: "2027-01-20"))
      scene.clock.set(scene.noon(15) + .hours(1))
      try await scene.work()
      let dates = try await starts(scene)
      #expect(dates.contains("2027-01-26T11:00:00Z") && !dates.contains("2027-01-19T11:00:00Z") && dates.last == "2027-02-02T11:00:00Z")
      #expect(scene.outbox.to("ben@north.example").contains { $0.subject.contains("Tue 19 Jan is not free") })
      try await #expect(scene.breaches() == [])
    }
  }

  @Test("a series goes on after one of the two was suspended; the dates meanwhile are told to the other", arguments: Databases.each)
  func suspended(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await #expect(scene.do(.ada, wish(scene, count: 12)).made == 7)
      let (org, ada) = (scene.org, scene.id(.ada))
      let set = { (state: String) in
        try await scene.store.write { tx in _ = try tx.run("UPDATE person SET state = \(state) WHERE org_id = \(org) AND id = \(ada)") }
      }
      try await set("suspended")
      scene.clock.set(scene.noon(8) + .hours(1))
      try await scene.work()
      #expect(scene.outbox.to("ben@north.example").contains { $0.subject.contains("Tue 19 Jan is not free") })
      // The date after it went by too, without another letter.
      #expect(scene.outbox.to("ben@north.example").filter { $0.subject.contains("is not free") }.count == 1)
      try await set("active")
      scene.clock.set(scene.noon(15) + .hours(1))
      try await scene.work()
      let dates = try await starts(scene)
      #expect(!dates.contains("2027-01-19T11:00:00Z") && dates.contains("2027-02-02T11:00:00Z"))
    }
  }

  @Test(
    "the offset of now or of the first instance was used (cal.com #1092, #4702, #6217, #10517): through a change of the clocks the wall time stays and the offset is that of the date",
    arguments: Databases.each)
  func clocks(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      // Monday 15 March 2027; the clocks go forward in Berlin on the 28th.
      scene.clock.set(Instant(seconds: 1_805_097_600))
      try await scene.lunch()
      let id = try await scene.book(at: Instant("2027-03-16T11:00:00Z"))
      try await scene.do(
        .ben, StartSeries(session: id, everyWeeks: 1, first: "2027-03-23", time: "12:00", minutes: 30, count: nil, until: "2027-04-06"))
      try await #expect(
        starts(scene) == ["2027-03-16T11:00:00Z", "2027-03-23T11:00:00Z", "2027-03-30T10:00:00Z", "2027-04-06T10:00:00Z"])
    }
  }

  @Test("this and following moves the rest as the same sessions and splits the series", arguments: Databases.each)
  func splits(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.do(.ben, wish(scene, count: 5))
      let second = try await session(scene, on: "2026-12-08")
      let third = try await session(scene, on: "2026-12-15")
      // A week later and half an hour on: each passes over the one after it.
      try await scene.do(.ada, MoveSession(session: second, start: scene.noon(22, minutes: 30), following: true))
      try await #expect(
        starts(scene).suffix(5) == [
          "2026-12-01T11:00:00Z", "2026-12-15T11:30:00Z", "2026-12-22T11:30:00Z", "2026-12-29T11:30:00Z", "2027-01-05T11:30:00Z",
        ])
      let moved = try await scene.session(third)
      #expect(moved.start.description == "2026-12-22T11:30:00Z" && moved.sequence == 1)
      try await scene.do(.ben, CancelSession(session: third, following: true))
      try await #expect(starts(scene).suffix(2) == ["2026-12-01T11:00:00Z", "2026-12-15T11:30:00Z"])
      scene.clock.set(scene.noon(40))
      try await scene.work()
      try await #expect(starts(scene).count == 3)
      try await #expect(scene.breaches() == [])
    }
  }

  @Test("a series grows out of a session, by one of its two, within bounds", arguments: Databases.each)
  func bounds(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      var wish = try await wish(scene)
      await #expect(code { _ = try await scene.do(.ravi, wish) } == "not_found")
      wish.until = "2027-01-01"
      await #expect(code { _ = try await scene.do(.ben, wish) } == "invalid")
      wish.until = nil
      wish.first = "2026-11-01"
      await #expect(code { _ = try await scene.do(.ben, wish) } == "invalid")
      try await scene.do(.ada, SetAvailability(weekly: [.init(weekday: .tuesday, from: "12:00", to: "13:00")], confirms: true))
      wish.first = "2026-12-01"
      await #expect(code { _ = try await scene.do(.ben, wish) } == "mentor_confirms")
      try await #expect(scene.do(.ada, wish).made == 4)
    }
  }
}
