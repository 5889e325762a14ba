/// Why a mentee got these mentors, or none.
public struct MenteeExplanation: Sendable, Equatable {
  /// A mentor the mentee would have suited better than the one given, and what a place with that mentor is worth.
  public struct Alternative: Sendable, Equatable {
    /// The mentor.
    public var mentor: Int
    /// The weight of the pair.
    public var weight: Int
    /// What one more place with this mentor is worth to the whole answer, at most.
    public var price: Price
  }

  /// Why.
  public enum Outcome: Sendable, Equatable {
    /// Placed with these mentors; each with the place of the pair among the mentee's own, 1 being the best.
    case placed([(mentor: Int, weight: Int, rank: Int)], better: [Alternative])
    /// There is no allowed mentor.
    case nobodyAllowed
    /// All allowed mentors are full, or a place with them is worth more to others. One more place with one of these would help most.
    case allFull(remedies: [Alternative])
    /// Left out although an allowed mentor has a place, because the pair's weight is negative (mode score).
    case worthNothing

    public static func == (left: Outcome, right: Outcome) -> Bool {
      switch (left, right) {
      case (.placed(let a, let b), .placed(let c, let d)): a.elementsEqual(c, by: ==) && b == d
      case (.nobodyAllowed, .nobodyAllowed), (.worthNothing, .worthNothing): true
      case (.allFull(let a), .allFull(let b)): a == b
      default: false
      }
    }
  }

  /// The mentee.
  public var mentee: Int
  /// What happened, and why.
  public var outcome: Outcome
}

extension MatchProblem {
  /// Explains an answer to every mentee: facts that can be looked up in the files, and prices from the certificate.
  ///
  /// - Complexity: O(a log a) for a pairs.
  public func explain(_ result: MatchResult) -> [MenteeExplanation] {
    let used = Set(result.pairs)
    let banned = Set(bans)
    var degrees = [Int](repeating: 0, count: mentors.count)
    for pair in result.pairs { degrees[table.mentor(of: pair)] += 1 }
    return mentees.indices.map { mentee in
      let own = table.pairs(of: mentee).filter { !banned.contains($0) }.sorted { (-table.weight(of: $0), $0) < (-table.weight(of: $1), $1) }
      func alternative(_ pair: Int) -> MenteeExplanation.Alternative {
        let mentor = table.mentor(of: pair)
        return .init(mentor: mentor, weight: table.weight(of: pair), price: result.certificate?.prices.mentors[mentor] ?? .zero)
      }
      let placed = own.enumerated().filter { used.contains($0.element) }
      if !placed.isEmpty {
        let better = own.prefix(placed.first?.offset ?? 0).prefix(3).map(alternative)
        return MenteeExplanation(
          mentee: mentee,
          outcome: .placed(
            placed.map { (table.mentor(of: $0.element), table.weight(of: $0.element), $0.offset + 1) }, better: better))
      }
      if own.isEmpty { return MenteeExplanation(mentee: mentee, outcome: .nobodyAllowed) }
      let full = own.filter { degrees[table.mentor(of: $0)] >= mentors[table.mentor(of: $0)].most }
      if full.isEmpty { return MenteeExplanation(mentee: mentee, outcome: .worthNothing) }
      let remedies = full.map(alternative).sorted { ($1.price, $1.weight, $0.mentor) < ($0.price, $0.weight, $1.mentor) }.prefix(3)
      return MenteeExplanation(mentee: mentee, outcome: .allFull(remedies: Array(remedies)))
    }
  }
}
