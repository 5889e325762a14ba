extension MatchProblem {
  /// Deferred acceptance, mentees proposing (Gale and Shapley, 1962; with capacities Roth, 1984).
  ///
  /// A mentee proposes to mentors from the best score down, a mentor keeps the best proposals up to the places there are. Equal scores go by
  /// the order of people. Pins come first and take places; minimums are reported, not honoured.
  ///
  /// - Complexity: O(a log a) for a pairs.
  func stablePairs() -> [Int] {
    let reduced = ReducedProblem(self)
    var wanted = [[Int]](repeating: [], count: mentees.count)
    for mentee in mentees.indices {
      wanted[mentee] = table.pairs(of: mentee).filter { !reduced.closed[$0] }
        .sorted { (-table.scores(of: $0).mentee, $0) < (-table.scores(of: $1).mentee, $1) }
    }
    var next = [Int](repeating: 0, count: mentees.count)
    var free = mentees.indices.map { Int(reduced.mentees.most[$0]) }
    var held = [[Int]](repeating: [], count: mentors.count)
    var waiting = Array(mentees.indices.reversed())
    while let mentee = waiting.popLast() {
      while free[mentee] > 0, next[mentee] < wanted[mentee].count {
        let pair = wanted[mentee][next[mentee]]
        next[mentee] += 1
        free[mentee] -= 1
        let mentor = table.mentor(of: pair)
        held[mentor].append(pair)
        if held[mentor].count > Int(reduced.mentors.most[mentor]),
          let worst = held[mentor].indices.min(by: {
            (score(held[mentor][$0]), -held[mentor][$0]) < (score(held[mentor][$1]), -held[mentor][$1])
          })
        {
          let loser = table.mentee(of: held[mentor].remove(at: worst))
          free[loser] += 1
          if loser != mentee { waiting.append(loser) }
        }
      }
    }
    return (pins + held.joined()).sorted()
  }

  private func score(_ pair: Int) -> Int { table.scores(of: pair).mentor }
}
