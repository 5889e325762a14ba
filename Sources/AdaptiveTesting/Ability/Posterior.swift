/// What is believed of one person's ability while answers come in, for the EAP estimate.
///
/// Adding an answer costs one pass over the grid. A value: copy it to try an answer.
public struct Posterior: Sendable {
  private let nodes: [SIMD8<Double>]
  private var logWeights: [SIMD8<Double>]

  /// - Parameter prior: the grid and its weights before the first answer.
  public init(prior: Quadrature = .standard) {
    nodes = Self.packed(prior.nodes, padding: 0)
    logWeights = Self.packed(prior.weights.map(Numerics.logarithm), padding: -.infinity)
  }

  /// Takes in the answer `category` to an item.
  /// - Precondition: none; a category out of range is ignored.
  public mutating func update(_ item: Item, answer category: Int) {
    guard (0..<item.categories).contains(category) else { return }
    for node in 0..<Quadrature.points {
      let theta = nodes[node / Quadrature.lanes][node % Quadrature.lanes]
      let chance = max(item.probabilities(theta)[category], 1e-300)
      logWeights[node / Quadrature.lanes][node % Quadrature.lanes] += Numerics.logarithm(chance)
    }
  }

  /// Takes in a column of log probabilities, one per node.
  mutating func update(_ column: ArraySlice<SIMD8<Double>>) {
    for (vector, values) in zip(0..<Quadrature.vectors, column) { logWeights[vector] += values }
  }

  /// Mean and standard deviation of the posterior, by log-sum-exp.
  public var ability: Ability {
    var peak = -Double.infinity
    for vector in logWeights { peak = max(peak, vector.max()) }
    guard peak.isFinite else { return Ability(theta: 0, standardError: .infinity) }
    var total = SIMD8<Double>.zero
    var first = SIMD8<Double>.zero
    var second = SIMD8<Double>.zero
    for vector in 0..<Quadrature.vectors {
      var mass = SIMD8<Double>.zero
      let exponent = logWeights[vector] - peak
      // A mass below e^-40 of the peak cannot be seen in the sum; skipping it saves most of the exponentials.
      for lane in 0..<Quadrature.lanes where exponent[lane] > -40 { mass[lane] = Numerics.exponential(exponent[lane]) }
      total += mass
      first += mass * nodes[vector]
      second += mass * nodes[vector] * nodes[vector]
    }
    let mean = first.sum() / total.sum()
    let variance = max(0, second.sum() / total.sum() - mean * mean)
    return Ability(theta: mean, standardError: variance.squareRoot())
  }

  /// Splits a column over the grid into vectors.
  static func packed(_ column: [Double], padding: Double) -> [SIMD8<Double>] {
    (0..<Quadrature.vectors).map { vector in
      var values = SIMD8<Double>(repeating: padding)
      for lane in 0..<Quadrature.lanes where vector * Quadrature.lanes + lane < column.count {
        values[lane] = column[vector * Quadrature.lanes + lane]
      }
      return values
    }
  }
}
