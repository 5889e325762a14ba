/// Answers of one person, kept for the maximum-likelihood estimate on -6...6.
struct MaximumLikelihood: Sendable {
  private var logistic: [(item: LogisticItem, right: Double)] = []
  private var graded: [(item: GradedItem, category: Int)] = []
  private var allBest = true
  private var allWorst = true
  /// Whether the likelihood has one peak: true for 2PL and graded items.
  private var concave = true

  mutating func add(_ item: Item, _ category: Int) {
    allBest = allBest && category == item.categories - 1
    allWorst = allWorst && category == 0
    switch item {
    case .logistic(let item):
      logistic.append((item, category > 0 ? 1 : 0))
      concave = concave && item.c == 0 && item.d == 1
    case .graded(let item): graded.append((item, category))
    }
  }

  /// The estimate, O(answers) a step of Newton's method with expected information inside a shrinking bracket.
  ///
  /// While all answers are the best (worst) it moves half way from `start` to the hardest (easiest) difficulty. With asymptotes
  /// the likelihood may have several peaks: the search then starts from the best point of a grid of 97.
  func estimate(start: Double, difficulties: ClosedRange<Double>) -> Ability {
    if allBest { return Ability(theta: start + (difficulties.upperBound - start) / 2, standardError: .infinity) }
    if allWorst { return Ability(theta: start + (difficulties.lowerBound - start) / 2, standardError: .infinity) }
    var low = Quadrature.range.lowerBound
    var high = Quadrature.range.upperBound
    var theta = min(max(start, low), high)
    if !concave { (low, theta, high) = bestCell() }
    var information = 0.0
    for _ in 0..<100 {
      let score = score(theta)
      information = score.information
      if score.slope > 0 { low = theta } else { high = theta }
      let newton = information > 0 ? theta + score.slope / information : low
      let next = newton > low && newton < high ? newton : (low + high) / 2
      let change = abs(next - theta)
      theta = next
      if change < 1e-9 { break }
    }
    return Ability(theta: theta, standardError: information > 0 ? 1 / information.squareRoot() : .infinity)
  }

  private func score(_ theta: Double) -> (slope: Double, information: Double) {
    var slope = 0.0
    var information = 0.0
    for (item, right) in logistic {
      let p = item.probability(theta)
      let spread = p * (1 - p)
      guard spread > 0 else { continue }
      let rise = item.a * (p - item.c) * (item.d - p) / (item.d - item.c)
      slope += rise * (right - p) / spread
      information += rise * rise / spread
    }
    for (item, category) in graded {
      slope += item.slope(category, theta)
      information += item.information(theta)
    }
    return (slope, information)
  }

  private func bestCell() -> (low: Double, best: Double, high: Double) {
    let grid = (0...96).map { -6 + 0.125 * Double($0) }
    let heights = grid.map { theta in
      let right = logistic.reduce(0) { sum, answer in
        let p = answer.item.probability(theta)
        return sum + Numerics.logarithm(max(answer.right > 0 ? p : 1 - p, 1e-300))
      }
      return graded.reduce(right) { $0 + Numerics.logarithm(max($1.item.probabilities(theta)[$1.category], 1e-300)) }
    }
    var best = 0
    for index in grid.indices where heights[index] > heights[best] { best = index }
    return (grid[max(best - 1, 0)], grid[best], grid[min(best + 1, 96)])
  }
}
