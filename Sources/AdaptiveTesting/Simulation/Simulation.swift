/// Many simulated attempts at one test: how accurate it is, how long, and how often each item is shown.
public struct Simulation: Sendable {
  /// What one simulated person did.
  public struct Person: Sendable {
    /// The true ability.
    public let truth: Double
    /// The attempt as it ended.
    public let answers: [AdaptiveTest.Answer]
    /// The final estimate.
    public let ability: Ability
  }
  /// In the order of the abilities given.
  public let people: [Person]
  private let items: Int

  /// Runs one attempt per ability; O(people x length).
  /// - Parameters:
  ///   - respond: the category that person (by place) gives to an item (by place). Nil: drawn from the model with `seed`.
  public init(
    _ bank: ItemBank, plan: TestPlan, abilities: [Double], seed: UInt64 = 0, respond: ((Int, Int) -> Int)? = nil
  ) {
    items = bank.items.count
    people = abilities.enumerated().map { person, truth in
      var test = AdaptiveTest(bank, plan: plan, seed: seed &+ UInt64(truncatingIfNeeded: person))
      var draws = SeededGenerator(seed: seed ^ (0xA5A5_A5A5 &+ UInt64(truncatingIfNeeded: person) &* 0x2545_F491_4F6C_DD1D))
      while test.ending() == nil, let item = test.nextItem() {
        let category = respond?(person, item) ?? Self.draw(bank.items[item], truth, draws.fraction())
        guard test.answer(item, category) || test.skip(item) else { break }
      }
      return Person(truth: truth, answers: test.answers, ability: test.ability)
    }
  }

  private static func draw(_ item: Item, _ theta: Double, _ fraction: Double) -> Int {
    var rest = fraction
    let chances = item.probabilities(theta)
    for (category, chance) in chances.enumerated() {
      rest -= chance
      if rest < 0 { return category }
    }
    return chances.count - 1
  }

  /// Root mean squared error of the final estimates; 0 for nobody.
  public var rootMeanSquaredError: Double { error { $0.ability } }

  /// Root mean squared error after so many answers, of the people who gave as many.
  public func rootMeanSquaredError(after length: Int) -> Double {
    error { $0.answers.count >= length && length > 0 ? $0.answers[length - 1].ability : nil }
  }

  private func error(_ estimate: (Person) -> Ability?) -> Double {
    let squares = people.compactMap { person in
      estimate(person).map { ($0.theta - person.truth) * ($0.theta - person.truth) }
    }
    return squares.isEmpty ? 0 : (squares.reduce(0, +) / Double(squares.count)).squareRoot()
  }

  /// Mean number of items.
  public var meanLength: Double {
    people.isEmpty ? 0 : Double(people.reduce(0) { $0 + $1.answers.count }) / Double(people.count)
  }

  /// For each item the share of people who saw it, 0...1.
  public var exposure: [Double] {
    var counts = [Double](repeating: 0, count: items)
    for person in people { for answer in person.answers { counts[answer.item] += 1 } }
    return people.isEmpty ? counts : counts.map { $0 / Double(people.count) }
  }
}
