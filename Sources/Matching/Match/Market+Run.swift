extension Market {
  /// A market in which the side with fewer places bids: the other one then has places left over, whose price is 0 from the start.
  convenience init(_ problem: borrowing ReducedProblem, levels: Levels) {
    self.init(problem, levels: levels, biddersAreMentees: problem.mentees.total <= problem.mentors.total)
  }

  /// Solves the market.
  ///
  /// - Returns: Whether it finished; false when `mayContinue` said no.
  func run(warm: WarmStart? = nil, mayContinue: (Int) -> Bool = { _ in true }) -> Bool {
    if let warm {
      restore(warm)
    } else if levels.unit > 0 {
      var auction = Auction(self)
      isBidding = true
      let isDone = auction.run(step: 1, budget: 40 * bidders.places + 1000, mayContinue: mayContinue)
      isBidding = false
      auction.finish()
      guard isDone else { return stop() }
    } else {
      for person in 0..<bidders.count { repair(person) }
    }
    var search = PathSearch(self)
    return search.settleAll(mayContinue) || stop()
  }

  /// Gives whoever has room the best of what is left, so that an answer stopped early leaves nobody out needlessly. Prices stay as they are
  /// and still bound every answer.
  ///
  /// - Complexity: O(pairs of those with room) for each of their places.
  private func stop() -> Bool {
    for person in 0..<bidders.count {
      var goesOn = true
      while goesOn, bidders.degree[person] < bidders.most[person] {
        var best = bidders.degree[person] < bidders.least[person] ? 0 &- levels.quota : 0
        var chosen: Int32 = -1
        for place in places(of: person, mentee: biddersAreMentees) {
          let offer = neighbour(at: place, mentee: biddersAreMentees)
          let pair = pair(at: place, mentee: biddersAreMentees)
          let gain = gain(at: place, mentee: biddersAreMentees)
          if gain > best, offers.degree[offer] < offers.most[offer], flags[pair] & (Self.used | Self.closed) == 0 {
            (best, chosen) = (gain, pair)
          }
        }
        goesOn = chosen >= 0
        if goesOn { use(chosen) }
      }
    }
    return false
  }

  /// Sets the prices of the bidders while bidding goes on, when they mean nothing yet, to those that go best with the prices of the offers.
  /// With them `MatchProblem.dualBound` tells how far from the best this moment is at most.
  ///
  /// - Complexity: O(pairs) where bidders have one place, else O(pairs log pairs of a bidder).
  func priceBidders() {
    for person in 0..<bidders.count where bidders.most[person] > 0 {
      let open = places(of: person, mentee: biddersAreMentees).filter { flags[pair(at: $0, mentee: biddersAreMentees)] & Self.closed == 0 }
      let values = open.lazy.map {
        self.gain(at: $0, mentee: self.biddersAreMentees) &- self.offers.price[self.neighbour(at: $0, mentee: self.biddersAreMentees)]
      }
      let most = Int(bidders.most[person])
      let last = most == 1 ? values.max() : most <= open.count ? values.sorted(by: >)[most &- 1] : nil
      bidders.price[person] = max(0, last ?? 0)
    }
  }

  /// Takes over what still fits of an earlier answer and its prices.
  private func restore(_ warm: WarmStart) {
    let known = biddersAreMentees ? warm.prices.mentors : warm.prices.mentees
    for (person, price) in known.enumerated() where person < offers.count {
      // Where weight does not count, it is no part of a price.
      let counted = Price(quota: price.quota, pairs: price.pairs, weight: levels.unit > 0 ? price.weight : 0)
      if offers.most[person] > 0 { offers.price[person] = max(levels.packed(counted), 0 &- levels.quota) }
    }
    for pair in warm.pairs where (0..<table.count).contains(pair) && flags[pair] & (Self.closed | Self.used) == 0 {
      let mentee = Int(table.mentee[pair])
      let mentor = Int(table.mentor[pair])
      if mentees.degree[mentee] < mentees.most[mentee], mentors.degree[mentor] < mentors.most[mentor] {
        use(Int32(truncatingIfNeeded: pair))
      }
    }
    for person in 0..<offers.count where offers.most[person] > 0 {
      offers.price[person] = max(offers.price[person], offers.floor(person))
    }
    for person in 0..<bidders.count { repair(person) }
  }
}
