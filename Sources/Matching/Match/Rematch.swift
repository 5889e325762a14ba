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
    guard var levels = Levels(table: table, countsPairs: true, keeps: true) else { throw .tooLarge }
    let greatest = levels.kept
    // With a limit it begins at the optimum and goes no further than it must; without one it begins at the end.
    if moves != nil { levels.kept = 0 }
    let market = Market(ReducedProblem(self), levels: levels)
    let kept = previous.filter { (0..<table.count).contains($0) && market.flags[$0] & Market.closed == 0 }
    for pair in kept { market.flags[pair] |= Market.kept }
    _ = market.run(warm: prices.map { WarmStart(pairs: previous, prices: $0) })
    let optimum: MatchObjective
    let answer: [Int]
    if let moves {
      optimum = objective(of: pairs(of: market))
      market.keep(kept, moving: moves, greatest: greatest)
      answer = pairs(of: market)
    } else {
      answer = pairs(of: market)
      market.lower(bonusTo: 0)
      optimum = objective(of: pairs(of: market))
    }
    let used = Set(answer)
    return Rematch(
      pairs: answer, objective: objective(of: answer), optimum: optimum, moved: kept.count { !used.contains($0) },
      bonus: Int(moves == nil ? greatest : market.levels.kept))
  }
}

extension Market {
  /// Finds the least bonus at which no more than so many kept pairs are out of use, and settles at it.
  ///
  /// Every try begins at the last bonus that was too small, so that each only raises it: then nobody's prices have to be looked at but those
  /// of people whose kept pair is out of use.
  ///
  /// - Complexity: O(log(bonus)) times the people whose kept pairs moved, and a copy of what is in use.
  fileprivate func keep(_ kept: [Int], moving moves: Int, greatest: Int64) {
    func moved() -> Int { kept.count { flags[$0] & Market.used == 0 } }
    guard moved() > moves else { return }
    var state = MarketState(self)
    var tooSmall: Int64 = 0
    var enough: Int64 = 1
    while true {
      raise(bonusTo: enough, of: kept)
      if moved() <= moves || enough == greatest { break }
      tooSmall = enough
      state = MarketState(self)
      enough = min(greatest, enough * 8)
    }
    // If even the greatest bonus moves more, the fewest possible move.
    let limit = max(moves, moved())
    while enough - tooSmall > 1 {
      let middle = tooSmall + (enough - tooSmall) / 2
      state.restore(self)
      raise(bonusTo: middle, of: kept)
      if moved() <= limit {
        enough = middle
      } else {
        tooSmall = middle
        state = MarketState(self)
      }
    }
    state.restore(self)
    raise(bonusTo: enough, of: kept)
  }

  /// Counts kept pairs by a greater bonus. Pairs in use only become more worth it; those out of use may now be worth more than the prices.
  private func raise(bonusTo bonus: Int64, of kept: [Int]) {
    levels.kept = bonus
    var people: Set<Int> = []
    for pair in kept where flags[pair] & Market.used == 0 {
      people.insert(person(of: Int32(truncatingIfNeeded: pair), mentee: biddersAreMentees))
    }
    for person in people.sorted() { repair(person) }
    settle()
  }

  /// Counts kept pairs by a smaller bonus and settles again from where things stand.
  fileprivate func lower(bonusTo bonus: Int64) {
    levels.kept = bonus
    for person in 0..<offers.count where offers.most[person] > 0 {
      offers.price[person] = max(offers.price[person], offers.floor(person))
    }
    for person in 0..<bidders.count { repair(person) }
    settle()
  }

  private func settle() {
    var search = PathSearch(self)
    _ = search.settleAll { _ in true }
  }
}
