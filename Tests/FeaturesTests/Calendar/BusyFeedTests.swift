import Foundation
import Kit
import Outside
import Store
import TandemTesting
import Testing
import Web

@testable import Features

@Suite struct BusyFeedTests {
  private static let url = "https://calendar.example/private-4711.ics"

  /// Ada is busy on Tuesday from 12:00 to 12:30 in Berlin, by an event of this UID.
  private func calendar(_ uid: String = "meeting-1@elsewhere", _ start: String = "20261124T110000Z", _ end: String = "20261124T113000Z")
    -> String
  {
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Test//EN\r\nBEGIN:VEVENT\r\nUID:\(uid)\r\nDTSTAMP:20261101T000000Z\r\nDTSTART:\(start)\r\nDTEND:\(end)\r\nSUMMARY:Salary talk with Zoe\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
  }

  private func add(_ scene: Scene, _ role: Scene.Role = .ada) async throws {
    try await #expect(scene.browser(role).post("/calendar/feeds", ["url": Self.url]).status == 303)
    try await scene.work()
  }

  private func turn(_ scene: Scene) async throws {
    scene.clock.advance(.minutes(15))
    let worker = scene.installation.worker
    try await scene.store.write { tx in try worker.enqueueDue(tx) }
    try await scene.work()
  }

  /// Ada wants it read now, a quarter of an hour later.
  private func readNow(_ scene: Scene) async throws {
    scene.clock.advance(.minutes(15))
    let ada = try await scene.browser(.ada)
    let id = try #require(try await ada.getJSON("/calendar").json["feeds"][0]["id"].text)
    try await #expect(ada.post("/calendar/feeds/\(id)/read").status == 303)
    try await scene.work()
  }

  private func canBook(_ scene: Scene, at start: Instant) async -> Bool {
    await code { _ = try await scene.do(.ben, HoldSlot(mentor: scene.id(.ada), start: start, minutes: 30)) } == nil
  }

  @Test("an hour that is busy in a calendar elsewhere is not offered; titles are nowhere kept", arguments: Databases.each)
  func busy(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      scene.internet.answer(Self.url, calendar(), headers: ["etag": "\"1\""])
      try await add(scene)
      await #expect(!canBook(scene, at: scene.noon()))
      await #expect(canBook(scene, at: scene.noon(1, minutes: 30)))
      let kept = try await scene.store.read { tx in try tx.rows("SELECT uid_hash, starts_at FROM busy_time") }
      #expect(kept.count == 1)
      let page = try await scene.browser(.ada).get("/calendar")
      #expect(page.body.contains("calendar.example") && !page.body.contains("4711") && !page.body.contains("Salary"))
      try await #expect(scene.breaches() == [])
    }
  }

  @Test("an unchanged calendar is asked for with its tag; a changed one takes the place of the old", arguments: Databases.each)
  func tags(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      scene.internet.answer(Self.url, calendar(), headers: ["etag": "\"1\""])
      try await add(scene)
      scene.internet.answer(Self.url, .success(FetchAnswer(status: 304)))
      try await turn(scene)
      #expect(scene.internet.asked.last?.headers.contains { $0.name == "If-None-Match" && $0.value == "\"1\"" } == true)
      await #expect(!canBook(scene, at: scene.noon()))
      scene.internet.answer(Self.url, calendar("meeting-1@elsewhere", "20261125T110000Z", "20261125T113000Z"))
      try await turn(scene)
      await #expect(canBook(scene, at: scene.noon()))
      await #expect(!canBook(scene, at: scene.noon(2)))
    }
  }

  @Test("a calendar that fails keeps its busy times and shows its age; after a day its owner is told once", arguments: Databases.each)
  func stale(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      scene.internet.answer(Self.url, calendar())
      try await add(scene)
      for broken: Result<FetchAnswer, FetchError> in [
        .success(FetchAnswer(status: 500)), .failure(.timedOut), .failure(.tooLarge), .failure(.notAllowed),
        .success(FetchAnswer(status: 200, body: Array("<html>Sign in</html>".utf8))),
        .success(FetchAnswer(status: 200, body: Array(calendar().utf8.prefix(150)))), .success(FetchAnswer(status: 200)),
      ] {
        scene.internet.answer(Self.url, broken)
        let asked = scene.internet.asked.count
        try await readNow(scene)
        #expect(scene.internet.asked.count == asked + 1)
        await #expect(!canBook(scene, at: scene.noon()), "\(broken)")
      }
      #expect(scene.outbox.to("ada@north.example").isEmpty)
      try await #expect(scene.browser(.ada).get("/calendar").body.contains("Stale"))
      for _ in 0..<3 {
        scene.clock.advance(.hours(12))
        try await turn(scene)
      }
      let told = scene.outbox.to("ada@north.example").filter { $0.subject.contains("cannot be read") }
      #expect(told.count == 1)
      scene.internet.answer(Self.url, calendar())
      try await readNow(scene)
      try await #expect(scene.browser(.ada).getJSON("/calendar").json["feeds"][0]["chip"].text == "good")
    }
  }

  @Test("one's own sessions that come back through a calendar do not make one busy with oneself", arguments: Databases.each)
  func ownSessions(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      let id = try await scene.book()
      let uid = try await scene.session(id).uid
      scene.internet.answer(Self.url, calendar(uid))
      try await add(scene)
      try await scene.do(.ben, MoveSession(session: id, start: scene.noon(2)))
      await #expect(canBook(scene, at: scene.noon()))
    }
  }

  @Test("addresses in the own network are refused before anything is asked", arguments: Databases.each)
  func guarded(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let ada = try await scene.browser(.ada)
      for url in ["http://calendar.example/a.ics", "https://127.0.0.1:8443/a.ics", "file:///etc/passwd", "https://u:p@calendar.example/"] {
        try await #expect(ada.post("/calendar/feeds", ["url": url]).status == 422, "\(url)")
      }
      #expect(scene.internet.asked.isEmpty)
      try await #expect(ada.post("/calendar/feeds", ["url": "webcal://calendar.example/a.ics"]).status == 303)
      try await #expect(ada.post("/calendar/feeds", ["url": "webcal://calendar.example/a.ics"]).status == 422)
    }
  }

  @Test("whoever removes a calendar is free again; nobody removes another's", arguments: Databases.each)
  func removed(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      scene.internet.answer(Self.url, calendar())
      try await add(scene)
      let id = try #require(try await scene.browser(.ada).getJSON("/calendar").json["feeds"][0]["id"].text)
      try await #expect(scene.browser(.ben).post("/calendar/feeds/\(id)/remove").status == 404)
      try await #expect(scene.browser(.ben).post("/calendar/feeds/\(id)/read").status == 404)
      try await #expect(scene.browser(.ada).post("/calendar/feeds/\(id)/remove").status == 303)
      await #expect(canBook(scene, at: scene.noon()))
    }
  }
}
