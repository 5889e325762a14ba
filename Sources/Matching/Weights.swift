/// How much each factor counts, in per mille; together exactly 1000.
public struct Weights: Sendable, Equatable {
  private let perMille: [Factor: Int]

  /// Why weights are refused.
  public enum Invalid: Error, Sendable, Equatable {
    /// A weight lies outside 0...1000.
    case outOfRange(Factor, Int)
    /// The weights add up to something else than 1000.
    case sum(Int)
  }

  /// Checks and keeps weights; a factor left out weighs 0. A boost has no weight and is refused unless it is 0.
  public init(_ perMille: [Factor: Int]) throws(Invalid) {
    var sum = 0
    for factor in Factor.allCases {
      let weight = perMille[factor] ?? 0
      guard (0...(factor.isBoost ? 0 : 1000)).contains(weight) else { throw .outOfRange(factor, weight) }
      sum += weight
    }
    guard sum == 1000 else { throw .sum(sum) }
    self.perMille = perMille
  }

  private init(checked: [Factor: Int]) {
    perMille = checked
  }

  /// The weight of a factor; 0 for boosts.
  public subscript(factor: Factor) -> Int { perMille[factor] ?? 0 }

  /// The defaults of a new organisation.
  public static let standard = Weights(checked: [
    .skillFit: 420, .soon: 160, .fairLoad: 110, .answers: 90, .rating: 70, .language: 60, .crossing: 50, .newFaces: 40,
  ])
}
