import Testing

@testable import Matching

@Suite struct KnownOptimaTests {
  struct Optimum: Sendable {
    let name: String
    let matched: Int
    let weight: Int
    let fair: (threshold: Int, weight: Int)
    let stable: Int
  }

  @Test(
    "the optima that other programs found are found",
    arguments: [
      Optimum(name: "match_100", matched: 100, weight: 166_871, fair: (1207, 166_453), stable: 162_206),
      Optimum(name: "tight_100", matched: 86, weight: 139_019, fair: (1110, 138_484), stable: 134_557),
    ])
  func known(_ optimum: Optimum) throws {
    let problem = try KnownProgram.read(optimum.name).problem
    for mode in [MatchMode.coverage, .score] {
      #expect(try problem.solve(mode).objective == MatchObjective(short: 0, pairs: optimum.matched, weight: optimum.weight))
    }
    let fair = try problem.solve(.fair)
    #expect(fair.objective == MatchObjective(short: 0, pairs: optimum.matched, weight: optimum.fair.weight))
    #expect(fair.certificate?.threshold == optimum.fair.threshold)
    #expect(try problem.solve(.stable).objective == MatchObjective(short: 0, pairs: optimum.matched, weight: optimum.stable))
  }

  @Test("the order of the rows changes nothing")
  func shuffled() throws {
    var dice = Dice(state: 3)
    let rows = (0..<12).flatMap { mentee in (0..<6).map { "p\(mentee),m\($0),\(dice.roll(1...5)),\(dice.roll(1...5))" } }
    let head = "mentee,mentor,mentee_score,mentor_score\n"
    let mentees = "mentee\n" + (0..<12).map { "p\($0)\n" }.joined()
    let mentors = "mentor,capacity\n" + (0..<6).map { "m\($0),\($0 % 3)\n" }.joined()
    func answer(_ rows: [String]) throws -> [UInt8] {
      let files = try KnownProgram.of(mentors: mentors, mentees: mentees, edges: head + rows.joined(separator: "\n"))
      return files.assignment(try files.problem.solve(.coverage).pairs)
    }
    let first = try answer(rows)
    for _ in 0..<5 { #expect(try answer(rows.shuffled(using: &dice)) == first) }
  }

  @Test("adding a place never lowers the objective")
  func placeAdded() throws {
    var dice = Dice(state: 11)
    for _ in 0..<30 {
      var program = RandomProgram(&dice, most: 6)
      guard !program.mentors.isEmpty else { continue }
      let before = try program.problem().solve(.coverage).objective
      program.mentors[dice.roll(0...program.mentors.count - 1)].most += 1
      let after = try program.problem().solve(.coverage).objective
      #expect((-after.short, after.pairs, after.weight) >= (-before.short, before.pairs, before.weight))
    }
  }

  @Test("scaling all weights scales the answer")
  func scaled() throws {
    var dice = Dice(state: 12)
    for _ in 0..<30 {
      var program = RandomProgram(&dice, most: 6)
      for (pair, score) in program.scores { program.scores[pair] = (score.mentee / 7, score.mentor / 7) }
      let before = try program.problem().solve(.coverage).objective
      for (pair, score) in program.scores { program.scores[pair] = (score.mentee * 7, score.mentor * 7) }
      let after = try program.problem().solve(.coverage).objective
      #expect(after == MatchObjective(short: before.short, pairs: before.pairs, weight: before.weight * 7))
    }
  }
}
