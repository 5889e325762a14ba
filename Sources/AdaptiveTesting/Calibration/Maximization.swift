/// The M-step for one item: Fisher scoring with step halving on expected counts.
enum Maximization {
  /// - Parameter counts: `counts[category][node]`, the expected number of answers.
  static func improve(_ start: ItemCurve, counts: [[Double]], nodes: [Double], priors: ItemPriors) -> ItemCurve {
    var curve = start
    var height = objective(curve, counts, nodes, priors)
    for _ in 0..<30 {
      guard let step = direction(curve, counts, nodes, priors) else { return curve }
      var share = 1.0
      var better: (ItemCurve, Double)?
      while share > 1e-4 {
        if let next = curve.moved(step, by: share) {
          let reached = objective(next, counts, nodes, priors)
          if reached >= height {
            better = (next, reached)
            break
          }
        }
        share /= 2
      }
      guard let (next, reached) = better else { return curve }
      let gain = reached - height
      (curve, height) = (next, reached)
      if gain < 1e-10 * (1 + abs(height)) { return curve }
    }
    return curve
  }

  private static func direction(_ curve: ItemCurve, _ counts: [[Double]], _ nodes: [Double], _ priors: ItemPriors) -> [Double]? {
    let size = curve.count
    var gradient = [Double](repeating: 0, count: size)
    var information = SymmetricMatrix(size: size)
    var chances = [Double](repeating: 0, count: curve.categories)
    var slopes = [[Double]](repeating: [Double](repeating: 0, count: size), count: curve.categories)
    for (node, theta) in nodes.enumerated() {
      let people = counts.reduce(0) { $0 + $1[node] }
      guard people > 1e-9 else { continue }
      curve.evaluate(theta, chances: &chances, slopes: &slopes)
      for category in 0..<curve.categories {
        let weight = counts[category][node] / chances[category]
        let spread = people / chances[category]
        for row in 0..<size where slopes[category][row] != 0 {
          gradient[row] += weight * slopes[category][row]
          for column in 0...row { information[row, column] += spread * slopes[category][row] * slopes[category][column] }
        }
      }
    }
    _ = priors.add(curve, gradient: &gradient, curvature: &information)
    for row in 0..<size { information[row, row] += 1e-9 }
    return information.factor()?.solve(gradient)
  }

  private static func objective(_ curve: ItemCurve, _ counts: [[Double]], _ nodes: [Double], _ priors: ItemPriors) -> Double {
    var gradient = [Double](repeating: 0, count: curve.count)
    var curvature = SymmetricMatrix(size: curve.count)
    var height = priors.add(curve, gradient: &gradient, curvature: &curvature)
    for (node, theta) in nodes.enumerated() {
      var above = 1.0
      for category in 0..<curve.categories {
        let next =
          category == curve.d.count ? 0 : (curve.c ?? 0) + (1 - (curve.c ?? 0)) * Numerics.logistic(curve.a * theta + curve.d[category])
        let count = counts[category][node]
        if count > 0 { height += count * Numerics.logarithm(max(above - next, 1e-12)) }
        above = next
      }
    }
    return height
  }
}
