#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

extension Parameters {
  /// The decay all models before FSRS-6 had as a constant.
  private static let decayBeforeFSRS6 = 0.5

  /// The FSRS-6 form of a vector, or nil when its length belongs to no known version.
  static func converted(_ weights: [Double]) -> [Double]? {
    switch weights.count {
    case 0: defaults.weights
    case 17: fromFSRS45(weights) + [0, 0, 0, decayBeforeFSRS6]
    case 19: weights + [0, decayBeforeFSRS6]
    case 21: weights
    default: nil
    }
  }

  /// FSRS-4.5 let the first difficulty fall in a straight line; later versions let it fall exponentially.
  private static func fromFSRS45(_ old: [Double]) -> [Double] {
    var weights = old
    weights[4] = old[4] + 2 * old[5]
    // Weights are finite but not yet bounded: a negative spread has no logarithm and means none.
    weights[5] = log(max(3 * old[5] + 1, 1)) / 3
    weights[6] = old[6] + 0.5
    return weights
  }
}
