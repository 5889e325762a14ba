import Foundation
import Kit
import SpacedRepetition
import Store
import TandemTesting
import Testing

@testable import Features

@Suite("The queue of a day")
struct ReviewQueueTests {
  @Test(
    "the first is the one that would be recalled least, after the steps of today, whatever order they were made in",
    arguments: Databases.each)
  func order(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let cards = try await scene.cards(40)
      let (org, ben, now) = (scene.org, scene.id(.ben), scene.world.now())
      let clock = LearningClock(zone: "UTC", at: now)
      let model = Learner().scheduler.model
      // What a card knows, made up: how long ago, how stable; some were never answered and some answered tomorrow by their clock.
      @Sendable func recall(_ number: Int) -> (stability: Double, last: DayNumber)? {
        number % 7 == 3 ? nil : (Double(number * 37 % 101 + 1) / 3, clock.today.advanced(by: number % 11 == 5 ? 1 : -(number * 53 % 67)))
      }
      _ = try await scene.store.write { tx in
        for (number, card) in cards.enumerated() {
          let memory = recall(number)
          try tx.run(
            """
            UPDATE card SET stability = \(memory?.stability), difficulty = \(memory.map { _ in 5.0 }), last_day = \(memory?.last.rawValue),
              state = \(memory == nil ? "new" : "review"), due_at = \(now - .minutes(number * 29 % 41)) WHERE org_id = \(org) AND id = \(card)
            """)
        }
      }
      var left = Array(cards.enumerated())
      func expected() -> ID<Card>? {
        left.min { one, other in
          func rank(_ number: Int) -> (Double, Int, ID<Card>) {
            let known = recall(number).map {
              model.retrievability(
                of: MemoryState(stability: $0.stability, difficulty: 5), afterDays: Double(max(0, $0.last.days(to: clock.today))))
            }
            return (known ?? 2, -(number * 29 % 41), cards[number])
          }
          return rank(one.offset) < rank(other.offset)
        }?.element
      }
      while !left.isEmpty {
        let queue = try await scene.store.read { tx in try ReviewQueue.load(ben, org: org, clock: clock, isUncapped: true, tx) }
        let first = try #require(queue.first)
        #expect(first.id == expected() && queue.count == left.count && queue.due == left.count)
        left.removeAll { $0.element == first.id }
        _ = try await scene.store.write { tx in
          try tx.run("UPDATE card SET suspended_at = \(now) WHERE org_id = \(org) AND id = \(first.id)")
        }
      }
      // Steps go before all of them, in the order in which they are due, and beyond the day's minutes.
      _ = try await scene.store.write { tx in
        try tx.run("UPDATE card SET suspended_at = NULL WHERE org_id = \(org)")
        for card in [cards[5], cards[6]] { try tx.run("UPDATE card SET state = 'learning' WHERE org_id = \(org) AND id = \(card)") }
      }
      let queue = try await scene.store.read { tx in try ReviewQueue.load(ben, org: org, clock: clock, tx) }
      #expect(queue.first?.id == (5 * 29 % 41 > 6 * 29 % 41 ? cards[5] : cards[6]))
      #expect(queue.count == 2 + 30 && queue.due == 40 && queue.waiting == 8)
    }
  }

  @Test("the pace is that of the latest answers, not of the slow ones among them", arguments: Databases.each)
  func pace(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let cards = try await scene.cards(80)
      for (number, card) in cards.enumerated() {
        // Slow in the morning, then quick.
        var answer = AnswerCard(card: card, answer: .recalled)
        answer.milliseconds = number < 30 ? 40_000 : number % 5 == 0 ? nil : 4_000
        try await scene.do(.ben, answer)
        scene.clock.advance(.seconds(20))
      }
      let (org, ben, clock) = (scene.org, scene.id(.ben), LearningClock(zone: "UTC", at: scene.world.now()))
      let queue = try await scene.store.read { tx in try ReviewQueue.load(ben, org: org, clock: clock, tx) }
      #expect(queue.pace == 4)
    }
  }

  @Test("an answer is one transaction of a fixed number of statements, however much the card has been through", arguments: Databases.each)
  func cost(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let card = try await scene.cards(30)[0]
      func cost() async throws -> Int {
        try await scene.statements { try await scene.do(.ben, AnswerCard(card: card, answer: .recalled)) }.count
      }
      var costs: Set<Int> = []
      for _ in 0..<6 {
        try await costs.insert(cost())
        scene.clock.advance(.days(40))
      }
      // One more pair where the day is chosen: how full the days are, and the event that says which.
      #expect(costs.count <= 2 && (costs.max() ?? 0) <= 9, "\(costs)")
    }
  }
}

@Suite("Progress as text")
struct ProgressTextTests {
  private let some: [CardProgress] = {
    let states: [CardState] = [.new, .learning(step: 0), .review, .relearning(step: 3), .suspended]
    let dues: [Due?] = [nil, .day(DayNumber(rawValue: -3)), .day(DayNumber(rawValue: 20_790)), .instant(.max), .instant(-5)]
    let memories: [MemoryState?] = [
      nil, MemoryState(stability: 0.001, difficulty: 1), MemoryState(stability: 312.9329587214366, difficulty: 9.7),
    ]
    let lasts: [SpacedRepetition.Moment?] = [nil, .init(instant: 1_794_247_200_000_000, zoneOffset: -330)]
    return states.flatMap { state in
      dues.flatMap { due in
        memories.flatMap { memory in
          lasts.map { CardProgress(state: state, memory: memory, due: due, lastReview: $0, reviews: 17, lapses: 2) }
        }
      }
    }
  }()

  @Test("what is written is the JSON of the type, and read as it")
  func roundTrip() throws {
    for progress in some {
      let text = ProgressText.write(progress)
      try #expect(ProgressText.read(text) == progress)
      try #expect(JSONDecoder().decode(CardProgress.self, from: Data(text.utf8)) == progress)
    }
  }

  @Test("what other versions wrote is read as well, and what is no progress is refused")
  func others() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .prettyPrinted
    for progress in some {
      try #expect(ProgressText.read(String(decoding: encoder.encode(progress), as: UTF8.self)) == progress)
      encoder.outputFormatting = encoder.outputFormatting == .sortedKeys ? .prettyPrinted : .sortedKeys
    }
    let text = ProgressText.write(some[40])
    for end in text.indices { #expect(throws: (any Error).self) { try ProgressText.read(String(text[..<end])) } }
    #expect(throws: (any Error).self) { try ProgressText.read(text + " x") }
  }
}
