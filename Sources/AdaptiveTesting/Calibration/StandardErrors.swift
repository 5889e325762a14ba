/// Standard errors of the parameters of one item; 0 where a parameter is not estimated, infinite where nothing was learned.
public struct StandardErrors: Hashable, Codable, Sendable {
  /// Of the discrimination.
  public let a: Double
  /// Of the difficulty, or of each threshold.
  public let b: [Double]
  /// Of the lower asymptote.
  public let c: Double

  /// From the cross products of the people's score vectors, all items together (Louis 1982; Bock and Lieberman 1970), so that the
  /// uncertainty of one item carries into the others. Above `joint` parameters abilities are well known and items are taken one by one.
  static func all(
    _ curves: [ItemCurve], _ table: ResponseTable, _ expectation: Expectation, _ priors: ItemPriors, joint: Int = 200
  ) throws -> [StandardErrors] {
    var starts: [Int] = []
    var size = 0
    for curve in curves {
      starts.append(size)
      size += curve.count
    }
    let blocks = size <= joint ? [Array(curves.indices)] : curves.indices.map { [$0] }
    let scores = ScoreColumns(curves, nodes: expectation.nodes)
    var result = [StandardErrors?](repeating: nil, count: curves.count)
    var products = blocks.map { block in CrossProducts(size: block.reduce(0) { $0 + curves[$1].count }) }
    expectation.eachPosterior(curves) { pattern, posterior, _ in
      let weight = table.counts[pattern].squareRoot()
      for (number, block) in blocks.enumerated() {
        products[number].add(block.flatMap { scores.score($0, category: table.rows[pattern][$0], posterior) }, weight: weight)
      }
    }
    for (number, block) in blocks.enumerated() {
      var information = products[number].finished()
      var place = 0
      for item in block {
        var gradient = [Double](repeating: 0, count: curves[item].count)
        var curvature = SymmetricMatrix(size: curves[item].count)
        _ = priors.add(curves[item], gradient: &gradient, curvature: &curvature)
        for row in 0..<curves[item].count { information[place + row, place + row] += curvature[row, row] }
        place += curves[item].count
      }
      let inverse = information.factor()?.inverseOfFactor()
      place = 0
      for item in block {
        result[item] = StandardErrors(curves[item], inverse: inverse, start: place)
        place += curves[item].count
      }
    }
    return result.map { $0 ?? StandardErrors(a: .infinity, b: [], c: .infinity) }
  }

  private init(a: Double, b: [Double], c: Double) {
    self.a = a
    self.b = b
    self.c = c
  }

  /// Variances and covariances of one item out of the inverse, turned from intercepts to difficulties by the delta method.
  private init(_ curve: ItemCurve, inverse: SymmetricMatrix?, start: Int) {
    guard let inverse else {
      self.init(a: .infinity, b: curve.d.map { _ in .infinity }, c: curve.c == nil ? 0 : .infinity)
      return
    }
    func covariance(_ first: Int, _ second: Int) -> Double {
      (max(first, second) + start..<inverse.size).reduce(0) { $0 + inverse[$1, first + start] * inverse[$1, second + start] }
    }
    let slope = covariance(0, 0)
    let thresholds = curve.d.indices.map { place -> Double in
      let b = -curve.d[place] / curve.a
      let variance = covariance(1 + place, 1 + place) + b * b * slope + 2 * b * covariance(0, 1 + place)
      return max(0, variance).squareRoot() / curve.a
    }
    let guess = curve.c == nil ? 0 : covariance(1 + curve.d.count, 1 + curve.d.count).squareRoot()
    self.init(a: slope.squareRoot(), b: thresholds, c: guess)
  }
}

/// Derivative of the log probability of each answer by each parameter, at every node.
private struct ScoreColumns {
  /// `columns[item][category][parameter]`.
  private var columns: [[[[SIMD8<Double>]]]]

  init(_ curves: [ItemCurve], nodes: [Double]) {
    columns = curves.map { curve in
      var chances = [Double](repeating: 0, count: curve.categories)
      var slopes = [[Double]](repeating: [Double](repeating: 0, count: curve.count), count: curve.categories)
      var values = [[[Double]]](repeating: [[Double]](repeating: [], count: curve.count), count: curve.categories)
      for theta in nodes {
        curve.evaluate(theta, chances: &chances, slopes: &slopes)
        for category in 0..<curve.categories {
          for parameter in 0..<curve.count { values[category][parameter].append(slopes[category][parameter] / chances[category]) }
        }
      }
      return values.map { $0.map { Posterior.packed($0, padding: 0) } }
    }
  }

  /// The expected score of one answer; zeros for no answer.
  func score(_ item: Int, category: Int8, _ posterior: [SIMD8<Double>]) -> [Double] {
    guard category >= 0 else { return columns[item][0].map { _ in 0 } }
    return columns[item][Int(category)].map { column in
      var sum = SIMD8<Double>.zero
      for vector in 0..<Quadrature.vectors { sum += column[vector] * posterior[vector] }
      return sum.sum()
    }
  }
}

/// Σ s sᵀ over many vectors, gathered 64 at a time so that the matrix is walked once per batch.
private struct CrossProducts {
  private static let batch = 64
  private var matrix: SymmetricMatrix
  /// `pending[parameter * 8 + vector]`: the values of 64 people.
  private var pending: [SIMD8<Double>]
  private var filled = 0

  init(size: Int) {
    matrix = SymmetricMatrix(size: size)
    pending = [SIMD8<Double>](repeating: .zero, count: size * 8)
  }

  mutating func add(_ score: [Double], weight: Double) {
    for (parameter, value) in score.enumerated() { pending[parameter * 8 + filled / 8][filled % 8] = value * weight }
    filled += 1
    if filled == Self.batch { flush() }
  }

  private mutating func flush() {
    let size = matrix.size
    for row in 0..<size {
      for column in 0...row {
        var sum = SIMD8<Double>.zero
        for vector in 0..<8 { sum += pending[row * 8 + vector] * pending[column * 8 + vector] }
        matrix.values[row * size + column] += sum.sum()
      }
    }
    for place in pending.indices { pending[place] = .zero }
    filled = 0
  }

  mutating func finished() -> SymmetricMatrix {
    flush()
    return matrix
  }
}
