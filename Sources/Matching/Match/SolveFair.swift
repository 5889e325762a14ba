extension MatchProblem {
  /// Mode fair: how many can be placed; the greatest threshold at which as many can; the best weight above it.
  ///
  /// Three sets of prices prove it: nobody could place more, nobody could place as many with a higher threshold, and no greater weight is
  /// possible with this one. The threshold is found by halving the list of measures that occur.
  func solveFair(_ options: MatchOptions) throws(Invalid) -> MatchResult {
    guard let counting = Levels(table: table, countsPairs: true, countsWeight: false), let levels = Levels(table: table, countsPairs: true)
    else { throw .tooLarge }
    let all = Market(ReducedProblem(self), levels: counting)
    guard all.run(mayContinue: options.mayContinue) else { return stopped(all) }
    let most = reached(all)
    guard most.pairs > pins.count else {
      return MatchResult(
        pairs: pins, objective: objective(of: pins), certificate: Certificate(prices: try prices(levels)), bound: nil)
    }
    let apart = Set(pins).union(bans)
    var measures = Set<Int>()
    for pair in 0..<table.count where !apart.contains(pair) { measures.insert(table.measure(of: pair, options.fairOn)) }
    let steps = measures.sorted()
    var possible = 0
    var impossible = steps.count
    while impossible - possible > 1 {
      let middle = (possible + impossible) / 2
      let market = Market(above(steps[middle], options.fairOn), levels: counting)
      guard market.run(mayContinue: options.mayContinue) else { return stopped(all) }
      if reached(market) == most { possible = middle } else { impossible = middle }
    }
    let threshold = steps[possible]
    let best = Market(above(threshold, options.fairOn), levels: levels)
    guard best.run(mayContinue: options.mayContinue) else { return stopped(best) }
    let blocked = Market(above(threshold + 1, options.fairOn), levels: counting)
    guard blocked.run(mayContinue: options.mayContinue) else { return stopped(best) }
    let used = pairs(of: best)
    return MatchResult(
      pairs: used, objective: objective(of: used),
      certificate: Certificate(
        prices: PriceSet(best, self) { table.measure(of: $0, options.fairOn) >= threshold }, threshold: threshold,
        reach: PriceSet(all, self),
        blocker: PriceSet(blocked, self) { table.measure(of: $0, options.fairOn) > threshold }),
      bound: nil)
  }

  private func above(_ threshold: Int, _ fairOn: FairMeasure) -> ReducedProblem {
    ReducedProblem(self) { table.measure(of: $0, fairOn) < threshold }
  }

  private func reached(_ market: Market) -> MatchObjective {
    var reached = objective(of: pairs(of: market))
    reached.weight = 0
    return reached
  }

  private func prices(_ levels: Levels) throws(Invalid) -> PriceSet {
    let market = Market(ReducedProblem(self), levels: levels)
    _ = market.run()
    return PriceSet(market, self)
  }

  private func stopped(_ market: Market) -> MatchResult {
    let used = pairs(of: market)
    return MatchResult(
      pairs: used, objective: objective(of: used), certificate: nil,
      bound: dualBound(PriceSet(market, self), levels: market.levels))
  }
}
