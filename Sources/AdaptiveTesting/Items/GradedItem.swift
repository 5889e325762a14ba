/// An item answered on an ordered scale: the graded response model (Samejima 1969).
///
/// With m thresholds there are m + 1 categories 0...m. `P*_k(θ) = 1 / (1 + exp(-a(θ - b_k)))` is the chance of category k or
/// higher, and `P_k = P*_k - P*_(k+1)` that of category k.
public struct GradedItem: Hashable, Codable, Sendable {
  /// Discrimination, per unit of ability.
  public let a: Double
  /// Thresholds b_1 <= … <= b_m: the abilities at which category k or higher is as likely as not.
  /// Two equal ones leave a category that nobody uses.
  public let thresholds: [Double]

  /// - Throws: `ItemError` when `a` is not positive or the thresholds are not 1...63 finite numbers that never fall.
  public init(a: Double, thresholds: [Double]) throws {
    guard a.isFinite, a > 0 else { throw ItemError.discrimination(a) }
    let rising = zip(thresholds, thresholds.dropFirst()).allSatisfy { $0 <= $1 }
    guard (1...63).contains(thresholds.count), thresholds.allSatisfy(\.isFinite), rising else {
      throw ItemError.thresholds(thresholds)
    }
    self.a = a
    self.thresholds = thresholds
  }

  /// How many categories there are; the highest is one less.
  public var categories: Int { thresholds.count + 1 }

  /// The chance of each category at an ability; the values add up to 1.
  public func probabilities(_ theta: Double) -> [Double] {
    var above = 1.0
    var values: [Double] = []
    values.reserveCapacity(categories)
    for threshold in thresholds {
      let next = Numerics.logistic(a * (theta - threshold))
      values.append(above - next)
      above = next
    }
    values.append(above)
    return values
  }

  /// Fisher information about ability: `Σ_k (aP*_k(1-P*_k) - aP*_(k+1)(1-P*_(k+1)))² / P_k`.
  public func information(_ theta: Double) -> Double {
    var above = 1.0
    var sum = 0.0
    for threshold in thresholds {
      let next = Numerics.logistic(a * (theta - threshold))
      sum += term(above, next)
      above = next
    }
    return a * a * (sum + term(above, 0))
  }

  /// The summand of one category, without `a²`: `(P*(1-P*) - Q*(1-Q*))² / (P* - Q*) = (P* - Q*)(1 - P* - Q*)²`.
  private func term(_ above: Double, _ next: Double) -> Double {
    let tilt = 1 - above - next
    return (above - next) * tilt * tilt
  }

  /// First derivative, by ability, of the log probability of a category.
  func slope(_ category: Int, _ theta: Double) -> Double {
    let above = category == 0 ? 1 : Numerics.logistic(a * (theta - thresholds[category - 1]))
    let next = category == thresholds.count ? 0 : Numerics.logistic(a * (theta - thresholds[category]))
    return a * (1 - above - next)
  }

  /// A value that the information does not exceed anywhere between two abilities.
  func informationBound(_ range: ClosedRange<Double>) -> Double {
    var above = (low: 1.0, high: 1.0)
    var sum = 0.0
    for threshold in thresholds + [.infinity] {
      let next = (
        low: Numerics.logistic(a * (range.lowerBound - threshold)), high: Numerics.logistic(a * (range.upperBound - threshold))
      )
      let tilt = max(abs(1 - above.low - next.low), abs(1 - above.high - next.high))
      sum += (above.high - next.low) * tilt * tilt
      above = next
    }
    return a * a * sum
  }
}
