extension PriceSet {
  /// The prices of a settled market, also for people who had no place to give and so took no part.
  ///
  /// - Parameter counts: Whether a pair may be used at all by these prices' claim; pins and bans are left out by themselves.
  init(_ market: Market, _ problem: MatchProblem, counts: (Int) -> Bool = { _ in true }) {
    let levels = market.levels
    var mentees = (0..<market.mentees.count).map { market.mentees.certified($0) }
    var mentors = (0..<market.mentors.count).map { market.mentors.certified($0) }
    let idleMentees = mentees.indices.contains { market.mentees.most[$0] == 0 }
    let idleMentors = mentors.indices.contains { market.mentors.most[$0] == 0 }
    if idleMentees || idleMentors {
      let apart = Set(problem.pins).union(problem.bans)
      for isMentee in [true, false] {
        for pair in 0..<problem.table.count {
          let mentee = problem.table.mentee(of: pair)
          let mentor = problem.table.mentor(of: pair)
          guard (isMentee ? market.mentees.most[mentee] : market.mentors.most[mentor]) == 0, counts(pair), !apart.contains(pair) else {
            continue
          }
          let slack = market.gain(Int32(truncatingIfNeeded: pair)) - mentees[mentee] - mentors[mentor]
          guard slack > 0 else { continue }
          if isMentee { mentees[mentee] += slack } else { mentors[mentor] += slack }
        }
      }
    }
    self.init(mentees: mentees.map(levels.price), mentors: mentors.map(levels.price))
  }
}

extension Side {
  /// A price that also fits the full problem: without a minimum left to fill nobody needs a price below 0.
  fileprivate func certified(_ person: Int) -> Int64 {
    least[person] == 0 ? max(0, price[person]) : price[person]
  }
}
