import Testing

@testable import Matching

@Suite struct RematchTests {
  /// What a program becomes when a pair is declined.
  static func declined(_ pair: Int, _ problem: MatchProblem) throws -> MatchProblem {
    try MatchProblem(
      table: problem.table, mentees: problem.mentees, mentors: problem.mentors,
      bans: [(problem.table.mentee(of: pair), problem.table.mentor(of: pair))])
  }

  @Test("after a decline as many are placed as possible, and no fewer pairs could have moved")
  func fewestMoves() throws {
    var dice = Dice(state: 41)
    for number in 0..<40 {
      var program = RandomProgram(&dice, most: 5)
      program.pins = []
      let problem = try program.problem()
      let before = try problem.solve(.coverage)
      guard let gone = before.pairs.first else { continue }
      let after = try Self.declined(gone, problem)
      let kept = Set(before.pairs).subtracting([gone])
      let rematch = try after.rematch(keeping: before.pairs, prices: before.certificate?.prices)
      let optimum = try after.solve(.coverage).objective
      #expect(rematch.optimum == optimum, "program \(number)")
      #expect(rematch.moved == kept.subtracting(rematch.pairs).count, "program \(number)")
      // Solved from scratch with a weight of one for each kept pair, the weight is how many can stay.
      var rows = PairRows(areWeights: true)
      for pair in 0..<after.table.count {
        rows.append(
          mentee: Int32(after.table.mentee(of: pair)), mentor: Int32(after.table.mentor(of: pair)), weight: kept.contains(pair) ? 1 : 0)
      }
      let fewest = try MatchProblem(
        table: PairTable(rows, mentees: after.mentees.count, mentors: after.mentors.count), mentees: after.mentees, mentors: after.mentors,
        bans: after.bans.map { (after.table.mentee(of: $0), after.table.mentor(of: $0)) }
      ).solve(.coverage)
      #expect(rematch.objective.short == fewest.objective.short && rematch.objective.pairs == fewest.objective.pairs)
      #expect(kept.count - rematch.moved == fewest.objective.weight, "program \(number)")
    }
  }

  @Test("a limit on moves is kept, and with enough of them the optimum is reached")
  func limit() throws {
    let problem = try KnownProgram.read("tight_100").problem
    let before = try problem.solve(.coverage)
    let prices = before.certificate?.prices
    for place in stride(from: 0, to: before.pairs.count, by: 9) {
      let after = try Self.declined(before.pairs[place], problem)
      let least = try after.rematch(keeping: before.pairs, prices: prices)
      for moves in [2, 5, 100] where moves >= least.moved {
        let rematch = try after.rematch(keeping: before.pairs, prices: prices, moves: moves)
        #expect(rematch.moved <= moves)
        #expect(rematch.objective.weight >= least.objective.weight)
        if moves == 100 { #expect(rematch.objective == rematch.optimum) }
      }
    }
  }

  @Test("the price of a pin is what giving it up gains")
  func pinPrice() throws {
    var dice = Dice(state: 43)
    for _ in 0..<40 {
      let program = RandomProgram(&dice, most: 5)
      let problem = try program.problem()
      guard let pin = problem.pins.first else { continue }
      let result = try problem.solve(.coverage)
      let price = try problem.price(ofPin: pin, in: result, mode: .coverage)
      var freer = program
      freer.pins.removeAll { problem.table.number(mentee: $0.mentee, mentor: $0.mentor) == pin }
      let best = BruteForce(program: freer).best(countsPairs: true)
      let with = result.objective
      #expect(price == Price(quota: best.quota + with.short, pairs: best.pairs - with.pairs, weight: best.weight - with.weight))
      #expect(price >= .zero)
    }
  }

  @Test("every mentee is told the place, or what stands in the way")
  func explanations() throws {
    let files = try KnownProgram.of(
      mentors: "mentor,capacity\na,1\nb,0\n", mentees: "mentee\nx\ny\nz\n", edges: "mentee,mentor,weight\nx,a,9\ny,a,5\ny,b,7\n")
    let explained = files.problem.explain(try files.problem.solve(.coverage))
    #expect(explained[0].outcome == .placed([(mentor: 0, weight: 9, rank: 1)], better: []))
    #expect(explained[2].outcome == .nobodyAllowed)
    guard case .allFull(let remedies) = explained[1].outcome else {
      Issue.record("no reason given: \(explained[1])")
      return
    }
    #expect(Set(remedies.map(\.mentor)) == [0, 1])
    #expect(remedies.allSatisfy { $0.price > .zero })
  }

  @Test("with a limit the bonus is the least: one less would move more pairs than allowed")
  func leastBonus() throws {
    let problem = try KnownProgram.read("tight_100").problem
    let before = try problem.solve(.coverage)
    var tried = 0
    for place in stride(from: 0, to: before.pairs.count, by: 5) {
      let after = try Self.declined(before.pairs[place], problem)
      let free = try after.rematch(keeping: before.pairs, prices: before.certificate?.prices, moves: before.pairs.count)
      #expect(free.bonus == 0 && free.objective == free.optimum)
      guard free.moved > 0 else { continue }
      let tight = try after.rematch(keeping: before.pairs, prices: before.certificate?.prices, moves: free.moved - 1)
      guard tight.moved < free.moved else { continue }
      tried += 1
      // With a greater bonus for each kept pair, solved from scratch, the same weight is reached.
      let kept = Set(before.pairs)
      func best(_ bonus: Int) throws -> MatchObjective {
        var rows = PairRows(areWeights: true)
        for pair in 0..<after.table.count {
          rows.append(
            mentee: Int32(after.table.mentee(of: pair)), mentor: Int32(after.table.mentor(of: pair)),
            weight: Int32(after.table.weight(of: pair) + (kept.contains(pair) ? bonus : 0)))
        }
        return try MatchProblem(
          table: PairTable(rows, mentees: after.mentees.count, mentors: after.mentors.count), mentees: after.mentees,
          mentors: after.mentors, bans: after.bans.map { (after.table.mentee(of: $0), after.table.mentor(of: $0)) }
        ).solve(.coverage).objective
      }
      let stay = tight.pairs.count { kept.contains($0) }
      let scratch = try best(tight.bonus)
      #expect(scratch.pairs == tight.objective.pairs && scratch.weight == tight.objective.weight + tight.bonus * stay)
    }
    #expect(tried > 0)
  }
}
