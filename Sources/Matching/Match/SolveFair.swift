extension MatchProblem {
  /// Mode fair: how many can be placed; the greatest threshold at which as many can; the best weight above it.
  ///
  /// Three sets of prices prove it: nobody could place more, nobody could place as many with a higher threshold, and no greater weight is
  /// possible with this one. The threshold is found by halving the list of measures that occur, or near that of an earlier answer, from which
  /// then every solve starts.
  func solveFair(_ options: MatchOptions) throws(Invalid) -> MatchResult {
    guard let counting = Levels(table: table, countsPairs: true, countsWeight: false), let levels = Levels(table: table, countsPairs: true)
    else { throw .tooLarge }
    let all = Market(ReducedProblem(self), levels: counting)
    guard run(all, options, warm: options.warm) else { return stopped(all) }
    let most = reached(all)
    guard most.pairs > pins.count else {
      return MatchResult(
        pairs: pins, objective: objective(of: pins), certificate: Certificate(prices: try prices(levels)), bound: nil)
    }
    let apart = Set(pins).union(bans)
    var measures = Set<Int>()
    for pair in 0..<table.count where !apart.contains(pair) { measures.insert(table.measure(of: pair, options.fairOn)) }
    let steps = measures.sorted()
    var search = ThresholdSearch(steps, near: options.warm?.threshold)
    while let place = search.next {
      let market = Market(above(steps[place], options.fairOn), levels: counting)
      guard run(market, options, warm: options.warm) else { return stopped(all) }
      search.learn(place, isPossible: reached(market) == most)
    }
    let threshold = steps[search.possible]
    let best = Market(above(threshold, options.fairOn), levels: levels)
    guard run(best, options, warm: options.warm) else { return stopped(best) }
    let blocked = Market(above(threshold + 1, options.fairOn), levels: counting)
    guard run(blocked, options, warm: options.warm) else { return stopped(best) }
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

/// Where to look next between a threshold that is possible and one that is not.
private struct ThresholdSearch {
  private(set) var possible = 0
  private var impossible: Int
  /// Near an earlier threshold the steps widen until the new one lies between two of them.
  private var guess: Int?
  private var stride = 1

  init(_ steps: [Int], near earlier: Int?) {
    impossible = steps.count
    guess = earlier.map { earlier in (steps.firstIndex { $0 > earlier } ?? steps.count) - 1 }
  }

  var next: Int? {
    guard impossible - possible > 1 else { return nil }
    return min(max(guess ?? possible + (impossible - possible) / 2, possible + 1), impossible - 1)
  }

  mutating func learn(_ place: Int, isPossible: Bool) {
    if isPossible { possible = place } else { impossible = place }
    guard guess != nil else { return }
    let further = isPossible ? place + stride : place - stride
    stride *= 4
    guess = further > possible && further < impossible ? further : nil
  }
}
