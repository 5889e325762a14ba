import Foundation
import Kit
import Scheduling
import Store
import TandemTesting
import Testing
import Web

@testable import Features

/// Random holds of nothing: sequences of bookings, moves and cancellations from a seed, the same on both engines.
@Suite(.serialized) struct SequenceTests {
  private struct Dice {
    var state: UInt64
    mutating func below(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(count))
    }
  }

  private static let mentees: [Scene.Role] = [.ben, .ravi, .mara, .omar]

  /// Books, moves or cancels at random; what was answered, in words that name no id.
  private func act(_ scene: Scene, _ sessions: inout [(id: ID<Session>, by: Scene.Role)], _ dice: inout Dice) async -> String {
    let start = scene.noon(dice.below(12) + 1, minutes: 15 * dice.below(8))
    let minutes = [15, 30, 45, 60][dice.below(4)]
    let act = sessions.isEmpty ? 0 : dice.below(5)
    let role = SequenceTests.mentees[dice.below(4)]
    guard act > 1 else {
      do {
        sessions.append((try await scene.book(role, at: start, minutes: minutes), role))
        return "booked \(start)"
      } catch {
        return (error as? Problem)?.code ?? "\(error)"
      }
    }
    let chosen = sessions[dice.below(sessions.count)]
    let problem = await code {
      if act < 4 {
        try await scene.do(.ada, MoveSession(session: chosen.id, start: start, minutes: minutes))
      } else {
        try await scene.do(chosen.by, CancelSession(session: chosen.id))
      }
    }
    return problem ?? "\(act < 4 ? "moved" : "cancelled") \(start) \(minutes)"
  }

  private func open(_ scene: Scene) async throws {
    let week = DayOfWeek.allCases.map { SetAvailability.Window(weekday: $0, from: "12:00", to: "14:00") }
    try await scene.do(.ada, SetAvailability(weekly: week, weeklyMinutes: 150, sessionsPerDay: 2, bufferAfter: 5))
    try await scene.do(.ravi, SetAvailability(bufferBefore: 10))
  }

  @Test("the minutes of a week and the sessions of a day hold after any 50 bookings, moves and cancels", arguments: Databases.each)
  func limits(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await open(scene)
      for seed in 1...4 {
        var dice = Dice(state: UInt64(seed))
        var sessions: [(id: ID<Session>, by: Scene.Role)] = []
        for _ in 0..<50 {
          _ = await act(scene, &sessions, &dice)
          let given: [Session] = try await scene.store.read { [org = scene.org] tx in
            try tx.all("SELECT \(Session.columns) FROM session WHERE org_id = \(org) AND state = 'booked'")
          }
          let dates = given.map { (Zones.zone("Europe/Berlin").local(at: $0.start.microseconds).date, $0.minutes) }
          #expect(Dictionary(grouping: dates, by: \.0).allSatisfy { $0.value.count <= 2 })
          #expect(
            Dictionary(grouping: dates, by: { IsoWeek(containing: $0.0) }).allSatisfy { $0.value.reduce(0) { $0 + $1.1 } <= 150 })
        }
        #expect(!sessions.isEmpty)
        try await #expect(scene.breaches() == [])
        try await clear(scene)
      }
    }
  }

  private func clear(_ scene: Scene) async throws {
    try await scene.store.write { [org = scene.org] tx in
      try tx.run("DELETE FROM occupancy WHERE org_id = \(org)")
      try tx.run("DELETE FROM reminder WHERE org_id = \(org)")
      try tx.run(
        "UPDATE session SET state = 'cancelled', cancelled_at = 1 WHERE org_id = \(org) AND state = 'booked'")
    }
  }

  /// 60 with every run; `TANDEM_TEST_SEQUENCES=500` takes minutes.
  @Test("both engines give the same answers to the same sequences of acts")
  func sameAnswers() async throws {
    let sequences = max(1, ProcessInfo.processInfo.environment["TANDEM_TEST_SEQUENCES"].flatMap { Int($0) } ?? 60)
    var answers: [[String]] = []
    for database in Databases.each {
      answers.append(
        try await Scene.with(database) { scene in
          try await open(scene)
          var said: [String] = []
          for seed in 1...sequences {
            var dice = Dice(state: UInt64(seed) &* 977)
            var sessions: [(id: ID<Session>, by: Scene.Role)] = []
            for _ in 0..<5 { said.append(await act(scene, &sessions, &dice)) }
            try await clear(scene)
          }
          return said
        })
    }
    let first = try #require(answers.first)
    #expect(first.count == 5 * sequences && Set(first).count > 25)
    for other in answers { #expect(other == first) }
  }
}
