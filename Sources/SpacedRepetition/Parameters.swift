/// The 21 weights of FSRS-6.
///
/// The weights of one person come from a fit to that person's reviews; `Parameters.defaults` serve until then.
/// Weights outside `bounds` are brought to the nearest bound. One exception: weight 19 may be 0, which is what vectors
/// from before FSRS-6 mean.
///
/// Source: open-spaced-repetition, *The Algorithm*, FSRS-6; defaults and bounds as in fsrs-rs 6.
public struct Parameters: Hashable, Sendable {
  /// The memory model that weights belong to, stored with them. A later model is another case, never another meaning of this one.
  public enum Version: String, Codable, Sendable {
    case fsrs6 = "FSRS-6"
  }

  /// Why a vector of weights was refused.
  public enum Refusal: Error, Hashable, Sendable {
    /// The number of values is none of 0, 17, 19 and 21; when decoding, it is not 21.
    case length(Int)
    /// The value at this index is infinite or not a number.
    case notFinite(index: Int)
  }

  /// The model these weights belong to.
  public let version = Version.fsrs6
  /// Exactly 21 finite values.
  public let weights: [Double]

  /// The published default weights.
  public static let defaults = Parameters(bounded: [
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835, 0.0614, 0.2629, 1.6483,
    0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
  ])

  /// The range of each of the 21 weights.
  public static let bounds: [ClosedRange<Double>] = [
    0.001...100, 0.001...100, 0.001...100, 0.001...100, 1...10, 0.001...4, 0.001...4, 0.001...0.75, 0...4.5, 0...0.8, 0.001...3.5,
    0.001...5, 0.001...0.25, 0.001...0.9, 0...4, 0...1, 1...6, 0...2, 0...2, 0.01...0.8, 0.1...0.8,
  ]

  /// Reads a vector of weights of FSRS-6 (21 values), FSRS-5 (19), FSRS-4.5 (17), or none (0 values: the defaults).
  ///
  /// Older vectors are converted so that they predict what they predicted.
  /// - Throws: `Refusal` for any other length and for values that are not finite.
  public init(weights: [Double]) throws(Refusal) {
    if let index = weights.firstIndex(where: { !$0.isFinite }) { throw .notFinite(index: index) }
    guard let current = Self.converted(weights) else { throw .length(weights.count) }
    self.init(bounded: current)
  }

  private init(bounded weights: [Double]) {
    self.weights = zip(weights, Self.bounds).enumerated().map { index, pair in
      let (weight, bound) = pair
      return index == 19 && weight == 0 ? 0 : weight.clamped(to: bound)
    }
  }
}

extension Parameters: Codable {
  private enum CodingKeys: String, CodingKey {
    case version
    case weights = "w"
  }

  /// Decodes `{"version": "FSRS-6", "w": [21 values]}`.
  /// - Throws: `DecodingError` for an unknown version, `Refusal` for weights that are not 21 finite values.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    _ = try container.decode(Version.self, forKey: .version)
    let weights = try container.decode([Double].self, forKey: .weights)
    guard weights.count == Self.bounds.count else { throw Refusal.length(weights.count) }
    try self.init(weights: weights)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(version, forKey: .version)
    try container.encode(weights, forKey: .weights)
  }
}
