#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Loss of a set of weights and its derivative, by walking each card forward and then back (reverse-mode differentiation by hand).
///
/// The formulas are those of `MemoryModel`, without objects: this is the inner loop of a fit.
struct Gradient {
  private let w: [Double]
  private let decay: Double
  private let factor: Double
  private let factorByDecay: Double
  /// Difficulty after a first *easy*, not brought into range.
  private let easy: Double
  private let growth: Double
  private var path: [Step] = []

  /// One review on the way: the memory before it, and what the way back needs again.
  private struct Step {
    var stability = 0.0
    var difficulty = 0.0
    var logStability = 0.0
    var base = 1.0
    var recall = 1.0
    var next = (stability: 0.0, difficulty: 0.0)
  }

  init(_ weights: [Double]) {
    w = weights
    decay = -weights[20]
    let power = exp(log(0.9) / decay)
    factor = power - 1
    factorByDecay = -power * log(0.9) / (decay * decay)
    easy = weights[4] - exp(3 * weights[5]) + 1
    growth = exp(weights[8])
    path.reserveCapacity(TrainingSet.longest)
  }

  /// Adds the gradient of some cards' summed, weighted cross-entropy to `sum`.
  /// - Returns: the summed loss.
  mutating func add(_ set: TrainingSet, _ chains: some Sequence<Int>, to sum: inout [Double]) -> Double {
    var loss = 0.0
    for chain in chains {
      let reviews = set.chains[chain].reviews
      loss += forward(set, reviews)
      backward(set, reviews, &sum)
    }
    return loss
  }

  /// Calls `body` with the predicted recall and the place of every item of some cards.
  mutating func predict(_ set: TrainingSet, _ chains: some Sequence<Int>, _ body: (Int, Double) -> Void) {
    for chain in chains {
      let reviews = set.chains[chain].reviews
      _ = forward(set, reviews)
      for (place, review) in reviews.enumerated() where set.weights[review] > 0 { body(review, path[place].recall) }
    }
  }

  private mutating func forward(_ set: TrainingSet, _ reviews: Range<Int>) -> Double {
    path.removeAll(keepingCapacity: true)
    let first = Double(set.grades[reviews.lowerBound])
    var stability = w[Int(first) - 1].clamped(to: MemoryState.stabilityRange)
    var difficulty = (w[4] - exp(w[5] * (first - 1)) + 1).clamped(to: MemoryState.difficultyRange)
    path.append(Step(next: (stability, difficulty)))
    var loss = 0.0
    for review in reviews.dropFirst() {
      let grade = Double(set.grades[review])
      let days = set.days[review]
      var step = Step(stability: stability, difficulty: difficulty, logStability: log(stability))
      if days > 0 {
        step.base = 1 + factor * days / stability
        step.recall = exp(decay * log(step.base))
        if set.weights[review] > 0 {
          let chance = step.recall.clamped(to: 1e-7...(1 - 1e-7))
          loss -= set.weights[review] * log(grade > 1 ? chance : 1 - chance)
        }
        stability = grade > 1 ? recalled(step, grade) : min(forgotten(step), stability / exp(w[17] * w[18]))
      } else {
        let change = exp(w[17] * (grade - 3 + w[18]) - w[19] * step.logStability)
        stability *= grade > 1 ? max(change, 1) : change
      }
      stability = stability.clamped(to: MemoryState.stabilityRange)
      let stepped = difficulty - w[6] * (grade - 3) * (10 - difficulty) / 9
      difficulty = (w[7] * easy + (1 - w[7]) * stepped).clamped(to: MemoryState.difficultyRange)
      step.next = (stability, difficulty)
      path.append(step)
    }
    return loss
  }

  private func recalled(_ step: Step, _ grade: Double) -> Double {
    let bonus = grade == 2 ? w[15] : grade == 4 ? w[16] : 1
    let rise = growth * (11 - step.difficulty) * exp(-w[9] * step.logStability) * (exp(w[10] * (1 - step.recall)) - 1)
    return step.stability * (1 + rise * bonus)
  }

  private func forgotten(_ step: Step) -> Double {
    w[11] * exp(-w[12] * log(step.difficulty) + w[14] * (1 - step.recall)) * (exp(w[13] * log(step.stability + 1)) - 1)
  }

  private func backward(_ set: TrainingSet, _ reviews: Range<Int>, _ sum: inout [Double]) {
    // How much the loss changes with the memory after the review at hand.
    var byStability = 0.0
    var byDifficulty = 0.0
    for place in stride(from: path.count - 1, to: 0, by: -1) {
      let review = reviews.lowerBound + place
      let step = path[place]
      let grade = Double(set.grades[review])
      let after = byStability == 0 || !MemoryState.stabilityRange.contains(open: step.next.stability) ? 0 : byStability
      var before = 0.0
      var difficulty = 0.0
      var byRecall = 0.0
      if set.days[review] > 0 {
        if set.weights[review] > 0, step.recall > 1e-7, step.recall < 1 - 1e-7 {
          byRecall = grade > 1 ? -set.weights[review] / step.recall : set.weights[review] / (1 - step.recall)
        }
        if after != 0 { spread(step, grade, after, &before, &difficulty, &byRecall, &sum) }
        let byBase = byRecall * step.recall * decay / step.base
        let share = set.days[review] / step.stability
        before -= byBase * factor * share / step.stability
        sum[20] -= byRecall * step.recall * log(step.base) + byBase * share * factorByDecay
      } else if after != 0 {
        let reach = grade - 3 + w[18]
        let change = exp(w[17] * reach - w[19] * step.logStability)
        if grade == 1 || change > 1 {
          before += after * change * (1 - w[19])
          sum[17] += after * step.stability * change * reach
          sum[18] += after * step.stability * change * w[17]
          sum[19] -= after * step.stability * change * step.logStability
        } else {
          before += after
        }
      }
      if byDifficulty != 0, MemoryState.difficultyRange.contains(open: step.next.difficulty) {
        let lean = (grade - 3) / 9
        let stepped = step.difficulty - w[6] * lean * (10 - step.difficulty)
        difficulty += byDifficulty * (1 - w[7]) * (1 + w[6] * lean)
        sum[6] -= byDifficulty * (1 - w[7]) * lean * (10 - step.difficulty)
        sum[7] += byDifficulty * (easy - stepped)
        sum[4] += byDifficulty * w[7]
        sum[5] -= byDifficulty * w[7] * 3 * exp(3 * w[5])
      }
      byStability = before
      byDifficulty = difficulty
    }
    let first = Int(set.grades[reviews.lowerBound])
    sum[first - 1] += byStability
    if MemoryState.difficultyRange.contains(open: path[0].next.difficulty) {
      sum[4] += byDifficulty
      sum[5] -= byDifficulty * Double(first - 1) * exp(w[5] * Double(first - 1))
    }
  }

  /// The way back through the stability after a review on a later day.
  private func spread(
    _ step: Step, _ grade: Double, _ after: Double, _ byStability: inout Double, _ byDifficulty: inout Double, _ byRecall: inout Double,
    _ sum: inout [Double]
  ) {
    let missed = 1 - step.recall
    if grade > 1 {
      let bonus = grade == 2 ? w[15] : grade == 4 ? w[16] : 1
      let slope = growth * (11 - step.difficulty) * exp(-w[9] * step.logStability)
      let power = exp(w[10] * missed)
      let plain = slope * (power - 1)
      let rise = plain * bonus
      let weight = after * step.stability
      byStability += after * (1 + rise * (1 - w[9]))
      byRecall -= weight * slope * bonus * w[10] * power
      byDifficulty -= weight * rise / (11 - step.difficulty)
      sum[8] += weight * rise
      sum[9] -= weight * rise * step.logStability
      sum[10] += weight * slope * bonus * power * missed
      if grade == 2 { sum[15] += weight * plain }
      if grade == 4 { sum[16] += weight * plain }
      return
    }
    let shrink = 1 / exp(w[17] * w[18])
    let value = forgotten(step)
    if value < step.stability * shrink {
      let logNext = log(step.stability + 1)
      let power = exp(w[13] * logNext)
      let front = w[11] * exp(-w[12] * log(step.difficulty) + w[14] * missed)
      byStability += after * front * w[13] * power / (step.stability + 1)
      byDifficulty -= after * w[12] * value / step.difficulty
      byRecall -= after * w[14] * value
      sum[11] += after * value / w[11]
      sum[12] -= after * value * log(step.difficulty)
      sum[13] += after * front * power * logNext
      sum[14] += after * value * missed
    } else {
      byStability += after * shrink
      sum[17] -= after * step.stability * shrink * w[18]
      sum[18] -= after * step.stability * shrink * w[17]
    }
  }
}

extension ClosedRange<Double> {
  /// Whether a value was not brought to a bound, so that a change before still shows after.
  fileprivate func contains(open value: Double) -> Bool { value > lowerBound && value < upperBound }
}
