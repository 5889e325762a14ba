/// One attempt of one person at an adaptive test: which item is next, what is believed, when it ends.
///
/// A value without clock or hidden randomness: the same bank, plan, seed and answers give the same attempt, so that one that was
/// interrupted is resumed by giving it its answers again. Choosing and answering cost a few microseconds.
public struct AdaptiveTest: Sendable {
  /// The items, frozen for this attempt.
  public let bank: ItemBank
  /// How it is chosen, estimated and ended.
  public let plan: TestPlan
  /// What has been answered, in order.
  public private(set) var answers: [Answer] = []
  /// The present estimate.
  public private(set) var ability: Ability

  private let seed: UInt64
  private var posterior: Posterior
  private var used: [Bool]
  private var likelihood = MaximumLikelihood()
  private var scored = 0
  private var asked: [Int: Int] = [:]

  /// One answer and what was believed after it.
  public struct Answer: Hashable, Codable, Sendable {
    /// Place of the item in the bank.
    public let item: Int
    /// The category; nil for an item that was skipped or timed out, which counts as not asked.
    public let category: Int?
    /// The estimate after the answer.
    public let ability: Ability
  }

  /// - Parameter seed: of the draws of this attempt; keep it with the attempt.
  public init(_ bank: ItemBank, plan: TestPlan = TestPlan(), seed: UInt64 = 0) {
    self.bank = bank
    self.plan = plan
    self.seed = seed
    used = Array(repeating: false, count: bank.items.count)
    switch plan.estimator {
    case .expected(let mean, let deviation):
      posterior = Posterior(prior: Quadrature(mean: mean, deviation: deviation))
      ability = posterior.ability
    case .maximumLikelihood:
      posterior = Posterior()
      ability = Ability(theta: 0, standardError: .infinity)
    }
  }

  /// The place of the next item, or nil when nothing is left to ask. It stays the same until an answer is given.
  public func nextItem() -> Int? {
    guard let blueprint = plan.choice.blueprint, !bank.areas.isEmpty else { return draw { !used[$0] } }
    for area in blueprint.neediest(asked: asked) {
      if let item = draw({ !used[$0] && bank.areas[$0] == area }) { return item }
    }
    return nil
  }

  private func draw(_ allowed: (Int) -> Bool) -> Int? {
    let step = answers.count
    if step < plan.choice.randomesqueItems {
      let best = bank.index.best(plan.choice.randomesqueBest, at: ability.theta, in: bank.items, where: allowed)
      let place = Int(SeededGenerator.fraction(seed: seed, step, -1) * Double(best.count))
      return best.indices.contains(place) ? best[place].item : nil
    }
    guard let exposure = plan.choice.exposure else {
      return bank.index.best(1, at: ability.theta, in: bank.items, where: allowed).first?.item
    }
    // Best first; an item that loses its draw is out for this person, and the best of the losers is taken when all lose.
    var refused: Set<Int> = []
    while let best = bank.index.best(1, at: ability.theta, in: bank.items, where: { allowed($0) && !refused.contains($0) }).first?.item {
      if SeededGenerator.fraction(seed: seed, best, 0) < exposure.chance(best) { return best }
      refused.insert(best)
    }
    return bank.index.best(1, at: ability.theta, in: bank.items, where: allowed).first?.item
  }

  /// Takes an answer in.
  /// - Returns: whether it was taken: false for an item that is not in the bank or was asked before, or a category it lacks.
  @discardableResult
  public mutating func answer(_ item: Int, _ category: Int) -> Bool {
    guard take(item), (0..<bank.items[item].categories).contains(category) else { return false }
    used[item] = true
    if !bank.areas.isEmpty { asked[bank.areas[item], default: 0] += 1 }
    scored += 1
    switch plan.estimator {
    case .expected:
      posterior.update(bank.column(item, category))
      ability = posterior.ability
    case .maximumLikelihood:
      likelihood.add(bank.items[item], category)
      ability = likelihood.estimate(start: ability.theta, difficulties: bank.difficulties)
    }
    answers.append(Answer(item: item, category: category, ability: ability))
    return true
  }

  /// Sets an item aside unscored: skipped, timed out, or given only to be calibrated.
  @discardableResult
  public mutating func skip(_ item: Int) -> Bool {
    guard take(item) else { return false }
    used[item] = true
    answers.append(Answer(item: item, category: nil, ability: ability))
    return true
  }

  private func take(_ item: Int) -> Bool { used.indices.contains(item) && !used[item] }

  /// Why the test is over, or nil while it goes on.
  /// - Parameter elapsed: seconds since the first item was shown.
  public func ending(elapsed: Double = 0) -> Ending? {
    if let seconds = plan.stopping.seconds, elapsed >= seconds { return .time }
    let rules = plan.stopping
    if scored >= rules.mostItems { return .length }
    guard let next = nextItem() else { return .exhausted }
    guard scored >= rules.leastItems else { return nil }
    if let target = rules.standardError, ability.standardError <= target { return .precise }
    if let classification = rules.classification, classification.decides(ability) { return .classified }
    if let least = rules.leastInformation {
      let best =
        bank.index.best(1, at: ability.theta, in: bank.items) { !used[$0] }.first?.information
        ?? bank.items[next].information(ability.theta)
      if best <= least { return .uninformative }
    }
    return nil
  }
}
