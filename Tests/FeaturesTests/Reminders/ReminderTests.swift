import Jobs
import Kit
import Outside
import Store
import TandemTesting
import Testing
import Web

@testable import Features

/// Incidents: reminders for cancelled or moved sessions, all at once, twice, never.
@Suite struct ReminderTests {
  private func subjects(_ scene: Scene, _ role: Scene.Role = .ben) -> [String] {
    scene.outbox.to("\(role.rawValue)@north.example").map(\.subject)
  }

  private func states(_ scene: Scene, _ id: ID<Session>) async throws -> [String: Int] {
    let org = scene.org
    return try await scene.store.read { tx in
      try tx.rows("SELECT state, count(*) AS n FROM reminder WHERE org_id = \(org) AND session_id = \(id) GROUP BY state")
        .reduce(into: [:]) { found, row in found[try row("state", as: String.self)] = try row("n", as: Int.self) }
    }
  }

  @Test(
    "reminders for cancelled or moved (cal.com PR 7232, PR 17807, #10749; Cal-ID #1442): rows are made with the booking, a move disowns them and makes others, a cancellation takes them back",
    arguments: Databases.each)
  func rows(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      let id = try await scene.book(at: scene.noon(3))
      try await #expect(states(scene, id) == ["planned": 8])
      try await scene.do(.ben, MoveSession(session: id, start: scene.noon(4)))
      try await #expect(states(scene, id) == ["planned": 8, "withdrawn": 8])
      try await scene.do(.ben, CancelSession(session: id))
      try await #expect(states(scene, id) == ["withdrawn": 16])
      try await #expect(scene.breaches() == [])
    }
  }

  @Test("what the queue still holds of a version that is over sends nothing", arguments: Databases.each)
  func disowned(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      let id = try await scene.book(at: scene.noon(3))
      let (org, world) = (scene.org, scene.world)
      try await scene.do(.ben, MoveSession(session: id, start: scene.noon(8)))
      let stale = SessionReminder(session: id, person: scene.id(.ben), sequence: 0, kind: .day)
      try await scene.store.write { tx in try tx.enqueue(stale, for: org, key: stale.key, at: world.now(), world) }
      scene.outbox.clear()
      try await scene.work()
      #expect(!subjects(scene).contains { $0.hasPrefix("Tomorrow") })
    }
  }

  @Test("a session moved between the look and the letter is not told of any more", arguments: Databases.each)
  func movedMeanwhile(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      let id = try await scene.book(at: scene.noon(3))
      let (org, world, ben) = (scene.org, scene.world, scene.id(.ben))
      var letter = Letter(to: ben, .session, subject: "Tomorrow: as it was", ["…"])
      letter.about = .init(session: id, sequence: 0)
      let kept = letter
      try await scene.do(.ben, MoveSession(session: id, start: scene.noon(4)))
      try await scene.store.write { tx in try tx.send(kept, org: org, key: "stale", world) }
      try await scene.work()
      #expect(!subjects(scene).contains("Tomorrow: as it was"))
    }
  }

  @Test("after an outage the nearest one is told once, and nothing of a session that is over", arguments: Databases.each)
  func outage(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      _ = try await scene.book(at: scene.noon(3))
      try await scene.work()
      scene.outbox.clear()
      scene.clock.set(scene.noon(3) - .minutes(10))
      try await scene.work()
      #expect(subjects(scene) == ["In 10 minutes: Thu 26 Nov, 12:00 with Ada Mentor"])
      _ = try await scene.book(at: scene.noon(7))
      try await scene.work()
      scene.outbox.clear()
      scene.clock.set(scene.noon(9))
      try await scene.work()
      #expect(subjects(scene) == ["Wrap up your session with Ada Mentor in a minute"])
    }
  }

  @Test("what is told late is told still when the mail server puts the letter off", arguments: Databases.each)
  func outageOfBoth(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      _ = try await scene.book(at: scene.noon(7))
      try await scene.work()
      scene.outbox.clear()
      scene.clock.set(scene.noon(9))
      scene.outbox.setAway(true)
      try await scene.work()
      scene.outbox.setAway(false)
      #expect(subjects(scene).isEmpty)
      scene.clock.advance(.minutes(1))
      try await scene.work()
      #expect(subjects(scene) == ["Wrap up your session with Ada Mentor in a minute"])
      scene.clock.advance(.hours(1))
      try await scene.work()
      #expect(subjects(scene).count == 1)
    }
  }

  @Test("after a long outage a person gets one letter about all sessions, not a storm", arguments: Databases.each)
  func storm(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      for (place, role) in [Scene.Role.ben, .ravi, .mara].enumerated() {
        _ = try await scene.book(role, at: scene.noon(3, minutes: place % 2 * 30 + place / 2 * 1440))
      }
      try await scene.work()
      scene.outbox.clear()
      scene.clock.set(scene.noon(3) - .hours(3))
      try await scene.work()
      #expect(subjects(scene, .ada).filter { $0.contains("ahead") } == ["2 sessions ahead"])
      #expect(subjects(scene, .ada).count == 1)
      let text = scene.outbox.to("ada@north.example").first?.text ?? ""
      #expect(text.contains("Today: Thu 26 Nov, 12:00 with Ben Learner.") && text.contains("12:30 with Ravi Member."))
    }
  }

  @Test("a reminder that falls into the receiver's night comes at its end, or the evening before an early session")
  func nights() throws {
    let quiet = QuietHours()
    let zone = "Europe/Berlin"
    let at = { (day: Int, hour: Int, minute: Int) in Instant(seconds: 1_795_420_800) + .days(day) + .minutes((hour - 9) * 60 + minute) }
    let night = try #require(quiet.night(at: at(1, 3, 0), zone: zone))
    #expect(night.start == at(0, 21, 0) && night.end == at(1, 7, 30))
    #expect(quiet.night(at: at(1, 7, 30), zone: zone) == nil && quiet.night(at: at(0, 20, 59), zone: zone) == nil)
    #expect(quiet.night(at: at(0, 21, 0), zone: zone)?.end == at(1, 7, 30))
  }

  @Test("the hour before an early session is told the evening before, in the receiver's own zone", arguments: Databases.each)
  func eveningBefore(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.do(.ada, SetAvailability(weekly: [.init(weekday: .wednesday, from: "07:00", to: "08:00")], noticeMinutes: 0))
      // 07:00 in Berlin on Wednesday; 11:30 in Kolkata, where an hour before is 10:30.
      let start = scene.noon(2) - .hours(5)
      let id = try await scene.book(.ravi, at: start)
      let due = { (role: Scene.Role) in
        let (org, person) = (scene.org, scene.id(role))
        return try await scene.store.read { tx in
          try tx.value(
            "SELECT due_at FROM reminder WHERE org_id = \(org) AND session_id = \(id) AND person_id = \(person) AND kind = 'hour'",
            as: Instant.self)
        }
      }
      try await #expect(due(.ravi) == start - .hours(1))
      try await #expect(due(.ada) == scene.noon(1) + .minutes(8 * 60 + 30))
    }
  }

  @Test("new quiet hours and a new zone plan anew what is to come", arguments: Databases.each)
  func replanned(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      let id = try await scene.book(at: scene.noon(3))
      try await scene.do(.ben, SetNotifications(topics: ["session"], quietFrom: "10:00", quietTo: "11:30"))
      let (org, person) = (scene.org, scene.id(.ben))
      let due = try await scene.store.read { tx in
        try tx.value(
          "SELECT due_at FROM reminder WHERE org_id = \(org) AND session_id = \(id) AND person_id = \(person) AND kind = 'hour'",
          as: Instant.self)
      }
      #expect(due == scene.noon(3) - .minutes(30))
      scene.clock.set(scene.noon(2))
      try await scene.work()
      scene.outbox.clear()
      scene.clock.set(scene.noon(3) - .hours(1))
      try await scene.work()
      #expect(subjects(scene).isEmpty)
      scene.clock.set(scene.noon(3) - .minutes(30))
      try await scene.work()
      #expect(subjects(scene).count { $0.hasPrefix("In 30 minutes") } == 1)
    }
  }

  @Test("what was switched off is not sent, by kind and by way", arguments: Databases.each)
  func switchedOff(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      _ = try await scene.book(at: scene.noon(3))
      try await scene.work()
      scene.outbox.clear()
      try await scene.do(
        .ben, SetNotifications(topics: ["session"], notices: [], reminders: ["hour"], quietFrom: "21:00", quietTo: "07:30"))
      scene.clock.set(scene.noon(2))
      try await scene.work()
      #expect(subjects(scene).isEmpty)
      scene.clock.set(scene.noon(3) - .hours(1))
      try await scene.work()
      #expect(subjects(scene) == ["In an hour: Thu 26 Nov, 12:00 with Ada Mentor"])
      #expect(subjects(scene, .ada).count == 2)
    }
  }

  @Test("a reminder refused for good is sent when an administrator retries it, and only then", arguments: Databases.each)
  func retried(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      let id = try await scene.book(at: scene.noon(3))
      try await scene.work()
      scene.outbox.clear()
      scene.outbox.refuse(["ben@north.example"])
      scene.clock.set(scene.noon(2))
      try await scene.work()
      #expect(subjects(scene).isEmpty && subjects(scene, .ada).count == 1)
      try await #expect(states(scene, id) == ["planned": 7, "sent": 1])
      scene.outbox.refuse([])
      try await scene.work()
      #expect(subjects(scene).isEmpty)
      let org = scene.org
      let dead = try #require(try await scene.store.read { tx in try DeadJob.list(org: org, limit: 9, tx) }.first)
      let job = dead.id
      #expect(dead.kind == "session-reminder" && dead.failure.contains("No such user"))
      #expect(try await scene.browser(.ben).post("/admin/jobs/\(job)/retry").status == 403)
      #expect(try await scene.browser(.omar).post("/admin/jobs/\(job)/retry").status == 303)
      try await scene.work()
      #expect(subjects(scene).count == 1 && subjects(scene, .ada).count == 1)
      try await #expect(states(scene, id) == ["planned": 6, "sent": 2])
    }
  }

  @Test(
    "a crash between the mail server's word and our commit repeats the same Message-ID, and nothing else does", arguments: Databases.each)
  func messageID(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      let id = try await scene.book(at: scene.noon(3))
      try await scene.work()
      scene.outbox.clear()
      scene.clock.set(scene.noon(2))
      try await scene.work()
      let (org, person) = (scene.org, scene.id(.ben))
      // As if the commit after the sending had been lost.
      try await scene.store.write { tx in
        try tx.run(
          "UPDATE reminder SET state = 'planned' WHERE org_id = \(org) AND session_id = \(id) AND person_id = \(person) AND kind = 'day'")
        try tx.run("UPDATE job SET state = 'ready', payload = payload WHERE kind = 'session-reminder' AND state = 'done'")
      }
      let again = SessionReminder(session: id, person: person, sequence: 0, kind: .day)
      let world = scene.world
      try await scene.store.write { tx in
        try tx.run("DELETE FROM job WHERE kind = 'session-reminder' AND key = \(again.key)")
        try tx.enqueue(again, for: org, key: again.key, at: world.now(), world)
      }
      try await scene.work()
      let ids = scene.outbox.to("ben@north.example").filter { $0.subject.hasPrefix("Tomorrow") }.map(\.messageID)
      #expect(ids.count == 2 && Set(ids).count == 1)
      #expect(subjects(scene, .ada).count == 1)
    }
  }
}
