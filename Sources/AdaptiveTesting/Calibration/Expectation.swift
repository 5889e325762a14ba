/// The E-step: what the present curves say of every answer pattern, and what that says of every item.
struct Expectation {
  private let table: ResponseTable
  private let packed: PackedResponses
  private let logWeights: [SIMD8<Double>]
  let nodes: [Double]

  init(_ table: ResponseTable, _ prior: Quadrature = .standard) {
    self.table = table
    packed = PackedResponses(table)
    nodes = prior.nodes
    logWeights = Posterior.packed(prior.weights.map(Numerics.logarithm), padding: -.infinity)
  }

  /// Log likelihood of all answers, and `counts[item][category][node]`, the expected number of answers at each ability.
  func counts(_ curves: [ItemCurve]) -> (logLikelihood: Double, counts: [[[Double]]]) {
    var buckets = [SIMD8<Double>](repeating: .zero, count: packed.tableRows * Quadrature.vectors)
    var logLikelihood = 0.0
    let width = packed.groups.count
    eachPosterior(curves) { pattern, posterior, height in
      let people = table.counts[pattern]
      logLikelihood += people * height
      for group in 0..<width {
        let row = Int(packed.codes[pattern * width + group]) * Quadrature.vectors
        for vector in 0..<Quadrature.vectors { buckets[row + vector] += posterior[vector] * people }
      }
    }
    return (logLikelihood, unpacked(buckets))
  }

  /// Calls `body` with each pattern, its posterior over the nodes (adds up to 1) and its log likelihood.
  func eachPosterior(_ curves: [ItemCurve], _ body: (Int, [SIMD8<Double>], Double) -> Void) {
    let sums = tables(curves)
    let width = packed.groups.count
    var posterior = [SIMD8<Double>](repeating: .zero, count: Quadrature.vectors)
    for pattern in table.rows.indices {
      for vector in 0..<Quadrature.vectors { posterior[vector] = logWeights[vector] }
      for group in 0..<width {
        let row = Int(packed.codes[pattern * width + group]) * Quadrature.vectors
        for vector in 0..<Quadrature.vectors { posterior[vector] += sums[row + vector] }
      }
      var peak = -Double.infinity
      for vector in posterior { peak = max(peak, vector.max()) }
      var total = 0.0
      for vector in 0..<Quadrature.vectors {
        let exponent = posterior[vector] - peak
        var mass = SIMD8<Double>.zero
        for lane in 0..<Quadrature.lanes where exponent[lane] > -60 { mass[lane] = Numerics.exponential(exponent[lane]) }
        posterior[vector] = mass
        total += mass.sum()
      }
      for vector in 0..<Quadrature.vectors { posterior[vector] /= total }
      body(pattern, posterior, peak + Numerics.logarithm(total))
    }
  }

  /// For each group and each of its codes the sum of the log probabilities of the answers in it.
  private func tables(_ curves: [ItemCurve]) -> [SIMD8<Double>] {
    var sums = [SIMD8<Double>](repeating: .zero, count: packed.tableRows * Quadrature.vectors)
    for group in packed.groups {
      var filled = 1
      for (item, radix) in zip(group.items, group.radix) {
        let columns = logarithms(curves[item])
        for digit in (0..<radix).reversed() {
          for code in 0..<filled {
            let from = (group.start + code) * Quadrature.vectors
            let to = (group.start + digit * filled + code) * Quadrature.vectors
            for vector in 0..<Quadrature.vectors {
              sums[to + vector] = sums[from + vector] + (digit < columns.count ? columns[digit][vector] : .zero)
            }
          }
        }
        filled *= radix
      }
    }
    return sums
  }

  private func logarithms(_ curve: ItemCurve) -> [[SIMD8<Double>]] {
    var chances = [Double](repeating: 0, count: curve.categories)
    var slopes = [[Double]](repeating: [Double](repeating: 0, count: curve.count), count: curve.categories)
    var columns = [[Double]](repeating: [], count: curve.categories)
    for theta in nodes {
      curve.evaluate(theta, chances: &chances, slopes: &slopes)
      for category in 0..<curve.categories { columns[category].append(Numerics.logarithm(chances[category])) }
    }
    return columns.map { Posterior.packed($0, padding: 0) }
  }

  private func unpacked(_ buckets: [SIMD8<Double>]) -> [[[Double]]] {
    var counts: [[[Double]]] = []
    for group in packed.groups {
      var place = 1
      for (item, radix) in zip(group.items, group.radix) {
        var sums = [SIMD8<Double>](repeating: .zero, count: table.categories[item] * Quadrature.vectors)
        for code in 0..<group.size {
          let digit = code / place % radix
          guard digit < table.categories[item] else { continue }
          let row = (group.start + code) * Quadrature.vectors
          for vector in 0..<Quadrature.vectors { sums[digit * Quadrature.vectors + vector] += buckets[row + vector] }
        }
        counts.append(
          (0..<table.categories[item]).map { category in
            nodes.indices.map { sums[category * Quadrature.vectors + $0 / Quadrature.lanes][$0 % Quadrature.lanes] }
          })
        place *= radix
      }
    }
    return counts
  }
}
