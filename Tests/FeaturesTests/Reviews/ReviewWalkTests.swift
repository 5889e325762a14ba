import Foundation
import Kit
import SpacedRepetition
import TandemTesting
import Testing

@testable import Features

@Suite("Reviewing over HTTP keeps to the published walks")
struct ReviewWalkTests {
  /// Steps of 1 and 10 minutes, relearning 10 minutes, no fuzz, each answer exactly when due (learning.md, golden walks of FSRS-6).
  static let golden = try? SchedulerOptions(learningSteps: [60, 600], relearningSteps: [600], fuzz: false)

  @Test("thirteen answers wait the days they should", arguments: Databases.each)
  func days(_ database: Databases.Kind) async throws {
    let waits = [0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21]
    try await Scene.with(database) { scene in
      try await scene.options(try #require(Self.golden))
      let card = try await scene.cards(1)[0]
      let ben = try await scene.browser(.ben)
      for (answer, wait) in zip("GGGGGGAAGGGGG", waits) {
        let said = try await self.answer(answer, card, ben, scene)
        let seconds = (said.dueAt - scene.clock.now).seconds
        #expect(
          Int((seconds / 86400).rounded(.up)) == wait || wait == 0 && seconds == 600, "\(answer) waits \(seconds) s, not \(wait) days")
        scene.clock.advance(wait == 0 ? .minutes(10) : .days(wait))
      }
    }
  }

  @Test("seven answers leave the memory they should", arguments: Databases.each)
  func memory(_ database: Databases.Kind) async throws {
    let stability = [2.3065, 2.3065, 7.51736, 42.93347, 2.78695, 2.78695, 7.23477]
    let difficulty = [2.1181, 2.11121, 4.74828, 2.97863, 7.67735, 7.6649, 7.65247]
    let waits = [600, 172_800, 691_200, 3_715_200, 600, 259_200, 604_800]
    try await Scene.with(database) { scene in
      try await scene.options(try #require(Self.golden))
      let card = try await scene.cards(1)[0]
      let ben = try await scene.browser(.ben)
      for (place, answer) in "GGHEAGG".enumerated() {
        let said = try await self.answer(answer, card, ben, scene)
        #expect(abs(said.stability - stability[place]) < 1e-4, "\(place): \(said.stability)")
        #expect(abs(said.difficulty - difficulty[place]) < 1e-4, "\(place): \(said.difficulty)")
        scene.clock.advance(.seconds(waits[place]))
      }
    }
  }

  private struct Said {
    let dueAt: Instant
    let stability: Double
    let difficulty: Double
  }

  private func answer(_ letter: Character, _ card: ID<Card>, _ browser: Browser, _ scene: Scene) async throws -> Said {
    let words: [Character: String] = ["A": "forgot", "H": "hard", "G": "recalled", "E": "easy"]
    // A session ends long before the last answer of a walk.
    browser.cookies = try await scene.browser(.ben).cookies
    let said = try await browser.postJSON("/reviews/\(card)/answer", #"{"answer": "\#(words[letter] ?? "")"}"#)
    #expect(said.status == 200)
    return Said(
      dueAt: try #require(Instant(said.json["due_at"].text ?? "")), stability: said.json["stability"].double ?? -1,
      difficulty: said.json["difficulty"].double ?? -1)
  }
}
