/// Ability as 61 equally spaced points from -6 to 6 with normal weights: the grid on which every integral here is a sum.
///
/// Bock and Mislevy 1982. The columns are padded to 64 so that they split into whole vectors; padding has weight 0.
public struct Quadrature: Hashable, Sendable {
  /// How many points carry weight.
  public static let points = 61
  /// The least and the greatest ability on the grid.
  public static let range: ClosedRange<Double> = -6...6

  static let lanes = 8
  static let vectors = 8
  static let padded = lanes * vectors

  /// The abilities, ascending.
  public let nodes: [Double]
  /// Prior weight of each ability; they add up to 1.
  public let weights: [Double]

  /// - Parameters:
  ///   - mean: of the normal prior, held inside `range`.
  ///   - deviation: standard deviation of the normal prior, at least 0.05.
  public init(mean: Double = 0, deviation: Double = 1) {
    let center = min(max(mean.isFinite ? mean : 0, Self.range.lowerBound), Self.range.upperBound)
    let spread = max(deviation.isFinite ? deviation : 1, 0.05)
    nodes = (0..<Self.points).map { -6 + 0.2 * Double($0) }
    let heights = nodes.map { Numerics.exponential(-0.5 * (($0 - center) / spread) * (($0 - center) / spread)) }
    let total = heights.reduce(0, +)
    weights = heights.map { $0 / total }
  }

  /// The standard normal prior.
  public static let standard = Quadrature()
}
