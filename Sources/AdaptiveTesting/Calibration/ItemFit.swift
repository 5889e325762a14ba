/// How far the answers to one item stray from its curve: mean squared standardised residuals over the posterior of each person.
///
/// 1 is what the model expects; values well above 1 mean noise the curve does not know of, below 1 more order than expected.
/// Because each person's own answer helped to place them, values lie a little below 1 in short tests (Wright and Masters 1982).
public struct ItemFit: Hashable, Codable, Sendable {
  /// Weighted by information: sensitive to people near the difficulty.
  public let infit: Double
  /// Unweighted: sensitive to surprising answers of people far away.
  public let outfit: Double
  /// Answers the figures rest on.
  public let answers: Double

  /// - Parameter counts: `counts[category][node]`, expected numbers of answers.
  init(_ curve: ItemCurve, counts: [[Double]], nodes: [Double]) {
    var chances = [Double](repeating: 0, count: curve.categories)
    var slopes = [[Double]](repeating: [Double](repeating: 0, count: curve.count), count: curve.categories)
    var squares = 0.0
    var spread = 0.0
    var standardised = 0.0
    var people = 0.0
    for (node, theta) in nodes.enumerated() {
      curve.evaluate(theta, chances: &chances, slopes: &slopes)
      let mean = chances.enumerated().reduce(0) { $0 + Double($1.offset) * $1.element }
      let variance = chances.enumerated().reduce(0) { $0 + (Double($1.offset) - mean) * (Double($1.offset) - mean) * $1.element }
      for category in 0..<curve.categories {
        let residual = Double(category) - mean
        let count = counts[category][node]
        squares += count * residual * residual
        spread += count * variance
        if variance > 1e-9 { standardised += count * residual * residual / variance }
        people += count
      }
    }
    infit = spread > 0 ? squares / spread : 1
    outfit = people > 0 ? standardised / people : 1
    answers = people
  }
}
