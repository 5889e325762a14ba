extension MatchProblem {
  /// The bound that prices put on every answer; see `verify` for the formula. Only for answers that were stopped early.
  func dualBound(_ prices: PriceSet, levels: Levels) -> Price {
    let pinned = Set(pins)
    let banned = Set(bans)
    var sum = Price.zero
    for (range, price) in zip(mentees, prices.mentees) { sum.add(price, times: price > .zero ? range.most : range.least) }
    for (range, price) in zip(mentors, prices.mentors) { sum.add(price, times: price > .zero ? range.most : range.least) }
    for pair in 0..<table.count where !banned.contains(pair) {
      var slack = Price(quota: 0, pairs: levels.base == 0 ? 0 : 1, weight: table.weight(of: pair))
      slack.add(prices.mentees[table.mentee(of: pair)], times: -1)
      slack.add(prices.mentors[table.mentor(of: pair)], times: -1)
      if slack > .zero || pinned.contains(pair) { sum.add(slack, times: 1) }
    }
    return sum
  }
}

extension Price {
  mutating func add(_ other: Price, times factor: Int) {
    quota += other.quota * factor
    pairs += other.pairs * factor
    weight += other.weight * factor
  }
}
