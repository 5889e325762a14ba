import Foundation
import Testing

@testable import Matching

@Suite struct BruteForceTests {
  /// How many random programs are tried; `TANDEM_TEST_CASES` asks for more.
  static let cases = ProcessInfo.processInfo.environment["TANDEM_TEST_CASES"].flatMap(Int.init) ?? 150

  @Test("every mode finds what looking at all answers finds, and proves it")
  func allModes() throws {
    var dice = Dice(state: 20_261_121)
    for number in 0..<Self.cases {
      let program = number % 75 == 37 ? RandomProgram(&dice, most: 8, isFull: true) : RandomProgram(&dice, most: number % 10 == 0 ? 7 : 5)
      let problem = try program.problem()
      let all = BruteForce(program: program)
      try expect(problem, .coverage, all.best(countsPairs: true), number)
      try expect(problem, .score, all.best(countsPairs: false), number)
      let fairOn = FairMeasure.allCases[number % 3]
      let best = all.fair { pair in
        let scores = program.scores[pair] ?? (0, 0)
        return [scores.mentee + scores.mentor, scores.mentee, scores.mentor][number % 3]
      }
      let fair = try expect(problem, .fair, best?.best ?? all.best(countsPairs: true), number, fairOn)
      #expect(fair.certificate?.threshold == best?.threshold, "program \(number)")
      let stable = try problem.solve(.stable)
      #expect(Matching.verify(stable.pairs, of: problem, mode: .stable, certificate: nil).wrong == [], "program \(number)")
    }
  }

  @Test("another seed gives another order, never another objective")
  func seeds() throws {
    var dice = Dice(state: 5)
    for number in 0..<40 {
      let problem = try RandomProgram(&dice, most: 6).problem()
      for mode in [MatchMode.coverage, .score, .fair] {
        let plain = try problem.solve(mode)
        let other = try problem.solve(mode, options: MatchOptions(seed: 7))
        #expect(plain.objective == other.objective, "program \(number)")
        #expect(try problem.solve(mode, options: MatchOptions(seed: 7)).pairs == other.pairs)
        #expect(Matching.verify(other.pairs, of: problem, mode: mode, certificate: other.certificate).wrong == [])
      }
    }
  }

  @discardableResult
  private func expect(
    _ problem: MatchProblem, _ mode: MatchMode, _ best: Price, _ number: Int, _ fairOn: FairMeasure = .pair
  ) throws -> MatchResult {
    let result = try problem.solve(mode, options: MatchOptions(fairOn: fairOn))
    let reached = Price(
      quota: -result.objective.short, pairs: mode == .score ? 0 : result.objective.pairs, weight: result.objective.weight)
    #expect(reached == best, "program \(number), \(mode)")
    let verdict = Matching.verify(result.pairs, of: problem, mode: mode, fairOn: fairOn, certificate: result.certificate)
    #expect(verdict.wrong == [], "program \(number), \(mode)")
    return result
  }
}
