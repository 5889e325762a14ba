/// How the next item is chosen among those not yet asked.
public struct Choice: Hashable, Codable, Sendable {
  /// The first items of a test are drawn at random from the best few, so that not everybody starts alike
  /// (randomesque selection, Kingsbury and Zara 1989). 0: never.
  public var randomesqueItems: Int
  /// From how many of the best the draw is made; at least 1.
  public var randomesqueBest: Int
  /// The chance that a chosen item is really given, per item (Sympson and Hetter 1985); nil: always.
  public var exposure: ExposureControl?
  /// Shares of content areas; nil: none.
  public var blueprint: Blueprint?

  public init(
    randomesqueItems: Int = 0, randomesqueBest: Int = 5, exposure: ExposureControl? = nil, blueprint: Blueprint? = nil
  ) {
    self.randomesqueItems = max(0, randomesqueItems)
    self.randomesqueBest = max(1, randomesqueBest)
    self.exposure = exposure
    self.blueprint = blueprint
  }

  /// Always the item with the greatest information, lowest place on ties.
  public static let maximumInformation = Choice()

  /// At random among the best five throughout.
  public static let randomesque = Choice(randomesqueItems: .max)

  /// What a test in use should do: the first five at random among the best five, then Sympson-Hetter.
  public static func guarded(_ exposure: ExposureControl, blueprint: Blueprint? = nil) -> Choice {
    Choice(randomesqueItems: 5, exposure: exposure, blueprint: blueprint)
  }
}

/// Exposure parameters of Sympson and Hetter, found by simulation (`ExposureControl.calibrated`).
public struct ExposureControl: Hashable, Codable, Sendable {
  /// The chance that a chosen item is given, per item of the bank, 0...1.
  public let chances: [Double]

  /// - Parameter chances: one per item; values outside 0...1 are brought inside.
  public init(chances: [Double]) { self.chances = chances.map { $0.isFinite ? min(max($0, 0), 1) : 1 } }

  func chance(_ item: Int) -> Double { chances.indices.contains(item) ? chances[item] : 1 }
}

/// Which share of a test each content area should have.
public struct Blueprint: Hashable, Codable, Sendable {
  /// Share per area; scaled to add up to 1.
  public let shares: [Int: Double]

  /// - Parameter shares: not negative; areas that are not named get nothing.
  public init(shares: [Int: Double]) {
    let valid = shares.filter { $0.value.isFinite && $0.value > 0 }
    let total = valid.values.reduce(0, +)
    self.shares = valid.mapValues { $0 / total }
  }

  /// Areas by how far they lag behind their share when one more item is asked, largest shortfall first, ties by number.
  func neediest(asked: [Int: Int]) -> [Int] {
    let next = Double(asked.values.reduce(0, +) + 1)
    let lag = shares.map { area, share in (area: area, lag: share * next - Double(asked[area, default: 0])) }
    return lag.sorted { ($0.lag, $1.area) > ($1.lag, $0.area) }.map(\.area)
  }
}
