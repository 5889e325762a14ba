/// What the plan already holds on one day, as far as one card is concerned.
public struct PlanDay: Hashable, Sendable {
  /// How much a person wants to learn on a day.
  public enum Ease: Hashable, Sendable {
    case normal, reduced, free

    /// Never 0: a card must find a day even when all days are free.
    var weight: Double {
      switch self {
      case .normal: 1
      case .reduced: 0.5
      case .free: 0.0001
      }
    }
  }

  /// Minutes of review already due on the day.
  public let load: Double
  /// Minutes the person has on the day.
  public let budget: Double
  /// The person's wish for the day.
  public let ease: Ease
  /// Days to the nearest other card of the same note; nil when there is none near.
  public let siblingDistance: Int?

  /// Minutes below 0, infinite or not a number are brought to 0...1 000 000.
  public init(load: Double, budget: Double, ease: Ease = .normal, siblingDistance: Int? = nil) {
    self.load = load.clamped(to: 0...1_000_000)
    self.budget = budget.clamped(to: 0...1_000_000)
    self.ease = ease
    self.siblingDistance = siblingDistance
  }

  var isFull: Bool { load >= budget }

  /// A day good enough to pass over full days for: it has room, is not free, and holds no card of the same note.
  var isOpen: Bool { !isFull && ease != .free && siblingDistance != 0 }

  private var siblingWeight: Double {
    switch siblingDistance.map({ $0.magnitude }) {
    case nil: 1
    case 0: 1e-6
    case .some(let distance): min(1, 0.2 * Double(distance))
    }
  }

  func weight(interval: Int) -> Double {
    let fill = 1 + load / max(budget, 0.001)
    return ease.weight * siblingWeight / (Double(interval) * fill * fill)
  }
}

extension FuzzRange {
  /// The interval, in days, that spreads work best: chosen by `fraction` among the days of the range, likelier where less is due.
  ///
  /// The weight of day k is `ease * sibling / (k * (1 + load / budget)^2)`; 1/k keeps intervals from drifting to the later end.
  /// Full days are left out as long as an open one is in the range. Takes time in the length of the range.
  /// - Parameters:
  ///   - fraction: in [0, 1), see `fraction(card:reviews:)`.
  ///   - outlook: the plan of the day that many days after the review.
  public func balancedPick(_ fraction: Double, outlook: (Int) -> PlanDay) -> Int {
    let days = (lower...upper).map { ($0, outlook($0)) }
    let hasOpenDay = days.contains { $0.1.isOpen }
    let candidates = days.filter { !(hasOpenDay && $0.1.isFull) }.map { ($0.0, $0.1.weight(interval: $0.0)) }
    var remaining = fraction.clamped(to: 0...1) * candidates.reduce(0) { $0 + $1.1 }
    for (interval, weight) in candidates {
      if remaining < weight { return interval }
      remaining -= weight
    }
    return candidates.last?.0 ?? lower
  }
}

extension Scheduler {
  /// Intervals longer than this, in days, are not balanced: the plan of such a day is not known yet.
  public static let longestBalancedInterval = 90

  /// The day to place a card on after its answer, balanced against the plan; store it as a `place` event.
  /// - Parameters:
  ///   - progress: the card after the answer.
  ///   - outlook: the plan of a day; asked for each day of the card's fuzz range.
  /// - Returns: nil when the card keeps the day it has: not in review, or an interval above 90 days.
  public func balancedDay(for progress: CardProgress, card: Int64, outlook: (DayNumber) -> PlanDay) -> DayNumber? {
    guard let memory = progress.memory, let last = progress.lastReview?.day, let range = fuzzRange(of: progress) else { return nil }
    let interval = model.interval(for: memory, retention: options.desiredRetention)
    guard interval <= Double(Self.longestBalancedInterval), range.lower < range.upper else { return nil }
    let pick = range.balancedPick(fraction(of: progress, card: card)) { outlook(last.advanced(by: $0)) }
    return last.advanced(by: pick)
  }
}
