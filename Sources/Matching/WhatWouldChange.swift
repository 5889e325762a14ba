/// One input of the viewer's that could be different.
public enum Change: Sendable, Equatable {
  /// The asker adds free slots.
  case moreSlots(count: Int)
  /// The asker takes a shorter session.
  case shorterSession(minutes: Int)
  /// The asker adds a language.
  case language(String)
  /// The asker waits longer.
  case longerHorizon(days: Int)
  /// The asker drops the wish or demand about the department.
  case anyDepartment
  /// The mentor adds minutes to the weekly budget.
  case moreBudget(minutes: Int)
  /// One of the mentor's skill levels is confirmed.
  case confirmedSkill(Int64, level: Int)
}

/// A changed input, complete enough to rank again.
public struct Alternative: Sendable {
  /// What is different.
  public var change: Change
  /// How much it asks of the viewer; the smallest is shown first.
  public var effort: Int
  /// The need after the change.
  public var need: Need
  /// The candidates after the change, with their common slots looked up again.
  public var candidates: [Candidate]
  /// The pool after the change.
  public var pool: Pool

  /// Makes an alternative.
  public init(change: Change, effort: Int, need: Need, candidates: [Candidate], pool: Pool) {
    self.change = change
    self.effort = effort
    self.need = need
    self.candidates = candidates
    self.pool = pool
  }
}

/// What a change would do, found by ranking again.
public struct Effect: Sendable, Equatable {
  /// The change.
  public var change: Change
  /// How much it asks of the viewer.
  public var effort: Int
  /// The mentor asked about and the new place counted from 1, when the change brings the mentor among those shown.
  public var bringsIn: Place?
  /// Mentors that may help only after the change, best first.
  public var adds: [Int64]

  /// A mentor's place.
  public struct Place: Sendable, Equatable {
    /// The mentor.
    public var id: Int64
    /// The place counted from 1.
    public var place: Int
  }
}

extension Ranking {
  /// The alternatives that bring a mentor among the first `shown`, or add anybody to the candidates; smallest effort first, equal efforts
  /// in the order given. An alternative that does neither is left out.
  ///
  /// Every effect is a rerun of `rank` with the changed input, never a formula of its own.
  ///
  /// - Parameter id: The mentor asked about; `nil` when the question is only who could be added.
  public func whatWouldChange(for id: Int64?, shown: Int, among alternatives: [Alternative], weights: Weights = .standard, seed: UInt64)
    -> [Effect]
  {
    let before = Set(ranked.map(\.id))
    let shownBefore = Set(ranked.prefix(max(0, shown)).map(\.id))
    let effects = alternatives.enumerated().compactMap { order, alternative -> (order: Int, effect: Effect)? in
      let after = rank(
        need: alternative.need, candidates: alternative.candidates, weights: weights, pool: alternative.pool, seed: seed)
      let index = after.ranked.prefix(max(0, shown)).firstIndex { $0.id == id && !shownBefore.contains($0.id) }
      let place = index.map { Effect.Place(id: after.ranked[$0].id, place: $0 + 1) }
      let adds = after.ranked.map(\.id).filter { !before.contains($0) }
      guard place != nil || !adds.isEmpty else { return nil }
      return (order, Effect(change: alternative.change, effort: alternative.effort, bringsIn: place, adds: adds))
    }
    return effects.sorted { ($0.effect.effort, $0.order) < ($1.effect.effort, $1.order) }.map(\.effect)
  }
}
