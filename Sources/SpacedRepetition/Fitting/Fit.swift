#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Weights fitted to one person's reviews.
///
/// The method is that of fsrs-rs 6: outliers out, first stabilities by search, then Adam on the summed, recency-weighted
/// cross-entropy with a pull towards the start. Batches are made of whole cards, whose items share their walk. 100,000 reviews
/// take about a tenth of a second on one core; memory is about 20 bytes a review.
public struct Fit: Sendable {
  /// What the fit found.
  public let parameters: Parameters
  /// Reviews on a later day than the one before: what can be predicted.
  public let items: Int
  /// Items left after outliers were taken out.
  public let trained: Int
  /// How far the fit went.
  public let stage: Stage
  /// What happened at each step of the training, if asked for.
  public let trace: [Step]

  /// How far a fit went, by how much there was to learn from.
  public enum Stage: String, Hashable, Codable, Sendable {
    /// Fewer than 8 items: the defaults.
    case defaults
    /// First stabilities alone.
    case firstStabilities
    /// All weights.
    case all
  }

  /// One step of Adam.
  public struct Step: Hashable, Sendable {
    /// The learning rate of the step.
    public let rate: Double
    /// Summed loss of the batch, before the step.
    public let loss: Double
    /// Its gradient without the pull towards the start.
    public let gradient: [Double]
    /// The weights after the step.
    public let weights: [Double]
  }

  /// How a fit is made.
  public struct Options: Hashable, Sendable {
    /// Of the order of batches.
    public var seed: UInt64 = 0
    /// Steps of relearning the scheduler uses; more than one bounds the same-day weights.
    public var relearningSteps = 1
    /// Whether later reviews weigh more.
    public var recency = true
    /// Whether to keep a `Step` for each step.
    public var traced = false

    public init() {}
  }

  /// Spread of each weight among people: how hard it is held near the start.
  static let deviations: [Double] = [
    6.43, 9.66, 17.58, 27.85, 0.57, 0.28, 0.6, 0.12, 0.39, 0.18, 0.33, 0.3, 0.09, 0.16, 0.57, 0.25, 1.03, 0.31, 0.32, 0.14, 0.27,
  ]
  static let epochs = 5
  static let batch = 512

  public init(_ histories: [ReviewHistory], options: Options = Options()) {
    self.init(histories, histories.items, options: options)
  }

  /// Fits to some of the items only, in order of time.
  init(_ histories: [ReviewHistory], _ all: [TrainingItem], options: Options = Options()) {
    items = all.count
    let first = FirstReviews(histories, all)
    let kept = all.filter { first.trusted[$0.history] }
    trained = kept.count
    let average = kept.isEmpty ? 0 : Double(kept.count { histories.isRecalled($0) }) / Double(kept.count)
    guard kept.count >= 8, let stabilities = FirstStabilities.search(first, average: average),
      let start = try? Parameters(weights: stabilities + Parameters.defaults.weights.dropFirst(4))
    else {
      (parameters, stage, trace) = (.defaults, .defaults, [])
      return
    }
    guard kept.count >= 64, first.groups.values.reduce(0, { $0 + $1.count }) < kept.count else {
      (parameters, stage, trace) = (start, .firstStabilities, [])
      return
    }
    var training = Training(TrainingSet(histories, kept, recency: options.recency), start: start.weights, options: options)
    training.run()
    // Grades that were never seen follow the others once more.
    let seen = Dictionary(uniqueKeysWithValues: first.counts.keys.map { ($0, training.weights[$0 - 1]) })
    training.weights.replaceSubrange(0..<4, with: FirstStabilities.settled(seen, counts: first.counts))
    parameters = (try? Parameters(weights: training.weights)) ?? .defaults
    stage = .all
    trace = training.trace
  }
}

/// The loop of Adam over batches of whole cards.
private struct Training {
  var weights: [Double]
  private(set) var trace: [Fit.Step] = []
  private let set: TrainingSet
  private let start: [Double]
  private let options: Fit.Options
  private var mean = [Double](repeating: 0, count: 21)
  private var square = [Double](repeating: 0, count: 21)
  private var step = 0

  init(_ set: TrainingSet, start: [Double], options: Fit.Options) {
    self.set = set
    self.start = start
    self.options = options
    weights = start
  }

  mutating func run() {
    var draws = ShuffleSource(seed: options.seed)
    let batches = max(1, (set.count + Fit.batch - 1) / Fit.batch)
    let steps = Double((set.count / Fit.batch + 1) * Fit.epochs)
    for _ in 0..<Fit.epochs {
      let order = set.chains.indices.shuffled(using: &draws)
      var from = 0
      var done = 0
      for number in 1...batches {
        var to = from
        var taken = 0
        while to < order.count, done + taken < set.count * number / batches {
          taken += set.chains[order[to]].items
          to += 1
        }
        if taken > 0 { advance(order[from..<to], items: taken, steps: steps) }
        done += taken
        from = to
      }
    }
  }

  private mutating func advance(_ chains: ArraySlice<Int>, items: Int, steps: Double) {
    var sum = [Double](repeating: 0, count: 21)
    var gradient = Gradient(weights)
    let loss = gradient.add(set, chains, to: &sum)
    let rate = 0.04 * (1 + cos(.pi * Double(step) / steps)) / 2
    step += 1
    let (first, second) = (1 - pow(0.9, Double(step)), 1 - pow(0.999, Double(step)))
    let before = sum
    for place in weights.indices {
      let deviation = Fit.deviations[place]
      sum[place] += 2 * (weights[place] - start[place]) / (deviation * deviation) * Double(items) / Double(set.count)
      mean[place] = 0.9 * mean[place] + 0.1 * sum[place]
      square[place] = 0.999 * square[place] + 0.001 * sum[place] * sum[place]
      weights[place] -= rate * (mean[place] / first) / ((square[place] / second).squareRoot() + 1e-8)
      weights[place] = weights[place].clamped(to: Parameters.bounds[place])
    }
    if options.relearningSteps > 1 {
      let room = -(log(weights[11]) + log(pow(2, weights[13]) - 1) + 0.3 * weights[14]) / Double(options.relearningSteps)
      let most = min(2, max(0.01, room).squareRoot())
      weights[17] = min(weights[17], most)
      weights[18] = min(weights[18], most)
    }
    if options.traced { trace.append(Fit.Step(rate: rate, loss: loss, gradient: before, weights: weights)) }
  }
}

/// SplitMix64: the same order of batches for the same seed, everywhere.
private struct ShuffleSource: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
