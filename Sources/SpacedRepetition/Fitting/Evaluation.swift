#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// How well a fit, the defaults and two simple guesses foretell reviews that none of them has seen.
public struct Evaluation: Sendable {
  /// Which reviews are held out.
  public enum Split: Hashable, Sendable {
    /// None: the scores of weights on everything, fitted ones flattered by having seen it.
    case none
    /// The last fifth in time.
    case lastFifth
    /// Five times: train on the first 1, 2 … 5 sixths, test on the next sixth; predictions pooled.
    case fiveFolds
  }

  /// FSRS-6 with default weights.
  public let defaults: Scores
  /// FSRS-6 with weights fitted to the training part.
  public let fitted: Scores
  /// Always the mean recall of the training part.
  public let average: Scores
  /// A running average that follows recent answers.
  public let movingAverage: Scores
  /// Items there are.
  public let items: Int

  /// - Parameters:
  ///   - weights: nil fits to each training part; else these are scored as `fitted`.
  ///   - recency: whether later predictions weigh more in the scores.
  public init(
    _ histories: [ReviewHistory], split: Split = .fiveFolds, weights: Parameters? = nil, recency: Bool = false,
    options: Fit.Options = Fit.Options()
  ) {
    let all = histories.items
    items = all.count
    var pooled = [[Prediction]](repeating: [], count: 4)
    for (train, test) in Self.parts(all.count, split) {
      let facts = Self.facts(histories, all, test, recency: recency)
      let parameters = weights ?? Fit(histories, Array(all[train]), options: options).parameters
      let mean = train.isEmpty ? 0.9 : Double(all[train].count { histories.isRecalled($0) }) / Double(train.count)
      pooled[0] += Self.predicted(histories, Array(all[test]), facts, .defaults)
      pooled[1] += Self.predicted(histories, Array(all[test]), facts, parameters)
      pooled[2] += facts.map { Self.with($0, mean) }
      pooled[3] += zip(facts, Self.moving(all.map { histories.isRecalled($0) })[test]).map { Self.with($0, $1) }
    }
    defaults = Scores(pooled[0])
    fitted = Scores(pooled[1])
    average = Scores(pooled[2])
    movingAverage = Scores(pooled[3])
  }

  /// Whether a fit should replace the defaults: enough items, and a log loss on held-out reviews better by 0.0005 or more.
  public var isWorthAdopting: Bool { items >= 400 && fitted.logLoss <= defaults.logLoss - Adoption.leastGain }

  static func parts(_ count: Int, _ split: Split) -> [(train: Range<Int>, test: Range<Int>)] {
    switch split {
    case .none: return [(0..<count, 0..<count)]
    case .lastFifth: return [(0..<count * 4 / 5, (count * 4 / 5)..<count)]
    case .fiveFolds:
      let segment = count / 6
      return (1...5).map { fold in (0..<segment * fold, (segment * fold)..<(fold == 5 ? count : segment * (fold + 1))) }
    }
  }

  /// The moving average's guess before each answer, in order of time.
  static func moving(_ recalled: [Bool]) -> [Double] {
    var x = 1.2
    return recalled.map { recalled in
      let guess = 1 / (1 + exp(-x))
      x += recalled ? 0.3 / (exp(x) + 1) : -0.3 * exp(x) / (exp(x) + 1)
      return guess
    }
  }

  private static func facts(_ histories: [ReviewHistory], _ all: [TrainingItem], _ test: Range<Int>, recency: Bool) -> [Prediction] {
    test.map { place in
      let item = all[place]
      let history = histories[item.history]
      let later = history.reviews.indices.prefix(through: item.place).filter { history.days($0) > 0 }
      let lapses = later.dropLast().count { !history.reviews[$0].grade.isRecalled }
      let share = Double(place) / Double(max(all.count - 1, 1))
      return Prediction(
        chance: 0, recalled: histories.isRecalled(item), weight: recency ? 0.25 + 0.75 * share * share * share : 1,
        bin: Prediction.Bin(days: history.days(item.place), reviews: later.count, lapses: lapses))
    }
  }

  private static func with(_ fact: Prediction, _ chance: Double) -> Prediction {
    var fact = fact
    fact.chance = chance
    return fact
  }

  private static func predicted(
    _ histories: [ReviewHistory], _ items: [TrainingItem], _ facts: [Prediction], _ parameters: Parameters
  ) -> [Prediction] {
    let model = MemoryModel(parameters: parameters)
    // Items of one history come in order of time, so each history is walked once.
    var reached: [Int: (place: Int, memory: MemoryState)] = [:]
    return zip(items, facts).map { item, fact in
      let history = histories[item.history]
      var (place, memory) = reached[item.history] ?? (0, model.first(history.reviews[0].grade))
      while place < item.place - 1 {
        place += 1
        memory = model.next(after: memory, grade: history.reviews[place].grade, elapsedDays: history.days(place))
      }
      reached[item.history] = (place, memory)
      return with(fact, model.retrievability(of: memory, afterDays: Double(history.days(item.place))))
    }
  }
}
