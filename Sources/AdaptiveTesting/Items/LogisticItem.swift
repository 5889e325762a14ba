/// An item answered right or wrong: the one- to four-parameter logistic model, without the factor 1.7.
///
/// `P(θ) = c + (d - c) / (1 + exp(-a(θ - b)))` (Birnbaum 1968; Barton and Lord 1981 for the upper asymptote).
public struct LogisticItem: Hashable, Codable, Sendable {
  /// Discrimination: the slope at `b`, per unit of ability; usually 0.4...2.5.
  public let a: Double
  /// Difficulty: the ability at which the chance of a right answer is half way between `c` and `d`.
  public let b: Double
  /// Lower asymptote: the chance that somebody who knows nothing is right; 0..<d.
  public let c: Double
  /// Upper asymptote: the chance that somebody who knows all is right; c<..1.
  public let d: Double

  /// - Throws: `ItemError` when a value is not finite, `a` is not positive or the asymptotes are not `0 <= c < d <= 1`.
  public init(a: Double, b: Double, c: Double = 0, d: Double = 1) throws {
    guard a.isFinite, a > 0 else { throw ItemError.discrimination(a) }
    guard b.isFinite else { throw ItemError.difficulty(b) }
    guard c >= 0, c < d, d <= 1 else { throw ItemError.asymptotes(lower: c, upper: d) }
    self.a = a
    self.b = b
    self.c = c
    self.d = d
  }

  /// The chance of a right answer at an ability.
  public func probability(_ theta: Double) -> Double { c + (d - c) * Numerics.logistic(a * (theta - b)) }

  /// Fisher information about ability, at an ability: `a²(P-c)²(d-P)² / ((d-c)² P(1-P))`.
  public func information(_ theta: Double) -> Double {
    let p = probability(theta)
    let slope = a * (p - c) * (d - p) / (d - c)
    let spread = p * (1 - p)
    return spread > 0 ? slope * slope / spread : 0
  }

  /// A value that the information does not exceed anywhere between two abilities. Exact enough to sort items by.
  func informationBound(_ range: ClosedRange<Double>) -> Double {
    let low = probability(range.lowerBound)
    let high = probability(range.upperBound)
    let middle = min(max((c + d) / 2, low), high)
    let slope = a * (middle - c) * (d - middle) / (d - c)
    let spread = min(low * (1 - low), high * (1 - high))
    return spread > 0 ? slope * slope / spread : .infinity
  }
}

/// Why numbers do not describe an item.
public enum ItemError: Error, Hashable, Sendable {
  /// `a` must be a positive finite number.
  case discrimination(Double)
  /// `b` must be finite.
  case difficulty(Double)
  /// `0 <= c < d <= 1` does not hold.
  case asymptotes(lower: Double, upper: Double)
  /// A graded item needs 1...63 finite thresholds that never fall.
  case thresholds([Double])
}
