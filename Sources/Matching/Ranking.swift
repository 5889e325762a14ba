/// The answer to one ask: who may help, best first, and who may not.
public struct Ranking: Sendable, Equatable {
  /// Mentors that pass every hard rule, best first.
  public var ranked: [Ranked]
  /// Mentors that fail at least one, in the order given.
  public var excluded: [Excluded]

  /// Makes a ranking.
  public init(ranked: [Ranked], excluded: [Excluded]) {
    self.ranked = ranked
    self.excluded = excluded
  }
}

/// A mentor with a score and its reasons.
public struct Ranked: Sendable, Equatable, Identifiable {
  /// The mentor.
  public var id: Int64
  /// The sum of the points of all lines.
  public var total: Int
  /// One line for each factor in the order of `Factor`, then the boosts that apply.
  public var lines: [Reason]

  /// Makes a ranked mentor; the total is the sum of the lines.
  public init(id: Int64, lines: [Reason]) {
    self.id = id
    self.lines = lines
    total = lines.reduce(0) { $0 + $1.points }
  }

  /// The line of a factor, if it has one.
  public func line(_ factor: Factor) -> Reason? {
    lines.first { $0.factor == factor }
  }
}

/// A mentor who cannot be offered this ask.
public struct Excluded: Sendable, Equatable, Identifiable {
  /// The mentor.
  public var id: Int64
  /// Every failing rule, in the order of `HardRule`. For the engine and its audit only.
  public var rules: [HardRule]
  /// The failing rules the asker may know. It does not depend on the others, so it gives no hint of them.
  public var told: [HardRule]

  /// Whether the asker may know a reason.
  public var mayBeTold: Bool { !told.isEmpty }

  /// Makes an excluded mentor.
  public init(id: Int64, rules: [HardRule], loadIsHidden: Bool) {
    self.id = id
    self.rules = rules
    told = rules.filter { $0.mayBeTold(loadIsHidden: loadIsHidden) }
  }
}
