#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// How good predictions of recall were.
public struct Scores: Hashable, Codable, Sendable {
  /// Mean cross-entropy in nats; lower is better, 0 is certainty that was right.
  public let logLoss: Double
  /// Root mean squared difference between predicted and actual recall over bins of similar reviews; lower is better.
  public let rmseBins: Double
  /// The chance that a recalled review was predicted higher than a forgotten one; 0.5 is guessing. Nil when all ended alike.
  public let auc: Double?
  /// How many predictions were scored.
  public let count: Int
}

/// One prediction, what came of it, and the bin it belongs to.
struct Prediction: Sendable {
  var chance: Double
  var recalled: Bool
  var weight: Double
  var bin: Bin

  /// Reviews alike in interval, number and lapses (fsrs-rs, `rmse_bins`).
  struct Bin: Hashable, Sendable {
    let interval, reviews, lapses: Int32

    init(days: Int, reviews: Int, lapses: Int) {
      interval = Self.step(248, 3.62, Double(max(days, 1)))
      self.reviews = Self.step(1.99, 1.89, Double(reviews + 1))
      self.lapses = lapses == 0 ? 0 : Self.step(1.65, 1.73, Double(lapses))
    }

    private static func step(_ front: Double, _ base: Double, _ value: Double) -> Int32 {
      Int32((front * pow(base, (log(value) / log(base)).rounded(.down))).clamped(to: 0...2e9).rounded())
    }
  }
}

extension Scores {
  init(_ predictions: [Prediction]) {
    var loss = 0.0
    var total = 0.0
    // Means of a bin are plain; only the mean over bins follows the weights, as in fsrs-rs.
    var bins: [Prediction.Bin: (chance: Double, recalled: Double, count: Double, weight: Double)] = [:]
    for prediction in predictions {
      let chance = prediction.chance.clamped(to: 1e-7...(1 - 1e-7))
      loss -= prediction.weight * log(prediction.recalled ? chance : 1 - chance)
      total += prediction.weight
      bins[prediction.bin, default: (0, 0, 0, 0)].chance += prediction.chance
      bins[prediction.bin, default: (0, 0, 0, 0)].recalled += prediction.recalled ? 1 : 0
      bins[prediction.bin, default: (0, 0, 0, 0)].count += 1
      bins[prediction.bin, default: (0, 0, 0, 0)].weight += prediction.weight
    }
    let squares = bins.values.reduce(0) { sum, bin in
      let difference = (bin.chance - bin.recalled) / bin.count
      return sum + bin.weight * difference * difference
    }
    logLoss = total > 0 ? loss / total : 0
    rmseBins = total > 0 ? (squares / total).squareRoot() : 0
    auc = Self.auc(predictions)
    count = predictions.count
  }

  /// The rank statistic of Mann and Whitney, ties averaged.
  private static func auc(_ predictions: [Prediction]) -> Double? {
    let sorted = predictions.sorted { $0.chance < $1.chance }
    let recalled = Double(sorted.count { $0.recalled })
    let forgotten = Double(sorted.count) - recalled
    guard recalled > 0, forgotten > 0 else { return nil }
    var ranks = 0.0
    var start = 0
    while start < sorted.count {
      var end = start
      while end < sorted.count, sorted[end].chance == sorted[start].chance { end += 1 }
      ranks += Double(start + end + 1) / 2 * Double(sorted[start..<end].count { $0.recalled })
      start = end
    }
    return (ranks - recalled * (recalled + 1) / 2) / (recalled * forgotten)
  }
}
