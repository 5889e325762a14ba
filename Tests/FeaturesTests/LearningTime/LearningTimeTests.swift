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

  @Test("what is kept already is marked and not offered again; all of it stops at once", arguments: Databases.each)
  func stops(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let ben = try await scene.browser(.ben)
      let windows = try await ben.getJSON("/you/learning-time").json["proposals"][0]["windows"].items.compactMap(\.text)
      try await scene.do(.ben, KeepLearningTime(windows: windows, minutes: 10))
      let kept = try await ben.getJSON("/you/learning-time").json["proposals"].items.map { $0["is_kept"].flag == true }
      #expect(kept == [true, false, false])
      try await #expect(ben.get("/you/learning-time").body.contains("Stop all"))
      let stopped = try await ben.post("/you/learning-time", ["minutes": "10", "windows": ""])
      try await #expect(ben.follow(stopped).body.contains("Stopped. All of that time is free again."))
      try await #expect(ben.getJSON("/you/learning-time").json["windows"].count == 0)
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

  @Test("learning within the hour after the reminder counts as done; a reminder nobody followed does not", arguments: Databases.each)
  func outcomes(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let cards = try await scene.cards(3)
      try await scene.do(.ben, KeepLearningTime(windows: ["tuesday 09:10", "wednesday 09:10", "thursday 09:10"], minutes: 10))
      let worker = scene.installation.worker
      for (day, answersAfter) in [(1, 5), (2, nil), (3, 70)] {
        // From 08:30 to 09:20 in Berlin.
        for minute in stride(from: 0, through: 60, by: 5) {
          scene.clock.set(scene.noon(day) - .minutes(210) + .minutes(minute))
          try await scene.store.write { tx in try worker.enqueueDue(tx) }
          try await scene.work()
        }
        guard let answersAfter else { continue }
        scene.clock.set(scene.noon(day) - .minutes(170) + .minutes(answersAfter))
        try await scene.do(.ben, AnswerCard(card: cards[day - 1], answer: .forgot))
      }
      scene.clock.set(scene.noon(4))
      let (org, ben, world) = (scene.org, scene.id(.ben), scene.world)
      let outcomes = try await scene.store.read { tx in
        let person = try #require(try Addressee.find(ben, org: org, tx))
        return try LearningPlan.load(person, tx, world).outcomes
      }
      #expect(outcomes.map(\.weekday) == [.tuesday, .wednesday, .thursday])
      #expect(outcomes.map(\.done) == [1, 0, 0])
    }
  }
}
