/// An estimate of ability and how sure it is.
public struct Ability: Hashable, Codable, Sendable {
  /// The estimate, -6...6 on the scale on which the reference group has mean 0 and standard deviation 1.
  public let theta: Double
  /// Posterior standard deviation (EAP) or 1/√information (maximum likelihood); infinite when nothing is known.
  public let standardError: Double

  public init(theta: Double, standardError: Double) {
    self.theta = theta
    self.standardError = standardError
  }

  /// The interval that holds the true ability with the chance that belongs to `deviates`: 1.645 for 90 %, 1.96 for 95 %.
  public func interval(_ deviates: Double = 1.645) -> ClosedRange<Double> {
    (theta - deviates * standardError)...(theta + deviates * standardError)
  }

  /// The share of variance that is not error when abilities vary with standard deviation 1: 1 - SE², never below 0.
  public var reliability: Double { max(0, 1 - standardError * standardError) }
}

/// How ability is computed from answers.
public enum Estimator: Hashable, Codable, Sendable {
  /// Expected a posteriori under a normal prior (Bock and Mislevy 1982): finite from the first answer on.
  case expected(mean: Double, deviation: Double)
  /// Maximum likelihood on -6...6. While all answers are the best (or the worst) the estimate moves half way to the
  /// hardest (easiest) difficulty of the bank (Dodd 1990). For comparison with other programs.
  case maximumLikelihood

  /// EAP under the standard normal prior.
  public static let standard = Estimator.expected(mean: 0, deviation: 1)
}
