extension MatchProblem {
  /// Solves the problem with its people in another order, so that between equally good answers other ones are chosen.
  func solvePermuted(_ mode: MatchMode, options: MatchOptions) throws(Invalid) -> MatchResult {
    var shuffle = SeededShuffle(seed: options.seed)
    let menteeOrder = shuffle.order(of: mentees.count)
    let mentorOrder = shuffle.order(of: mentors.count)
    var rows = PairRows(areWeights: table.areWeights, expected: table.count)
    for mentee in menteeOrder.old {
      for pair in table.pairs(of: mentee) {
        let scores = table.scores(of: pair)
        rows.append(
          mentee: Int32(truncatingIfNeeded: menteeOrder.new[mentee]),
          mentor: Int32(truncatingIfNeeded: mentorOrder.new[table.mentor(of: pair)]), menteeScore: Int32(truncatingIfNeeded: scores.mentee),
          mentorScore: Int32(truncatingIfNeeded: scores.mentor))
      }
    }
    func moved(_ pairs: [Int]) -> [(mentee: Int, mentor: Int)] {
      pairs.map { (menteeOrder.new[table.mentee(of: $0)], mentorOrder.new[table.mentor(of: $0)]) }
    }
    let permuted = try MatchProblem(
      table: PairTable(rows, mentees: mentees.count, mentors: mentors.count), mentees: menteeOrder.old.map { mentees[$0] },
      mentors: mentorOrder.old.map { mentors[$0] }, pins: moved(pins), bans: moved(bans))
    var plain = options
    plain.seed = 0
    plain.warm = nil
    var result = try permuted.solve(mode, options: plain)
    result.pairs = result.pairs.compactMap { pair in
      table.number(
        mentee: menteeOrder.old[permuted.table.mentee(of: pair)], mentor: mentorOrder.old[permuted.table.mentor(of: pair)])
    }.sorted()
    func back(_ prices: PriceSet) -> PriceSet {
      PriceSet(mentees: menteeOrder.new.map { prices.mentees[$0] }, mentors: mentorOrder.new.map { prices.mentors[$0] })
    }
    if let certificate = result.certificate {
      result.certificate = Certificate(
        prices: back(certificate.prices), threshold: certificate.threshold, reach: certificate.reach.map(back),
        blocker: certificate.blocker.map(back))
    }
    return result
  }
}

/// Orders that depend on a seed only (SplitMix64 and the shuffle of Fisher and Yates).
struct SeededShuffle {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// The old number at each new place, and the new place of each old number.
  mutating func order(of count: Int) -> (old: [Int], new: [Int]) {
    var old = Array(0..<count)
    for place in stride(from: count - 1, to: 0, by: -1) {
      old.swapAt(place, Int(next().multipliedFullWidth(by: UInt64(place + 1)).high))
    }
    var new = [Int](repeating: 0, count: count)
    for (place, number) in old.enumerated() { new[number] = place }
    return (old, new)
  }

  private mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
