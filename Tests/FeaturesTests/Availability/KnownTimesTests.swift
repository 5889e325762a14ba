import Kit
import Scheduling
import Store
import TandemTesting
import Testing
import Web

@testable import Features

@Suite("People's time kept in memory")
struct KnownTimesTests {
  private static let people: [Scene.Role] = [.ada, .ben, .ravi, .cleo]

  private func words(_ time: Participant) -> String {
    let sorted = { (times: [Interval]) in times.map { "\($0.start)-\($0.end)" }.sorted() }
    return "\(time.availability) busy \(sorted(time.busy)) gives \(sorted(time.sessions))"
  }

  /// What memory knows and what the database says, each in words.
  private func look(_ scene: Scene) async throws -> (known: [String], true: [String]) {
    let (org, world) = (scene.org, scene.world)
    let ids = KnownTimesTests.people.map(scene.id)
    let (known, read) = try await scene.store.read { tx in
      let wanted = try tx.rows("SELECT id, time_version, zone FROM person WHERE org_id = \(org) AND id IN \(SQL.list(ids))").map { row in
        KnownTimes.Wanted(person: try row("id"), version: try row("time_version"), zone: try row("zone"))
      }
      let end = world.now() + .days(AvailabilityRules.horizonLimit) + KnownTimes.lasts
      return (
        try PersonTime.known(wanted, org: org, tx, world),
        try PersonTime.read(ids, org: org, from: world.now(), to: end, except: nil, tx, world)
      )
    }
    return (ids.map { known[$0].map { words($0.time.participant) } ?? "nobody" }, ids.map { read[$0].map { words($0.time) } ?? "nobody" })
  }

  /// Does something that changes somebody's time, and looks whether memory noticed.
  private func change(_ scene: Scene, _ name: String, _ act: () async throws -> Void) async throws {
    let before = try await look(scene)
    try await act()
    let after = try await look(scene)
    #expect(before.true != after.true, "\(name) changes nothing, so it shows nothing")
    #expect(after.known == after.true, "\(name) went unnoticed")
  }

  @Test("whatever changes somebody's time is noticed", arguments: Databases.each)
  func noticed(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let ada = try await scene.browser(.ada)
      try await change(scene, "a preset") { try await scene.lunch() }
      try await change(scene, "a week") {
        try await scene.do(.cleo, SetAvailability(weekly: [.init(weekday: .wednesday, from: "06:00", to: "07:00")], bufferAfter: 10))
      }
      try await change(scene, "a limit") { try await scene.do(.ravi, SetAvailability(weeklyMinutes: 60)) }
      try await change(scene, "an absence") {
        try await scene.do(.ada, AddException(kind: .away, first: "2026-12-07", last: "2026-12-08"))
      }
      try await change(scene, "the end of an absence") {
        let id = try #require(try await ada.getJSON("/you/availability").json["exceptions"][0]["id"].text)
        try await #expect(ada.post("/you/availability/exceptions/\(id)/remove").status == 303)
      }
      try await change(scene, "a pause") { try await #expect(ada.post("/you/availability/pause", ["until": "2026-11-24"]).status == 303) }
      try await change(scene, "the end of a pause") { try await #expect(ada.post("/you/availability/pause/end").status == 303) }
      try await change(scene, "another zone") {
        let (org, ben) = (scene.org, scene.id(.ben))
        try await scene.store.write { tx in try tx.run("UPDATE person SET zone = 'Asia/Kolkata' WHERE org_id = \(org) AND id = \(ben)") }
      }
      try await change(scene, "learning time") { try await scene.do(.ben, KeepLearningTime(windows: ["tuesday 09:10"], minutes: 10)) }
    }
  }

  @Test("bookings, seats and calendars elsewhere are noticed", arguments: Databases.each)
  func booked(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      try await change(scene, "a hold") {
        try await scene.do(.ben, HoldSlot(mentor: scene.id(.ada), start: scene.noon(), minutes: 30, question: "How do I begin?"))
      }
      try await change(scene, "the end of a hold by time alone") { scene.clock.advance(.minutes(5)) }
      var session = ID<Session>(0)
      try await change(scene, "a booking") { session = try await scene.book() }
      try await change(scene, "a move") { try await scene.do(.ada, MoveSession(session: session, start: scene.noon(2), minutes: 30)) }
      try await change(scene, "a session of somebody else's") {
        let (org, cleo, moved) = (scene.org, scene.id(.cleo), session)
        try await scene.store.write { tx in try tx.run("UPDATE session SET mentor_id = \(cleo) WHERE org_id = \(org) AND id = \(moved)") }
      }
      try await change(scene, "a cancellation") { try await scene.do(.ben, CancelSession(session: session)) }
      var group = ID<GroupSession>(0)
      try await change(scene, "a group") {
        group = try await scene.do(
          .ada, OpenGroup(kind: .group, title: "Speaking freely", date: "2026-11-26", time: "15:00", minutes: 60, seats: 2)
        ).id
      }
      try await change(scene, "a seat") { try await scene.do(.ben, TakeSeat(group: group)) }
      try await change(scene, "a seat given back") { try await scene.do(.ben, LeaveGroup(group: group)) }
      try await change(scene, "a group that is off") { try await scene.do(.ada, CancelGroup(group: group)) }
      let ada = try await scene.browser(.ada)
      let url = "https://calendar.example/a.ics"
      scene.internet.answer(url, calendar("20261124T110000Z", "20261124T113000Z"))
      try await change(scene, "a calendar") {
        try await #expect(ada.post("/calendar/feeds", ["url": url]).status == 303)
        try await scene.work()
      }
      let feed = try #require(try await ada.getJSON("/calendar").json["feeds"][0]["id"].text)
      scene.internet.answer(url, calendar("20261125T110000Z", "20261125T113000Z"))
      try await change(scene, "another state of a calendar") {
        scene.clock.advance(.minutes(2))
        try await #expect(ada.post("/calendar/feeds/\(feed)/read").status == 303)
        try await scene.work()
      }
      try await change(scene, "a calendar removed") { try await #expect(ada.post("/calendar/feeds/\(feed)/remove").status == 303) }
    }
  }

  @Test("what is undone is not kept", arguments: Databases.each)
  func undone(_ database: Databases.Kind) async throws {
    struct Undone: Error {}
    try await Scene.with(database) { scene in
      try await scene.lunch()
      let before = try await look(scene)
      let (org, world, ada) = (scene.org, scene.world, scene.id(.ada))
      await #expect(throws: Undone.self) {
        try await scene.store.write { tx in
          try tx.run("DELETE FROM weekly_window WHERE org_id = \(org) AND person_id = \(ada)")
          let version: Int64 = try tx.value("SELECT time_version FROM person WHERE org_id = \(org) AND id = \(ada)") ?? 0
          let wanted = KnownTimes.Wanted(person: ada, version: version, zone: "Europe/Berlin")
          let during = try PersonTime.known([wanted], org: org, tx, world)
          #expect(during[ada]?.time.participant.availability.weekly.isEmpty == true)
          throw Undone()
        }
      }
      // The same number again, for another change.
      try await scene.do(.ada, SetAvailability(weekly: [.init(weekday: .friday, from: "06:00", to: "07:00")]))
      let after = try await look(scene)
      #expect(after.known == after.true && after.true != before.true)
    }
  }

  @Test("the list of mentors asks for hours once", arguments: Databases.each)
  func once(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.openForMentoring()
      let ben = try await scene.browser(.ben)
      let first = try await scene.statements { _ = try await ben.get("/mentors") }
      let second = try await scene.statements { _ = try await ben.get("/mentors") }
      #expect(second.count == first.count - 9)
    }
  }

  private func calendar(_ start: String, _ end: String) -> String {
    let event = "BEGIN:VEVENT\r\nUID:a@b\r\nDTSTAMP:20261101T000000Z\r\nDTSTART:\(start)\r\nDTEND:\(end)\r\nSUMMARY:Talk\r\nEND:VEVENT"
    return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Test//EN\r\n\(event)\r\nEND:VCALENDAR\r\n"
  }
}
