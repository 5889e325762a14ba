import Kit
import Store
import TandemTesting
import Testing
import Web

@testable import Features

@Suite struct LearningTimeTests {
  @Test("three times are proposed with their reasons, and one is kept with a click", arguments: Databases.each)
  func keeps(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let ben = try await scene.browser(.ben)
      let page = try await ben.getJSON("/you/learning-time").json
      #expect(page["proposals"].count == 3 && page["proposals"][0]["reason"].text == "Free in 6 of 6 weeks.")
      let windows = page["proposals"][0]["windows"].items.compactMap(\.text)
      #expect(windows.count == 5)
      try await scene.do(.ben, KeepLearningTime(windows: windows, minutes: 10))
      try await #expect(ben.get("/you/learning-time").body.contains("A meeting that lands on it moves it within the day."))
      let id = try #require(try await ben.getJSON("/you/learning-time").json["windows"][0]["id"].text)
      try await #expect(scene.browser(.ada).post("/you/learning-time/\(id)/remove").status == 404)
      try await #expect(ben.post("/you/learning-time/\(id)/remove").status == 303)
      try await #expect(ben.getJSON("/you/learning-time").json["windows"].count == 4)
      await #expect(code { try await scene.do(.ben, KeepLearningTime(windows: ["monday 25:00"], minutes: 10)) } == "invalid")
    }
  }

  @Test("slots respect what a mentor keeps for learning", arguments: Databases.each)
  func slots(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      try await scene.do(.ada, KeepLearningTime(windows: ["tuesday 12:00"], minutes: 10))
      await #expect(code { _ = try await scene.book() } == "slot_taken")
      _ = try await scene.book(at: scene.noon(1, minutes: 15))
      _ = try await scene.book(.ravi, at: scene.noon(2))
    }
  }

  @Test("windows stand in the feed as weekly events that leave their owner free", arguments: Databases.each)
  func feed(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.do(.ben, KeepLearningTime(windows: ["tuesday 09:10"], minutes: 10))
      let ben = try await scene.viewer(.ben)
      let (site, world) = (scene.site, scene.world)
      let text = try await scene.store.write { tx in
        let token = try CalendarFeed.rotate(tx, ben, world)
        let (owner, content) = try CalendarFeed.owner(of: token, tx)
        return try CalendarFeed.text(for: owner, content, tx, site)
      }
      #expect(text.contains("DTSTART;TZID=Europe/Berlin:20261124T091000") && text.contains("RRULE:FREQ=WEEKLY;BYDAY=TU"))
      #expect(text.contains("TRANSP:TRANSPARENT") && text.contains("BEGIN:VTIMEZONE"))
    }
  }

  @Test("the reminder of the day comes at the window, once, and not when there is nothing to do", arguments: Databases.each)
  func reminder(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.do(.ben, KeepLearningTime(windows: ["tuesday 09:10", "wednesday 09:10"], minutes: 10))
      let worker = scene.installation.worker
      // Tuesday, 08:30 to 09:20 in Berlin.
      for minute in stride(from: 0, through: 60, by: 5) {
        scene.clock.set(scene.noon(1) - .minutes(210) + .minutes(minute))
        try await scene.store.write { tx in try worker.enqueueDue(tx) }
        try await scene.work()
      }
      let turns = try await scene.store.read { tx in try tx.values("SELECT state FROM learning_turn", as: String.self) }
      #expect(turns == ["dropped"])
      #expect(scene.outbox.to("ben@north.example").isEmpty)
    }
  }
}
