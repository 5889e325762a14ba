import Kit
import Matching
import Store
import TandemTesting
import Testing

@testable import Features

@Suite("How long asks waited")
struct PastWaitsTests {
  @Test("an agreed meeting ends a wait, an ask never waits beyond its end, and one's own ask is no evidence", arguments: Databases.each)
  func waits(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.openForMentoring()
      let begin = scene.world.now() - .days(10)
      for hours in 1...10 { try await past(scene, .answered, opened: begin, met: begin + .hours(hours)) }
      try await past(scene, .open, opened: begin)
      let booked = try await scene.ask(.ravi)
      let opened = scene.world.now()
      let start = try #require(try await scene.cards(booked, .ravi).first { $0.mentor.id == scene.id(.ada) }?.next).value
      try await scene.do(.ravi, BookAsk(ask: booked, mentor: scene.id(.ada), start: start))
      // Nobody said whether they met, and no job ended the open one.
      scene.clock.advance(.days(40))
      let own = try await scene.ask()
      let (org, now) = (scene.org, scene.world.now())
      let estimate = try await scene.store.read { tx -> WaitEstimate? in
        try Ask.find(own, org: org, tx).map { try PastWaits.estimate($0, skills: [], now: now, tx) }
      }
      let waits =
        (1...10).map { Wait(minutes: $0 * 60, wasMet: true) } + [
          Wait(minutes: Int((start - opened).minutes), wasMet: true), Wait(minutes: 21 * 1440, wasMet: false),
        ]
      #expect(estimate == WaitEstimate(family: [], kind: [], organisation: waits))
      #expect(estimate?.sentence.contains("more than") == false, "\(estimate?.sentence ?? "")")
    }
  }

  /// An ask of Ben's that ends after 21 days.
  private func past(_ scene: Scene, _ state: Ask.State, opened: Instant, met: Instant? = nil) async throws {
    let (org, ben, world) = (scene.org, scene.id(.ben), scene.world)
    try await scene.store.write { tx in
      let id: ID<Ask> = world.id()
      _ = try tx.run(
        """
        INSERT INTO ask (org_id, id, asker_id, question, kind, urgency, minutes, commitment, language, crossing, is_anonymous, state,
          created_at, opened_at, expires_at, met_at, closed_at, version)
        VALUES (\(org), \(id), \(ben), \(Scene.question), \("flash"), \("week"), 30, \("once"), \("en"), \("none"), 0, \(state),
          \(opened), \(opened), \(opened + .days(21)), \(met), \(met), 1)
        """)
    }
  }
}
