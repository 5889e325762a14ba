#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The FSRS-6 model of one person's memory: how recall fades, and what an answer does to stability and difficulty.
///
/// All functions are pure, take constant time, and give finite results in range for any input.
///
/// Source: open-spaced-repetition, *The Algorithm*, FSRS-6. Agrees with fsrs-rs 6.6 to a relative 1e-5 (that one computes in
/// single precision).
public struct MemoryModel: Hashable, Sendable {
  /// The weights of the model.
  public let parameters: Parameters
  let decay: Double
  let factor: Double
  /// The weights as a vector, so that reading one costs no count of references: this is the inner loop of a replay.
  private let w: SIMD32<Double>
  private let easyDifficulty: Double

  public init(parameters: Parameters = .defaults) {
    self.parameters = parameters
    var vector = SIMD32<Double>.zero
    for (place, weight) in parameters.weights.enumerated() { vector[place] = weight }
    w = vector
    easyDifficulty = vector[4] - exp(vector[5] * 3) + 1
    decay = -parameters.weights[20]
    factor = pow(0.9, 1 / decay) - 1
  }

  /// The probability of recall after some days without review.
  /// - Parameter days: since the last review, whole or not; below 0 counts as 0.
  /// - Returns: a value in (0, 1]; 1 at day 0, 0.9 when `days` equals the stability.
  public func retrievability(of memory: MemoryState, afterDays days: Double) -> Double {
    let elapsed = days.clamped(to: 0...Double(DayNumber.range.upperBound))
    return pow(1 + factor * elapsed / memory.stability, decay)
  }

  /// The time until the probability of recall has fallen to `retention`.
  /// - Parameter retention: above 0, at most 1.
  /// - Returns: days, not rounded, 0 or more; infinite when `retention` is 0 or less.
  public func interval(for memory: MemoryState, retention: Double) -> Double {
    guard retention > 0 else { return .infinity }
    return max(0, memory.stability / factor * (pow(min(retention, 1), 1 / decay) - 1))
  }

  /// The memory after the very first answer.
  public func first(_ grade: Grade) -> MemoryState {
    MemoryState(stability: w[grade.rawValue - 1], difficulty: firstDifficulty(grade))
  }

  /// The memory after an answer to a card seen before.
  /// - Parameter elapsedDays: whole days of the learner since the previous review (`DayNumber`); 0 or less is the same day.
  public func next(after memory: MemoryState, grade: Grade, elapsedDays: Int) -> MemoryState {
    let stability =
      if elapsedDays < 1 {
        sameDayStability(memory, grade)
      } else if grade.isRecalled {
        recalledStability(memory, grade, retrievability: retrievability(of: memory, afterDays: Double(elapsedDays)))
      } else {
        forgottenStability(memory, retrievability: retrievability(of: memory, afterDays: Double(elapsedDays)))
      }
    return MemoryState(stability: stability, difficulty: revertedDifficulty(steppedDifficulty(memory.difficulty, grade)))
  }
}

/// The formulas, one each, before results are brought into range.
extension MemoryModel {
  func firstDifficulty(_ grade: Grade) -> Double {
    w[4] - exp(w[5] * Double(grade.rawValue - 1)) + 1
  }

  func steppedDifficulty(_ difficulty: Double, _ grade: Grade) -> Double {
    difficulty - w[6] * Double(grade.rawValue - 3) * (10 - difficulty) / 9
  }

  /// Pulls towards the first difficulty of an *easy* card, which is deliberately not brought into range here.
  func revertedDifficulty(_ difficulty: Double) -> Double {
    w[7] * easyDifficulty + (1 - w[7]) * difficulty
  }

  func recalledStability(_ memory: MemoryState, _ grade: Grade, retrievability: Double) -> Double {
    let penalty = grade == .hard ? w[15] : 1
    let bonus = grade == .easy ? w[16] : 1
    let growth = stabilityGrowth(stability: memory.stability, retrievability: retrievability)
    return memory.stability * (1 + (11 - memory.difficulty) * growth * penalty * bonus)
  }

  func forgottenStability(_ memory: MemoryState, retrievability: Double) -> Double {
    let stability =
      w[11] * pow(memory.difficulty, -w[12]) * (pow(memory.stability + 1, w[13]) - 1) * exp(w[14] * (1 - retrievability))
    return min(stability, memory.stability / exp(w[17] * w[18]))
  }

  func sameDayStability(_ memory: MemoryState, _ grade: Grade) -> Double {
    let change = exp(w[17] * (Double(grade.rawValue - 3) + w[18])) * pow(memory.stability, -w[19])
    return memory.stability * (grade.isRecalled ? max(change, 1) : change)
  }

  /// The growth of stability on recall for each point of ease (11 - difficulty).
  func stabilityGrowth(stability: Double, retrievability: Double) -> Double {
    exp(w[8]) * pow(stability, -w[9]) * (exp(w[10] * (1 - retrievability)) - 1)
  }
}
