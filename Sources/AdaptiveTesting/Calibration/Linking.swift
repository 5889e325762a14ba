/// The change of scale between two calibrations with items in common: θ* = scale·θ + shift.
///
/// Mean and sigma method (Marco 1977): difficulties of the common items get the old mean and standard deviation.
public struct Linking: Hashable, Codable, Sendable {
  /// A: standard deviation of the old difficulties over that of the new ones.
  public let scale: Double
  /// B: mean of the old difficulties minus A times that of the new ones.
  public let shift: Double

  /// - Parameter common: old and new difficulty of each common item.
  /// - Returns: nil for fewer than two items or difficulties that do not differ.
  public init?(common: [(old: Double, new: Double)]) {
    guard common.count >= 2 else { return nil }
    let old = Self.moments(common.map(\.old))
    let new = Self.moments(common.map(\.new))
    guard old.deviation > 0, new.deviation > 0, (old.deviation / new.deviation).isFinite else { return nil }
    scale = old.deviation / new.deviation
    shift = old.mean - scale * new.mean
  }

  /// An item of the new calibration on the old scale: b* = A b + B, a* = a / A.
  public func rescaled(_ item: Item) throws -> Item {
    switch item {
    case .logistic(let item):
      return .logistic(try LogisticItem(a: item.a / scale, b: scale * item.b + shift, c: item.c, d: item.d))
    case .graded(let item):
      return .graded(try GradedItem(a: item.a / scale, thresholds: item.thresholds.map { scale * $0 + shift }))
    }
  }

  private static func moments(_ values: [Double]) -> (mean: Double, deviation: Double) {
    let mean = values.reduce(0, +) / Double(values.count)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (mean, (squares / Double(values.count)).squareRoot())
  }
}
