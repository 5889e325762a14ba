import Foundation
import Kit
import SpacedRepetition
import Store
import TandemTesting
import Testing
import Web

@testable import Features

@Suite("How a person's memory works")
struct MemoryTests {
  @Test("without answers the page says what to do", arguments: Databases.each)
  func empty(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let ben = try await scene.browser(.ben)
      let page = try await ben.get("/learn/memory").body
      #expect(page.contains("Nothing to tell yet") && page.contains("Too early to tell"))
      let json = try await ben.getJSON("/learn/memory").json
      #expect(json["answers"].number == 0 && json["verdict"]["state"].text == "too_few" && json["is_fitted"].flag == false)
      let org = scene.org
      try await scene.store.write { tx in
        try #expect(FindFits.due(org, tx).count == 0)
      }
    }
  }

  @Test("somebody who forgets sooner gets weights of their own; days that are set stay", arguments: Databases.each)
  func fitted(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.longHistory(pace: 3)
      let viewer = try await scene.viewer(.ben)
      let before = try await scene.states(viewer)
      try await scene.findFits()
      let fits = try await scene.store.read { tx in try MemoryFit.all(of: viewer.person, org: viewer.org, tx) }
      #expect(fits.count == 1 && fits[0].isAdopted && fits[0].version == 1)
      #expect(fits[0].worth.fitted.logLoss <= fits[0].worth.defaults.logLoss - Adoption.leastGain)
      let after = try await scene.states(viewer)
      #expect(before.map(\.dueAt) == after.map(\.dueAt), "no day moves by itself")
      #expect(before.map(\.stability) != after.map(\.stability))
      try await scene.expectFolded(viewer)
      let page = try await scene.browser(.ben).get("/learn/memory").body
      #expect(page.contains("It knows you better than the average") && page.contains("Taken into use") && page.contains("Show as table"))
      let json = try await scene.browser(.ben).getJSON("/learn/memory").json
      #expect(json["is_fitted"].flag == true && json["verdict"]["guesses"].count == 4)
      let (now, later) = (json["recall"]["now"].double ?? 0, json["recall"]["in30_days"].double ?? 1)
      #expect(now > later && later > 0 && now < 1)
      try await scene.findFits()
      let again = try await scene.store.read { tx in try MemoryFit.all(of: viewer.person, org: viewer.org, tx) }
      #expect(again.count == 1, "nothing new, nothing tried")
    }
  }

  @Test("somebody who forgets as most do keeps the usual weights, and that is said", arguments: Databases.each)
  func usual(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.longHistory(pace: 1, of: 110)
      let viewer = try await scene.viewer(.ben)
      let before = try await scene.states(viewer)
      try await scene.findFits()
      let fits = try await scene.store.read { tx in try MemoryFit.all(of: viewer.person, org: viewer.org, tx) }
      #expect(fits.map(\.isAdopted) == [false])
      #expect(try await scene.states(viewer).map(\.stability) == before.map(\.stability))
      #expect(try await scene.browser(.ben).get("/learn/memory").body.contains("The usual model fits you"))
    }
  }

  @Test("a fit is never changed", arguments: Databases.each)
  func appendOnly(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let viewer = try await scene.viewer(.ben)
      let world = scene.world
      try await scene.store.write { tx in
        _ = try MemoryFit.add(Adoption([], replacing: nil), reviews: 0, person: viewer.person, org: viewer.org, tx, world)
      }
      await #expect(throws: (any Error).self) {
        try await scene.store.write { tx in try tx.run("UPDATE memory_fit SET adopted = 1 WHERE org_id = \(viewer.org)") }
      }
    }
  }
}

/// What a test looks at before and after.
private struct CardLook: Sendable {
  let stability: Double?
  let dueAt: Instant
}

extension Scene {
  /// Cards answered for months by Ben, who knows as much after one day as others after `pace` days.
  fileprivate func longHistory(pace: Double, of count: Int = 70) async throws {
    let cards = try await cards(count)
    let viewer = try await viewer(.ben)
    let (world, start) = (world, clock.now)
    let scheduler = Scheduler(options: try SchedulerOptions(learningSteps: [], relearningSteps: [], fuzz: false))
    clock.advance(.days(300))
    try await store.write { tx in
      var dice = Dice(seed: 5)
      for (place, card) in cards.enumerated() {
        var progress = CardProgress.new
        var day = place % 20
        for _ in 0..<9 where day < 299 {
          let at = start + .days(day)
          let days = progress.lastReview.map { Double(day - Int((Instant(microseconds: $0.instant) - start).days.rounded())) }
          let recall = progress.memory.map { scheduler.model.retrievability(of: $0, afterDays: (days ?? 0) * pace) } ?? 0.85
          let isKnown = Double(dice.below(10_000)) < recall * 10_000
          var answer = AnswerCard(card: card, answer: isKnown ? .recalled : .forgot)
          answer.answeredAt = at
          _ = try answer(tx, viewer, world)
          progress = scheduler.answer(
            progress, isKnown ? .good : .again, at: SpacedRepetition.Moment(instant: at.microseconds, zoneOffset: 0), card: card.value)
          let memory = try #require(progress.memory)
          day += max(1, Int(scheduler.model.interval(for: memory, retention: 0.9).rounded()))
        }
      }
    }
  }

  fileprivate func findFits() async throws {
    let world = world
    try await store.write { tx in try tx.enqueue(FindFits(), for: nil, key: "test@\(world.id() as ID<MemoryFit>)", at: world.now(), world) }
    try await work()
  }

  fileprivate func states(_ viewer: Viewer) async throws -> [CardLook] {
    try await store.read { tx in
      try tx.rows("SELECT stability, due_at FROM card WHERE org_id = \(viewer.org) AND person_id = \(viewer.person) ORDER BY id").map {
        CardLook(stability: try $0.optional("stability"), dueAt: try $0("due_at"))
      }
    }
  }

  /// The cache of every card is what its events tell with the weights in use.
  fileprivate func expectFolded(_ viewer: Viewer) async throws {
    try await store.read { tx in
      let learner = try Learner.load(viewer.person, org: viewer.org, tx)
      #expect(learner.parameters != nil)
      let cards: [Card] = try tx.all(
        "SELECT \(Card.columns) FROM card WHERE org_id = \(viewer.org) AND person_id = \(viewer.person) ORDER BY id")
      for card in cards {
        let events = try ReviewLog.events(of: [card.id], org: viewer.org, tx)
        let told = learner.scheduler.replay(events, card: card.id.value).progress
        #expect(told == card.progress, "\(card.id)")
      }
    }
  }
}
