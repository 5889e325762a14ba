/// Ranks the mentors of one ask.
///
/// Hard rules come first. Every mentor that passes them gets, for each factor, `points x weight / 1000` rounded down, plus boosts. Equal
/// totals are ordered by greater weekly budget, then by the longer time since the last offer, then by a hash of seed and id. All of it is
/// integer arithmetic: the same input gives the same answer on every machine, whatever the order of `candidates`.
///
/// - Parameters:
///   - candidates: Mentors with distinct ids; of a repeated id only the first counts.
///   - seed: Decides the last ties. Use one seed for each ask, so that a rerun agrees and no id is favoured for ever.
/// - Complexity: O(c x (needs x skills) + c log c) for c candidates.
public func rank(need: Need, candidates: [Candidate], weights: Weights = .standard, pool: Pool, seed: UInt64) -> Ranking {
  let prepared = PreparedNeed(need, pool: pool)
  var seen: Set<Int64> = []
  var placed: [(standing: TieBreak, ranked: Ranked)] = []
  var excluded: [Excluded] = []
  for candidate in candidates where seen.insert(candidate.id).inserted {
    let rules = prepared.failingRules(of: candidate)
    guard rules.isEmpty else {
      excluded.append(Excluded(id: candidate.id, rules: rules, loadIsHidden: candidate.load.isHidden))
      continue
    }
    let ranked = Ranked(id: candidate.id, lines: prepared.lines(of: candidate, weights: weights))
    placed.append((TieBreak(candidate, total: ranked.total, seed: seed), ranked))
  }
  placed.sort { $0.standing.isAhead(of: $1.standing) }
  return Ranking(ranked: placed.map(\.ranked), excluded: excluded)
}

extension PreparedNeed {
  /// The points of a candidate, line by line.
  func lines(of candidate: Candidate, weights: Weights) -> [Reason] {
    let weighted = Factor.allCases.filter { !$0.isBoost }.map { factor in
      let share = share(factor, of: candidate)
      return Reason(factor: factor, points: share.points * weights[factor] / 1000, maximum: weights[factor], fact: share.fact)
    }
    return weighted + Boosts.lines(need: need, candidate: candidate)
  }
}
