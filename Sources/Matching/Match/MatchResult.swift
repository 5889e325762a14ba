/// What a program-wide match aims at.
public enum MatchMode: String, Sendable, CaseIterable {
  /// Least shortfall, then most pairs, then greatest weight.
  case coverage
  /// Least shortfall, then greatest weight; a pair of negative weight stays unused unless a minimum or a pin asks for it.
  case score
  /// Least shortfall, then most pairs, then the best worst pair, then greatest weight.
  case fair
  /// No two people who would both rather have each other (deferred acceptance, mentees propose).
  case stable
}

/// What mode `fair` looks at in a pair.
public enum FairMeasure: String, Sendable, CaseIterable {
  /// The weight.
  case pair
  /// The mentee's score.
  case mentee
  /// The mentor's score.
  case mentor
}

/// How good an answer is, in the order in which it counts.
public struct MatchObjective: Sendable, Hashable {
  /// Places missing below all minimums together.
  public var short: Int
  /// Pairs used, pins among them.
  public var pairs: Int
  /// The weight of all pairs used.
  public var weight: Int

  /// Makes an objective.
  public init(short: Int, pairs: Int, weight: Int) {
    self.short = short
    self.pairs = pairs
    self.weight = weight
  }
}

/// A price for each person.
public struct PriceSet: Sendable, Equatable {
  /// Of each mentee.
  public var mentees: [Price]
  /// Of each mentor.
  public var mentors: [Price]

  /// Makes a set of prices.
  public init(mentees: [Price], mentors: [Price]) {
    self.mentees = mentees
    self.mentors = mentors
  }
}

/// Prices from which anybody can tell in one pass that an answer is optimal; see `verify`.
public struct Certificate: Sendable, Equatable {
  /// They bound the objective from above by exactly what was reached.
  public var prices: PriceSet
  /// Mode fair: the least measure of a pair that is not pinned; `nil` when there is no such pair.
  public var threshold: Int?
  /// Mode fair: nobody could place more.
  public var reach: PriceSet?
  /// Mode fair: with only pairs above the threshold one would place fewer.
  public var blocker: PriceSet?

  /// Makes a certificate.
  public init(prices: PriceSet, threshold: Int? = nil, reach: PriceSet? = nil, blocker: PriceSet? = nil) {
    self.prices = prices
    self.threshold = threshold
    self.reach = reach
    self.blocker = blocker
  }
}

/// The answer of a program-wide match.
public struct MatchResult: Sendable {
  /// Numbers of the pairs used, ascending: ordered by mentee, then by mentor.
  public var pairs: [Int]
  /// What the answer reaches.
  public var objective: MatchObjective
  /// The proof; `nil` in mode stable and for an answer that was stopped early.
  public var certificate: Certificate?
  /// Of an answer that was stopped early: no answer can be better than this.
  public var bound: Price?
}
