import Kit
import Outside
import Store
import TandemTesting
import Testing
import Web

@testable import Features

@Suite("A member's zone changes")
struct ChangedZoneTests {
  private static let url = "https://calendar.example/private-4711.ics"
  /// Tuesday is taken, from midnight to midnight by the clock of whoever owns it.
  private static let calendar =
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Test//EN\r\nBEGIN:VEVENT\r\nUID:1@elsewhere\r\nDTSTAMP:20261101T000000Z\r\nDTSTART;VALUE=DATE:20261124\r\nDTEND;VALUE=DATE:20261125\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"

  private func starts(_ scene: Scene) async throws -> [String] {
    try await scene.store.read { tx in
      let starts: [Instant] = try tx.values("SELECT starts_at FROM busy_time ORDER BY starts_at")
      return starts.map(\.description)
    }
  }

  private func add(_ scene: Scene) async throws {
    try await #expect(scene.browser(.ada).post("/calendar/feeds", ["url": Self.url]).status == 303)
  }

  @Test("whole days in a calendar elsewhere follow at once, whoever changed it", arguments: Databases.each)
  func wholeDays(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      scene.internet.answer(Self.url, Self.calendar, headers: ["etag": "\"1\""])
      try await add(scene)
      try await scene.work()
      try await #expect(starts(scene) == ["2026-11-23T23:00:00Z"])

      try await scene.do(
        .ada,
        SaveProfile(
          name: "Ada Mentor", seniority: 4, languages: ["en"], zone: "Asia/Kolkata", channel: .video, theme: .system, version: 1))
      try await scene.work()
      try await #expect(starts(scene) == ["2026-11-23T18:30:00Z"])
      // The calendar is as it was: with its tag it would answer that there is nothing to read.
      #expect(scene.internet.asked.last?.headers.contains { $0.name == "If-None-Match" } == false)

      try await scene.do(
        .omar,
        EditMember(person: scene.id(.ada), name: "Ada Mentor", email: "ada@north.example", zone: "America/New_York", version: 2))
      try await scene.work()
      try await #expect(starts(scene) == ["2026-11-24T05:00:00Z"])

      let (omar, world) = (try await scene.viewer(.omar), scene.world)
      let file = Array("name,email,zone\nAda Mentor,ada@north.example,UTC\n".utf8)
      let report = try await scene.store.write { tx in try PeopleFile.put(file, isDryRun: false, tx, omar, world) }
      #expect(report.changed == 1)
      try await scene.work()
      try await #expect(starts(scene) == ["2026-11-24T00:00:00Z"])
    }
  }

  @Test("what was being read by the old clock is read once more", arguments: Databases.each)
  func meanwhile(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await add(scene)
      let (store, world, org, ada) = (scene.store, scene.world, scene.org, scene.id(.ada))
      let fetcher = Fetcher { _ throws(FetchError) in
        _ = try? await store.write { tx in
          try tx.run("UPDATE person SET zone = 'Asia/Kolkata' WHERE org_id = \(org) AND id = \(ada)")
          try ChangedZone.follow(ada, org: org, tx, world)
        }
        return FetchAnswer(status: 200, body: Array(Self.calendar.utf8))
      }
      let (settings, mailer) = scene.site.configured
      let installation = try Installation(
        store: store, world: world, mailer: mailer, fetcher: fetcher, settings: settings, secret: Array(repeating: 7, count: 32),
        logger: Databases.quiet)
      try await installation.worker.drain()
      try await #expect(starts(scene) == ["2026-11-23T18:30:00Z"])
    }
  }

  @Test("reminders are planned anew when an administrator changed it", arguments: Databases.each)
  func reminders(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      let id = try await scene.book(at: scene.noon(3))
      let (org, ben) = (scene.org, scene.id(.ben))
      func due() async throws -> Instant? {
        try await scene.store.read { tx in
          try tx.value(
            "SELECT due_at FROM reminder WHERE org_id = \(org) AND session_id = \(id) AND person_id = \(ben) AND kind = 'hour'")
        }
      }
      try await #expect(due() == scene.noon(3) - .hours(1))
      // An hour before is 23:00 there, in the night, and the session begins before its end: half an hour before the night.
      try await scene.do(
        .omar, EditMember(person: ben, name: "Ben Learner", email: "ben@north.example", zone: "Pacific/Auckland", version: 1))
      try await #expect(due() == scene.noon(3) - .minutes(210))
    }
  }
}
