/// How a match is to be made.
public struct MatchOptions: Sendable {
  /// What mode fair looks at.
  public var fairOn: FairMeasure
  /// Decides between answers that are equally good: 0 keeps the order of people, any other number permutes it.
  public var seed: UInt64
  /// Prices and pairs to start from, of this problem or a similar one.
  public var warm: WarmStart?
  /// Asked now and then, with how far the work is; false ends it with what there is.
  public var mayContinue: @Sendable (_ progress: MatchProgress) -> Bool

  /// Makes options.
  public init(
    fairOn: FairMeasure = .pair, seed: UInt64 = 0, warm: WarmStart? = nil,
    mayContinue: @escaping @Sendable (_ progress: MatchProgress) -> Bool = { _ in true }
  ) {
    self.fairOn = fairOn
    self.seed = seed
    self.warm = warm
    self.mayContinue = mayContinue
  }
}

/// Where to start from.
public struct WarmStart: Sendable {
  /// Numbers of pairs used before.
  public var pairs: [Int]
  /// The prices of then.
  public var prices: PriceSet
  /// The threshold of then, in mode fair.
  public var threshold: Int?

  /// Makes a start.
  public init(pairs: [Int], prices: PriceSet, threshold: Int? = nil) {
    self.pairs = pairs
    self.prices = prices
    self.threshold = threshold
  }
}

/// How far a match is while it is being made.
public struct MatchProgress {
  /// People of the side being placed who still bid, then those who have not been looked at.
  public let remaining: Int
  let standing: () -> (objective: MatchObjective, bound: Price)

  /// What is reached at this moment, and what no answer exceeds: shortfall as a negative number, pairs, weight.
  ///
  /// - Complexity: O(pairs). Ask for it now and then only.
  public var gap: (objective: MatchObjective, bound: Price) { standing() }
}

extension MatchProblem {
  /// Solves the problem: the best answer there is, with its proof.
  ///
  /// Bidding gives an answer close to the best (`Auction`), shortest alternating paths make it exact (`PathSearch`). Mode stable is
  /// deferred acceptance (`stableMatch`). The same problem and options give the same answer on every machine.
  ///
  /// - Throws: `Invalid.tooLarge`.
  /// - Complexity: O(p (a + v log v)) for p places, a pairs and v people at worst; in practice close to linear in the pairs.
  public func solve(_ mode: MatchMode, options: MatchOptions = MatchOptions()) throws(Invalid) -> MatchResult {
    if options.seed != 0 { return try solvePermuted(mode, options: options) }
    switch mode {
    case .stable:
      let pairs = stablePairs()
      return MatchResult(pairs: pairs, objective: objective(of: pairs), certificate: nil, bound: nil)
    case .fair: return try solveFair(options)
    case .coverage, .score:
      guard let levels = Levels(table: table, countsPairs: mode == .coverage) else { throw .tooLarge }
      let market = Market(ReducedProblem(self), levels: levels)
      let isDone = run(market, options, warm: options.warm)
      return result(of: market, isDone: isDone)
    }
  }

  /// Runs a market and tells how far it is.
  func run(_ market: Market, _ options: MatchOptions, warm: WarmStart?) -> Bool {
    market.run(warm: warm) { remaining in
      options.mayContinue(
        MatchProgress(remaining: remaining) {
          if market.isBidding { market.priceBidders() }
          return (objective(of: pairs(of: market)), dualBound(PriceSet(market, self), levels: market.levels))
        })
    }
  }

  /// What a set of pairs reaches.
  ///
  /// - Complexity: O(pairs + people).
  public func objective(of pairs: [Int]) -> MatchObjective {
    var degrees = (mentees: [Int](repeating: 0, count: mentees.count), mentors: [Int](repeating: 0, count: mentors.count))
    var weight = 0
    for pair in pairs {
      degrees.mentees[table.mentee(of: pair)] += 1
      degrees.mentors[table.mentor(of: pair)] += 1
      weight += table.weight(of: pair)
    }
    var short = 0
    for (range, degree) in zip(mentees, degrees.mentees) { short += max(0, range.least - degree) }
    for (range, degree) in zip(mentors, degrees.mentors) { short += max(0, range.least - degree) }
    return MatchObjective(short: short, pairs: pairs.count, weight: weight)
  }

  /// The pairs in use in a market together with the pins.
  func pairs(of market: Market) -> [Int] {
    var used = pins
    for pair in 0..<table.count where market.flags[pair] & Market.used != 0 { used.append(pair) }
    if !pins.isEmpty { used.sort() }
    return used
  }

  private func result(of market: Market, isDone: Bool) -> MatchResult {
    let used = pairs(of: market)
    let prices = PriceSet(market, self)
    return MatchResult(
      pairs: used, objective: objective(of: used), certificate: isDone ? Certificate(prices: prices) : nil,
      bound: isDone ? nil : dualBound(prices, levels: market.levels))
  }
}
