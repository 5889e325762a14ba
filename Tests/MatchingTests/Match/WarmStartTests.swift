import Synchronization
import Testing

@testable import Matching

@Suite struct WarmStartTests {
  @Test(
    "every mode with prices reaches from an earlier answer what it reaches from nothing, with a proof",
    arguments: ["match_100", "tight_100"])
  func sameObjective(_ name: String) throws {
    let problem = try KnownProgram.read(name).problem
    for mode in [MatchMode.coverage, .score, .fair] {
      let before = try problem.solve(mode)
      let warm = before.certificate.map { WarmStart(pairs: before.pairs, prices: $0.prices, threshold: $0.threshold) }
      for place in stride(from: 0, to: before.pairs.count, by: 20) {
        let after = try RematchTests.declined(before.pairs[place], problem)
        let cold = try after.solve(mode)
        let result = try after.solve(mode, options: MatchOptions(warm: warm))
        #expect(result.objective == cold.objective && result.certificate?.threshold == cold.certificate?.threshold, "\(mode) \(place)")
        #expect(Matching.verify(result.pairs, of: after, mode: mode, certificate: result.certificate).wrong == [], "\(mode) \(place)")
      }
    }
  }

  @Test("mode fair takes fewer solves from an earlier answer")
  func fewerSolves() throws {
    let problem = try KnownProgram.read("tight_100").problem
    let before = try problem.solve(.fair)
    let proof = try #require(before.certificate)
    func people(_ warm: WarmStart?) throws -> Int {
      let asked = Count()
      _ = try problem.solve(.fair, options: MatchOptions(warm: warm) { _ in asked.add() })
      return asked.value
    }
    let cold = try people(nil)
    #expect(cold > 0)
    try #expect(people(WarmStart(pairs: before.pairs, prices: proof.prices, threshold: proof.threshold)) < cold / 2)
  }

  @Test("progress tells what is reached and what no answer exceeds; stopping keeps both")
  func progress() throws {
    let problem = try KnownProgram.read("match_100").problem
    let best = try problem.solve(.fair)
    let seen = Count()
    let result = try problem.solve(
      .fair,
      options: MatchOptions { progress in
        let (reached, bound) = progress.gap
        #expect(bound.pairs >= best.objective.pairs && reached.pairs <= best.objective.pairs && progress.remaining > 0)
        _ = seen.add()
        return false
      })
    #expect(seen.value == 1 && result.certificate == nil)
    #expect((result.bound?.pairs ?? 0) >= best.objective.pairs)
  }

  /// So many people want so few places that bidding takes long; some bidders have two.
  private func crowded() throws -> MatchProblem {
    var dice = Dice(state: 5)
    var rows = PairRows()
    for mentee in 0..<2_000 {
      for _ in 0..<12 {
        rows.append(
          mentee: Int32(mentee), mentor: Int32(dice.roll(0...399)), menteeScore: Int32(dice.roll(0...1_000)),
          mentorScore: Int32(dice.roll(0...1_000)))
      }
    }
    return try MatchProblem(
      table: PairTable(rows, mentees: 2_000, mentors: 400), mentees: (0..<2_000).map { PlaceRange(most: 1 + $0 % 2) },
      mentors: (0..<400).map { PlaceRange(least: $0 % 3 == 0 ? 1 : 0, most: 4) }, pins: [], bans: [])
  }

  @Test("the auction tells how far it is and may be stopped", arguments: [0, 1])
  func stoppedAuction(after questions: Int) throws {
    let problem = try crowded()
    let best = try problem.solve(.coverage)
    let asked = Count()
    let result = try problem.solve(
      .coverage,
      options: MatchOptions { progress in
        let (reached, bound) = progress.gap
        #expect((reached.pairs, reached.weight) <= (best.objective.pairs, best.objective.weight))
        #expect((bound.pairs, bound.weight) >= (best.objective.pairs, best.objective.weight))
        _ = asked.add()
        return asked.value <= questions
      })
    #expect(result.objective.pairs * 10 >= best.objective.pairs * 9, "people are left out needlessly")
    #expect(asked.value == questions + 1, "it was asked so seldom that it ended first")
    #expect(result.certificate == nil)
    let bound = try #require(result.bound)
    #expect((bound.pairs, bound.weight) >= (best.objective.pairs, best.objective.weight))
    let verdict = verify(result.pairs, of: problem, mode: .coverage, fairOn: .pair, certificate: nil)
    #expect(verdict.wrong == ["The certificate lacks prices."] && verdict.objective == result.objective)
  }
}

private final class Count: Sendable {
  private let count = Atomic<Int>(0)
  var value: Int { count.load(ordering: .relaxed) }
  func add() -> Bool { count.add(1, ordering: .relaxed).newValue > 0 }
}
