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
}

private final class Count: Sendable {
  private let count = Atomic<Int>(0)
  var value: Int { count.load(ordering: .relaxed) }
  func add() -> Bool { count.add(1, ordering: .relaxed).newValue > 0 }
}
