/// Item parameters estimated from answers by marginal maximum likelihood (Bock and Aitkin 1981): the EM algorithm over 61 nodes.
///
/// The scale is set by the people: their abilities are taken to be normal with mean 0 and standard deviation 1.
/// One iteration costs O(patterns x items / 8 x nodes); memory is that of the answers plus 1 KB a table row.
public struct Calibration: Sendable {
  /// What is estimated.
  public enum Model: String, Hashable, Codable, Sendable {
    /// Discrimination and difficulty of items with two categories.
    case twoParameter
    /// And a lower asymptote, under a Beta(5, 17) prior.
    case threeParameter
    /// Discrimination and thresholds of items with two or more categories.
    case graded
  }

  /// The estimates of one item.
  public struct Estimate: Sendable {
    /// The item; its categories count those that somebody used (`ResponseTable.kept`).
    public let item: Item
    /// Standard errors of a, of b or the thresholds, and of c.
    public let standardErrors: StandardErrors
    /// How well the model fits the answers to this item.
    public let fit: ItemFit
  }

  /// In the order of the items.
  public let estimates: [Estimate]
  /// Of the answers, at the estimates, without priors.
  public let logLikelihood: Double
  /// EM iterations made.
  public let iterations: Int
  /// Whether the last iteration changed the log likelihood by less than the tolerance.
  public let converged: Bool

  /// - Parameters:
  ///   - priors: nil chooses `mild` below 500 people and `none` from there.
  ///   - tolerance: change of the log likelihood that ends the iteration.
  ///   - progress: called after each iteration with its number and log likelihood; return false to stop early.
  /// - Throws: `CalibrationError.notDichotomous` for a logistic model and an item with more than two categories.
  public init(
    _ table: ResponseTable, model: Model, priors: ItemPriors? = nil, tolerance: Double = 1e-6, mostIterations: Int = 2_000,
    progress: (Int, Double) -> Bool = { _, _ in true }
  ) throws {
    if model != .graded, let item = table.categories.firstIndex(where: { $0 != 2 }) { throw CalibrationError.notDichotomous(item: item) }
    let priors = priors ?? (table.people < 500 ? .mild : .none)
    let expectation = Expectation(table)
    var curves = table.starts(guessing: model == .threeParameter)
    var last = expectation.counts(curves)
    var lastHeight = last.logLikelihood + priors.height(curves)
    var step = 0
    var settled = false
    var settling = false
    while step < mostIterations, !settled {
      step += 1
      for item in curves.indices {
        curves[item] = Maximization.improve(curves[item], counts: last.counts[item], nodes: expectation.nodes, priors: priors)
      }
      // Parameter expansion (Liu, Rubin and Wu 1998): the answers also say where the people are and how far apart. Taking that
      // into the items at once saves hundreds of small steps. With priors, or near the end, plain EM is exact.
      if !settling, priors == .none {
        let people = Latent(last.counts, nodes: expectation.nodes)
        curves = curves.map { $0.seenBy(people) }
      }
      last = expectation.counts(curves)
      let height = last.logLikelihood + priors.height(curves)
      settling = settling || abs(height - lastHeight) < 1e-5
      settled = abs(height - lastHeight) < tolerance
      lastHeight = height
      guard progress(step, last.logLikelihood) else { break }
    }
    let errors = try StandardErrors.all(curves, table, expectation, priors)
    estimates = try curves.indices.map { item in
      Estimate(
        item: try curves[item].item(), standardErrors: errors[item],
        fit: ItemFit(curves[item], counts: last.counts[item], nodes: expectation.nodes))
    }
    logLikelihood = last.logLikelihood
    iterations = step
    converged = settled
  }
}

/// Mean and standard deviation of the people, as the expected counts of one complete item show them.
struct Latent {
  let mean: Double
  let deviation: Double

  init(_ counts: [[[Double]]], nodes: [Double]) {
    // Every item was answered by (nearly) everybody; the one with most answers stands for all.
    let columns = counts.map { item in nodes.indices.map { node in item.reduce(0) { $0 + $1[node] } } }
    let fullest = columns.max { $0.reduce(0, +) < $1.reduce(0, +) } ?? []
    let total = max(fullest.reduce(0, +), 1e-9)
    let mean = zip(fullest, nodes).reduce(0) { $0 + $1.0 * $1.1 } / total
    let square = zip(fullest, nodes).reduce(0) { $0 + $1.0 * ($1.1 - mean) * ($1.1 - mean) } / total
    self.mean = mean
    deviation = max(square, 0.01).squareRoot()
  }
}

extension ItemPriors {
  func height(_ curves: [ItemCurve]) -> Double {
    curves.reduce(0) { sum, curve in
      var gradient = [Double](repeating: 0, count: curve.count)
      var curvature = SymmetricMatrix(size: curve.count)
      return sum + add(curve, gradient: &gradient, curvature: &curvature)
    }
  }
}

extension ItemCurve {
  /// The same curve when the people's mean and deviation become 0 and 1; unchanged where that is no valid item.
  func seenBy(_ people: Latent) -> ItemCurve {
    var copy = self
    copy.a = a * people.deviation
    copy.d = d.map { $0 + a * people.mean }
    return copy.moved([Double](repeating: 0, count: count), by: 0) ?? self
  }

  /// The item in terms of difficulty.
  func item() throws -> Item {
    if d.count == 1 { return .logistic(try LogisticItem(a: a, b: -d[0] / a, c: c ?? 0)) }
    return .graded(try GradedItem(a: a, thresholds: d.map { -$0 / a }))
  }
}

extension ResponseTable {
  /// Curves to start from: slope 1 and the shares of people at or above each category.
  func starts(guessing: Bool) -> [ItemCurve] {
    (0..<items).map { item in
      var people = [Double](repeating: 0, count: categories[item])
      for (row, count) in zip(rows, counts) where row[item] >= 0 { people[Int(row[item])] += count }
      let total = max(people.reduce(0, +), 1)
      let shares = (1..<categories[item]).map { people[$0...].reduce(0, +) / total }
      return ItemCurve(shares: shares, guessing: guessing)
    }
  }
}
