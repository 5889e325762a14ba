/// Why a certain mentor is not among those shown.
public enum WhyNot: Sendable, Equatable {
  /// The mentor is shown, at this place counted from 1.
  case shown(place: Int)
  /// The mentor may help but comes later, at this place counted from 1; every factor stands beside that of the last one shown.
  case lower(place: Int, against: [LineGap])
  /// Hard rules that may be told.
  case rules([HardRule])
  /// One and the same answer for everything that stays private, and for ids that are unknown.
  case notAvailable
}

/// One factor of a mentor beside that of the last one shown.
public struct LineGap: Sendable, Equatable {
  /// What is compared.
  public var factor: Factor
  /// The mentor's points.
  public var points: Int
  /// The points of the last one shown.
  public var lastShown: Int
}

extension Ranking {
  /// Why a mentor is not among the first `shown`.
  public func whyNot(_ id: Int64, shown: Int) -> WhyNot {
    if let index = ranked.firstIndex(where: { $0.id == id }) {
      guard index >= shown, let last = ranked.prefix(max(0, shown)).last else { return .shown(place: index + 1) }
      return .lower(place: index + 1, against: Self.gaps(ranked[index], last))
    }
    guard let told = excluded.first(where: { $0.id == id })?.told, !told.isEmpty else { return .notAvailable }
    return .rules(told)
  }

  private static func gaps(_ mentor: Ranked, _ last: Ranked) -> [LineGap] {
    Factor.allCases.compactMap { factor in
      let own = mentor.line(factor)
      let other = last.line(factor)
      guard own != nil || other != nil else { return nil }
      return LineGap(factor: factor, points: own?.points ?? 0, lastShown: other?.points ?? 0)
    }
  }
}
