import Kit
import Store
import TandemTesting
import Testing
import Web

@testable import Features

@Suite struct HoldTests {
  private func hold(_ scene: Scene, _ role: Scene.Role = .ben, at start: Instant? = nil) async throws -> ID<Session> {
    try await scene.do(role, HoldSlot(mentor: scene.id(.ada), start: start ?? scene.noon(), minutes: 30, question: "How do I begin?")).id
  }

  @Test("a held slot is busy for everybody else for five minutes, and free again after them", arguments: Databases.each)
  func fiveMinutes(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      let held = try await hold(scene)
      await #expect(code { _ = try await hold(scene, .ravi) } == "slot_taken")
      scene.clock.advance(.minutes(5))
      let second = try await hold(scene, .ravi)
      try await #expect(scene.session(held).state == .lapsed)
      try await #expect(scene.occupied(held) == 0)
      try await scene.do(.ravi, BookHeld(session: second))
      await #expect(code { try await scene.do(.ben, BookHeld(session: held)) } == "hold_ended")
      try await #expect(scene.breaches() == [])
    }
  }

  @Test("a hold that lapsed while somebody typed is not booked, even when nobody else came", arguments: Databases.each)
  func lapsedWhileTyping(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      let held = try await hold(scene)
      scene.clock.advance(Span.seconds(301))
      await #expect(code { try await scene.do(.ben, BookHeld(session: held)) } == "hold_ended")
    }
  }

  @Test("a hold can be extended once", arguments: Databases.each)
  func extendedOnce(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      let held = try await hold(scene)
      try await scene.do(.ben, ExtendHold(session: held))
      await #expect(code { try await scene.do(.ben, ExtendHold(session: held)) } == "hold_extended")
      scene.clock.advance(.minutes(9))
      await #expect(code { _ = try await hold(scene, .ravi) } == "slot_taken")
      try await scene.do(.ben, BookHeld(session: held, question: "Better words"))
      try await #expect(scene.session(held).question == "Better words")
    }
  }

  @Test("a person has one hold: choosing another time lets the first go", arguments: Databases.each)
  func oneHold(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      let first = try await hold(scene)
      let second = try await hold(scene, at: scene.noon(2))
      try await #expect(scene.session(first).state == .lapsed)
      try await scene.do(.ben, ReleaseHold(session: second))
      _ = try await hold(scene, .ravi, at: scene.noon(2))
      try await #expect(scene.breaches() == [])
    }
  }

  @Test("the page shows the countdown and the form; booking it leads to the session", arguments: Databases.each)
  func page(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      let ben = try await scene.browser(.ben)
      let times = try await ben.get("/sessions/new?mentor=\(scene.id(.ada))")
      #expect(times.status == 200)
      #expect(times.body.contains("value=\"\(scene.noon())\""))
      let answer = try await ben.post("/sessions", ["mentor": "\(scene.id(.ada))", "start": "\(scene.noon())", "minutes": "30"])
      #expect(answer.status == 303)
      let page = try await ben.follow(answer)
      #expect(page.body.contains("data-until=\"2026-11-23T08:05:00Z\""))
      #expect(page.body.contains("Book 12:00"))
      let path = answer.location ?? ""
      let booked = try await ben.post("\(path)/book", ["question": "How do I begin a talk?", "link": "https://example.org/room"])
      #expect(booked.location == path)
      let after = try await ben.follow(booked)
      #expect(after.body.contains("How do I begin a talk?") && after.body.contains("https://example.org/room"))
      #expect(!after.body.contains("data-until"))
      // Somebody else's try shows the choice again, with what is free.
      let refused = try await scene.browser(.ravi).post(
        "/sessions", ["mentor": "\(scene.id(.ada))", "start": "\(scene.noon())", "minutes": "30"])
      #expect(refused.status == 409)
      #expect(refused.body.contains("Next free") && refused.body.contains("value=\"\(scene.noon(1, minutes: 30))\""))
    }
  }
}
