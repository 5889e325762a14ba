extension MatchProblem {
  /// What a pin costs: the optimum without it minus the optimum with it.
  ///
  /// - Parameters:
  ///   - pin: The number of a pinned pair.
  ///   - result: The answer with it, with its certificate.
  /// - Returns: Shortfall saved, pairs and weight gained by giving the pin up; in mode score the pairs only inform.
  public func price(ofPin pin: Int, in result: MatchResult, mode: MatchMode) throws(Invalid) -> Price {
    try without(pins: pins.filter { $0 != pin }, bans: bans).gain(over: result, mode: mode)
  }

  /// What a ban costs: the optimum without it minus the optimum with it.
  public func price(ofBan ban: Int, in result: MatchResult, mode: MatchMode) throws(Invalid) -> Price {
    try without(pins: pins, bans: bans.filter { $0 != ban }).gain(over: result, mode: mode)
  }

  private func without(pins: [Int], bans: [Int]) throws(Invalid) -> MatchProblem {
    func people(_ pairs: [Int]) -> [(mentee: Int, mentor: Int)] { pairs.map { (table.mentee(of: $0), table.mentor(of: $0)) } }
    return try MatchProblem(table: table, mentees: mentees, mentors: mentors, pins: people(pins), bans: people(bans))
  }

  private func gain(over result: MatchResult, mode: MatchMode) throws(Invalid) -> Price {
    var options = MatchOptions()
    if let certificate = result.certificate { options.warm = WarmStart(pairs: result.pairs, prices: certificate.prices) }
    let freer = try solve(mode, options: options).objective
    return Price(
      quota: result.objective.short - freer.short, pairs: freer.pairs - result.objective.pairs,
      weight: freer.weight - result.objective.weight)
  }
}
