import Testing

@testable import AdaptiveTesting

@Suite("Adaptive test")
struct AdaptiveTestTests {
  @Test("maximum likelihood asks the same items as the reference and errs as little at every length")
  func maximumLikelihood() throws {
    let golden = try Golden.load().cat500
    let people = try run(.maximumLikelihood)
    for row in golden.ml_dodd_first_10_people { #expect(people.people[row.person].answers.map(\.item) == row.items) }
    for (length, error) in golden.rmse_by_length["ml_with_dodd_start"] ?? [:] {
      #expect(abs(people.rootMeanSquaredError(after: Int(length) ?? 0) - error) < 5.1e-5)
    }
  }

  @Test("EAP asks the same items as the reference and errs as little at every length")
  func expected() throws {
    let golden = try Golden.load().cat500
    let people = try run(.standard)
    for row in golden.eap_first_10_people {
      #expect(Array(people.people[row.person].answers.map(\.item).prefix(row.items.count)) == row.items)
    }
    for (length, error) in golden.rmse_by_length["eap"] ?? [:] {
      #expect(abs(people.rootMeanSquaredError(after: Int(length) ?? 0) - error) < 5.1e-5)
    }
  }

  private func run(_ estimator: Estimator) throws -> Simulation {
    let (items, truth, answers) = try Golden.bank()
    let plan = TestPlan(estimator: estimator, stopping: .length(40))
    return Simulation(try ItemBank(items), plan: plan, abilities: truth) { answers[$0][$1] }
  }

  @Test("a test ends when it is precise enough, after as many items as in the reference")
  func stopping() throws {
    let golden = try Golden.load().cat500.stopping
    let (items, truth, answers) = try Golden.bank()
    let simulation = Simulation(try ItemBank(items), plan: TestPlan(), abilities: truth) { answers[$0][$1] }
    #expect(simulation.people.prefix(20).map(\.answers.count) == golden.length_first_20_people)
    #expect(abs(simulation.meanLength - golden.mean_length) < 0.005)
    #expect(abs(simulation.rootMeanSquaredError - golden.rmse) < 5.1e-5)
  }

  @Test("an interrupted attempt goes on where it was when its answers are given again")
  func resumed() throws {
    let (items, _, answers) = try Golden.bank()
    let bank = try ItemBank(items, areas: items.indices.map { $0 % 3 })
    let chances = items.indices.map { $0 % 2 == 0 ? 0.3 : 1.0 }
    let choice = Choice.guarded(ExposureControl(chances: chances), blueprint: Blueprint(shares: [0: 1, 1: 1, 2: 2]))
    let plan = TestPlan(choice: choice, stopping: .length(20))
    var whole = AdaptiveTest(bank, plan: plan, seed: 9)
    for _ in 0..<20 {
      let item = try #require(whole.nextItem())
      whole.answer(item, answers[0][item])
    }
    var again = AdaptiveTest(bank, plan: plan, seed: 9)
    for answer in whole.answers.prefix(7) { again.answer(answer.item, try #require(answer.category)) }
    while again.ending() == nil, let item = again.nextItem() { again.answer(item, answers[0][item]) }
    #expect(again.answers == whole.answers)
  }

  @Test("content areas get their shares, and an area that runs dry does not end the test")
  func blueprint() throws {
    let (items, truth, answers) = try Golden.bank()
    let bank = try ItemBank(items, areas: items.indices.map { $0 < 3 ? 2 : $0 % 2 })
    let plan = TestPlan(choice: Choice(blueprint: Blueprint(shares: [0: 0.5, 1: 0.25, 2: 0.25])), stopping: .length(20))
    let simulation = Simulation(bank, plan: plan, abilities: Array(truth.prefix(20))) { answers[$0][$1] }
    for person in simulation.people {
      let areas = Dictionary(grouping: person.answers, by: { bank.areas[$0.item] }).mapValues(\.count)
      #expect(areas[2] == 3)
      #expect(person.answers.count == 20)
    }
    let even = TestPlan(choice: Choice(blueprint: Blueprint(shares: [0: 0.6, 1: 0.4])), stopping: .length(20))
    var test = AdaptiveTest(bank, plan: even)
    while test.ending() == nil, let item = test.nextItem() { test.answer(item, answers[0][item]) }
    #expect(test.answers.count { bank.areas[$0.item] == 0 } == 12)
  }

  @Test("each rule ends the test, and says which it was")
  func endings() throws {
    let (items, _, _) = try Golden.bank()
    let bank = try ItemBank(items)
    func ending(_ rules: StoppingRules, elapsed: Double = 0, answers: Int = 12) throws -> Ending? {
      var test = AdaptiveTest(bank, plan: TestPlan(stopping: rules))
      for step in 0..<answers { test.answer(try #require(test.nextItem()), step % 2) }
      return test.ending(elapsed: elapsed)
    }
    #expect(try ending(StoppingRules(standardError: 0.4, leastItems: 8)) == .precise)
    #expect(try ending(StoppingRules(standardError: 0.4, leastItems: 13)) == nil)
    #expect(try ending(StoppingRules(mostItems: 12)) == .length)
    #expect(try ending(StoppingRules(standardError: nil, leastInformation: 5)) == .uninformative)
    #expect(try ending(StoppingRules(standardError: nil, seconds: 60), elapsed: 60) == .time)
    #expect(try ending(StoppingRules(standardError: nil, leastInformation: nil, classification: Classification(cuts: [4]))) == .classified)
    #expect(try ending(StoppingRules(standardError: nil, leastInformation: nil)) == nil)
    var all = AdaptiveTest(try ItemBank(Array(items.prefix(2))))
    all.answer(0, 1)
    all.skip(1)
    #expect(all.ending() == .exhausted)
    #expect(all.nextItem() == nil)
  }

  @Test("an answer to an unknown item, to one already asked or in an unknown category is not taken")
  func refusals() throws {
    let (items, _, _) = try Golden.bank()
    var test = AdaptiveTest(try ItemBank(items))
    let taken = [(500, 1), (-1, 1), (0, 2), (0, 1), (0, 0)].map { test.answer($0.0, $0.1) }
    #expect(taken == [false, false, false, true, false])
    let skipped = [test.skip(1), test.skip(1), test.answer(1, 1)]
    #expect(skipped == [true, false, false])
    #expect(test.answers.count == 2)
    #expect(throws: BankError.empty) { try ItemBank([]) }
    #expect(throws: BankError.areas(expected: 500, found: 1)) { try ItemBank(items, areas: [1]) }
  }

  @Test("levels are where the cuts say, and a test decides only when the interval excludes every cut")
  func levels() {
    let levels = Classification.levels
    #expect([-2, -1.5, 0, 0.5, 3].map(levels.level) == [1, 2, 3, 4, 5])
    #expect(levels.decides(Ability(theta: 0, standardError: 0.3)))
    #expect(!levels.decides(Ability(theta: 0, standardError: 0.31)))
    #expect(!levels.decides(Ability(theta: 0, standardError: .infinity)))
  }
}
