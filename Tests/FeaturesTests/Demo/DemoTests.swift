import Kit
import Store
import Synchronization
import TandemTesting
import Testing
import Web

@testable import Features

@Suite("The demo")
struct DemoTests {
  /// Sunday 22 November 2026, 10:00 UTC.
  static let clock = SetClock(Instant(seconds: 1_795_341_600))

  @Test("forty members live a month: the story is whole, every rule holds, figures are there", arguments: Databases.each)
  func month(_ database: Databases.Kind) async throws {
    try await database.withStore(Features.migrations) { store in
      let signIns = try await Demo.play(store: store, world: DemoTests.clock.world, members: 40, days: 30, seed: 7) { _ in }
      #expect(signIns.map(\.part) == ["mentee", "mentor", "manager", "admin"])
      try await checkRules(store)
      try await checkStory(store, email: signIns.first?.email ?? "")
      try await checkFigures(store)
    }
  }

  private func checkRules(_ store: Store) async throws {
    let broken = try await store.read { tx in
      try Features.all.flatMap(\.checks).compactMap { check in try check.breaches(tx) == 0 ? nil : check.name }
    }
    #expect(broken == [])
    let letters = try await store.read { tx in
      try tx.count("SELECT count(*) FROM job WHERE state = 'ready' AND run_at <= \(DemoTests.clock.now)")
    }
    #expect(letters == 0, "nobody is written to about the past")
    let ahead = try await store.read { tx in
      try tx.count("SELECT count(*) FROM activity WHERE at > \(DemoTests.clock.now)")
        + tx.count("SELECT count(*) FROM ask WHERE opened_at > \(DemoTests.clock.now)")
    }
    #expect(ahead == 0, "what happened happened before now")
    let (insights, twice) = try await store.read { tx in
      (
        try tx.count("SELECT count(*) FROM insight"),
        try tx.count(
          "SELECT count(*) FROM (SELECT author_id FROM insight GROUP BY author_id, text HAVING count(*) > 1) said")
      )
    }
    #expect(insights > 10)
    #expect(twice == 0, "nobody writes the same twice in a month")
  }

  @Test("the clock of the past goes neither back nor beyond the present")
  func present() {
    let end = DemoTests.clock.now
    let clock = DemoClock(end - .days(1), until: end, seed: 1)
    clock.reach(end - .hours(2))
    clock.reach(end - .hours(3))
    #expect(clock.now == end - .hours(2))
    clock.reach(end + .minutes(20))
    #expect(clock.now == end)
  }

  @Test("each theme has words for a year, and no words stand in two of them")
  func words() throws {
    let themes = try DemoTheme.read()
    #expect(themes.allSatisfy { $0.insights.count >= 14 })
    let all = themes.flatMap(\.insights)
    #expect(Set(all).count == all.count)
    #expect(all.allSatisfy { $0.count <= 140 })
  }

  private func checkStory(_ store: Store, email: String) async throws {
    let story = try await store.read { tx -> [String: Int] in
      let person: Int64 = try tx.value("SELECT id FROM person WHERE email = \(email)") ?? 0
      return [
        "goals reached": try tx.count("SELECT count(*) FROM goal WHERE person_id = \(person) AND state = 'reached'"),
        "milestones": try tx.count(
          """
          SELECT count(*) FROM milestone JOIN goal ON goal.org_id = milestone.org_id AND goal.id = milestone.goal_id
          WHERE goal.person_id = \(person) AND milestone.done_at IS NOT NULL
          """),
        "evidence": try tx.count("SELECT count(*) FROM application WHERE person_id = \(person) AND state = 'confirmed'"),
        "velocity": try tx.count("SELECT count(*) FROM application WHERE person_id = \(person) AND what LIKE '%up 25 %'"),
        "advancement": try tx.count("SELECT count(*) FROM advancement WHERE person_id = \(person)"),
        "sessions": try tx.count("SELECT count(*) FROM session WHERE mentee_id = \(person) AND state = 'wrapped'"),
        "next": try tx.count(
          """
          SELECT count(*) FROM session WHERE mentee_id = \(person) AND state = 'booked' AND starts_at > \(DemoTests.clock.now)
            AND title LIKE 'Product management, session %'
          """),
        "asks answered": try tx.count("SELECT count(*) FROM ask WHERE asker_id = \(person) AND state = 'answered'"),
        "lessons": try tx.count(
          """
          SELECT count(DISTINCT attempt.lesson_id) FROM attempt
          JOIN track_lesson ON track_lesson.org_id = attempt.org_id AND track_lesson.lesson_id = attempt.lesson_id
          JOIN track ON track.org_id = track_lesson.org_id AND track.id = track_lesson.track_id
          WHERE attempt.person_id = \(person) AND attempt.finished_at IS NOT NULL AND track.slug = 'from-engineering-to-product'
          """),
        "reviews": try tx.count("SELECT count(*) FROM review_event WHERE person_id = \(person)"),
      ]
    }
    #expect(story["goals reached"] == 1)
    #expect(story["milestones"] == 5)
    #expect(story["evidence", default: 0] >= 2, "the story's own two, and what everyday life adds")
    #expect(story["velocity"] == 1)
    #expect(story["advancement"] == 1)
    #expect(story["sessions", default: 0] >= 5)
    #expect(story["next"] == 1, "of the story; everyday life adds others")
    #expect(story["asks answered", default: 0] >= 1)
    #expect(story["lessons"] == 6)
    #expect(story["reviews", default: 0] > 20)
  }

  private func checkFigures(_ store: Store) async throws {
    let end = DemoTests.clock.now
    let org = try await store.read { tx -> ID<Organisation>? in
      try tx.value("SELECT id FROM organisation WHERE slug = 'northwind-industries'")
    }
    let northwind = try #require(org)
    let (sessions, waiting) = try await store.read { tx in
      (
        try SessionFigures.load(org: northwind, from: end - .days(30), to: end, tx),
        try tx.count("SELECT count(*) FROM ask WHERE org_id = \(northwind) AND state IN ('open', 'offered')")
      )
    }
    #expect(sessions.met > 10)
    #expect(sessions.ratings > 10)
    let mean = try #require(sessions.ratingMean)
    #expect((3.5...4.9).contains(mean))
    #expect(waiting > 0)
  }

  @Test("the same seed gives the same people and sessions, another seed others")
  func seeds() async throws {
    let first = try await fingerprint(seed: 7)
    let again = try await fingerprint(seed: 7)
    let other = try await fingerprint(seed: 8)
    #expect(first == again)
    #expect(first != other)
  }

  private func fingerprint(seed: UInt64) async throws -> [String] {
    try await Databases.Kind.sqlite.withStore(Features.migrations) { store in
      _ = try await Demo.play(store: store, world: DemoTests.clock.world, members: 14, days: 7, seed: seed) { _ in }
      return try await store.read { tx in
        let people: [String] = try tx.values("SELECT name FROM person ORDER BY id")
        let sessions: [Int64] = try tx.values("SELECT starts_at FROM session ORDER BY id")
        return people + sessions.map(String.init)
      }
    }
  }

  @Test("a database that holds somebody is not touched")
  func refusal() async throws {
    let _: Void = try await Scene.with(.sqlite) { scene in
      await #expect(throws: Demo.NotEmpty.self) {
        _ = try await Demo.play(store: scene.store, world: scene.world, members: 14, days: 7, seed: 1) { _ in }
      }
      return ()
    }
  }
}
