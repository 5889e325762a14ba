/// A new answer near to an earlier one.
public struct Rematch: Sendable {
  /// Numbers of the pairs used.
  public var pairs: [Int]
  /// What they reach.
  public var objective: MatchObjective
  /// What could be reached if nothing had to be kept; the difference is the cost of keeping.
  public var optimum: MatchObjective
  /// Pairs of the earlier answer that are still possible, yet not used.
  public var moved: Int
  /// What a kept pair counted beyond its weight.
  public var bonus: Int
}

extension MatchProblem {
  /// Matches anew after a decline, a leaver or a newcomer, and disturbs little.
  ///
  /// A kept pair counts its weight and a bonus. Without `moves` the bonus exceeds whatever exchanging people can gain, so that after
  /// shortfall and number of pairs as few pairs as possible move, and only then the weight decides. With `moves` it is the least bonus
  /// at which no more than that many move; if even the greatest moves more, the fewest possible move.
  ///
  /// - Parameters:
  ///   - previous: Numbers of the pairs of the earlier answer; those not allowed any more are gone anyway.
  ///   - prices: The earlier prices; with them one decline costs one or two short searches.
  ///   - moves: The most pairs that may move.
  /// - Throws: `Invalid.tooLarge` when weights and people are too many for a bonus in 64 bits.
  public func rematch(keeping previous: [Int], prices: PriceSet? = nil, moves: Int? = nil) throws(Invalid) -> Rematch {
    guard let levels = Levels(table: table, countsPairs: true, keeps: true) else { throw .tooLarge }
    let market = Market(ReducedProblem(self), levels: levels)
    let kept = previous.filter { (0..<table.count).contains($0) && market.flags[$0] & Market.closed == 0 }
    for pair in kept { market.flags[pair] |= Market.kept }
    func moved() -> Int { kept.count { market.flags[$0] & Market.used == 0 } }
    _ = market.run(warm: prices.map { WarmStart(pairs: previous, prices: $0) })
    var answer = (pairs: pairs(of: market), moved: moved(), bonus: levels.kept)
    let careful = answer
    market.change(bonus: 0)
    let optimum = objective(of: pairs(of: market))
    if let moves, careful.moved < moves {
      var tooSmall: Int64 = -1
      var enough = levels.kept
      while enough - tooSmall > 1 {
        let middle = tooSmall + (enough - tooSmall) / 2
        market.change(bonus: middle)
        let count = moved()
        if count <= moves {
          enough = middle
          answer = (pairs(of: market), count, middle)
        } else {
          tooSmall = middle
        }
      }
    }
    return Rematch(
      pairs: answer.pairs, objective: objective(of: answer.pairs), optimum: optimum, moved: answer.moved, bonus: Int(answer.bonus))
  }
}

extension Market {
  /// Counts kept pairs by another bonus and settles again from where things stand.
  func change(bonus: Int64) {
    levels.kept = bonus
    for person in 0..<offers.count where offers.most[person] > 0 {
      offers.price[person] = max(offers.price[person], offers.floor(person))
    }
    for person in 0..<bidders.count { repair(person) }
    var search = PathSearch(self)
    _ = search.settleAll { _ in true }
  }
}
