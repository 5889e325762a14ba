/// The parameters of one item while they are being estimated: slope and intercepts, `P*_k(θ) = 1 / (1 + exp(-(aθ + d_k)))`, with a
/// lower asymptote for the three-parameter model. Intercepts fall; threshold `b_k = -d_k / a`.
struct ItemCurve {
  var a: Double
  var d: [Double]
  /// Lower asymptote; nil for models without one.
  var c: Double?

  /// How many numbers are estimated: a, every d, and c.
  var count: Int { 1 + d.count + (c == nil ? 0 : 1) }
  var categories: Int { d.count + 1 }

  /// A start from the share of people in each category or above.
  init(shares: [Double], guessing: Bool) {
    let guess = guessing ? 0.15 : 0
    a = 1
    d = shares.map { share in
      let inner = min(max((share - guess) / (1 - guess), 0.005), 0.995)
      return 1.2 * Numerics.logarithm(inner / (1 - inner))
    }
    for place in d.indices.dropFirst() where d[place] > d[place - 1] - 1e-3 { d[place] = d[place - 1] - 1e-3 }
    c = guessing ? guess : nil
  }

  /// Chance of each category, and its derivative by each parameter: `slopes[category][parameter]`.
  func evaluate(_ theta: Double, chances: inout [Double], slopes: inout [[Double]]) {
    for category in 0..<categories {
      chances[category] = 0
      for parameter in 0..<count { slopes[category][parameter] = 0 }
    }
    let share = 1 - (c ?? 0)
    var above = 1.0
    for (place, intercept) in d.enumerated() {
      let star = Numerics.logistic(a * theta + intercept)
      let density = star * (1 - star) * share
      let next = (c ?? 0) + share * star
      chances[place] = max(above - next, 1e-12)
      slopes[place][0] -= density * theta
      slopes[place + 1][0] += density * theta
      slopes[place][1 + place] -= density
      slopes[place + 1][1 + place] += density
      if c != nil {
        slopes[0][2] = -(1 - star)
        slopes[1][2] = 1 - star
      }
      above = next
    }
    chances[d.count] = max(above, 1e-12)
  }

  /// The curve moved by `step`, or nil where that is no valid item.
  func moved(_ step: [Double], by share: Double) -> ItemCurve? {
    var copy = self
    copy.a += share * step[0]
    for place in d.indices { copy.d[place] += share * step[1 + place] }
    if let c { copy.c = c + share * step[1 + d.count] }
    let falling = zip(copy.d, copy.d.dropFirst()).allSatisfy { $0 > $1 + 1e-6 }
    let finite = copy.a.isFinite && copy.d.allSatisfy { $0.isFinite && abs($0) < 50 }
    let guess = copy.c.map { $0 > 1e-5 && $0 < 0.7 } ?? true
    return copy.a >= ItemCurve.leastSlope && copy.a < 20 && falling && finite && guess ? copy : nil
  }

  /// An item on which able people do worse ends here, which shows in its fit and its discrimination.
  static let leastSlope = 0.02
}

/// What is believed of item parameters before the answers.
public struct ItemPriors: Hashable, Codable, Sendable {
  /// Standard deviation of ln a around 0; nil for none.
  public var logDiscrimination: Double?
  /// Standard deviation of b around 0; nil for none.
  public var difficulty: Double?

  public init(logDiscrimination: Double? = nil, difficulty: Double? = nil) {
    self.logDiscrimination = logDiscrimination
    self.difficulty = difficulty
  }

  /// No prior: maximum marginal likelihood.
  public static let none = ItemPriors()
  /// ln a ~ N(0, 0.5), b ~ N(0, 2): for fewer than 500 people.
  public static let mild = ItemPriors(logDiscrimination: 0.5, difficulty: 2)

  /// Log density, gradient and a positive curvature, added up for one item. The asymptote always has a Beta(5, 17) prior.
  func add(_ curve: ItemCurve, gradient: inout [Double], curvature: inout SymmetricMatrix) -> Double {
    var height = 0.0
    if let deviation = logDiscrimination {
      let z = Numerics.logarithm(curve.a) / deviation
      height -= z * z / 2
      gradient[0] -= z / (deviation * curve.a)
      curvature[0, 0] += 1 / (deviation * curve.a * deviation * curve.a)
    }
    if let deviation = difficulty {
      for (place, d) in curve.d.enumerated() {
        let z = d / (curve.a * deviation)
        height -= z * z / 2
        gradient[0] += z * z / curve.a
        gradient[1 + place] -= z / (curve.a * deviation)
        curvature[1 + place, 1 + place] += 1 / (curve.a * deviation * curve.a * deviation)
      }
    }
    if let c = curve.c {
      let place = 1 + curve.d.count
      height += 4 * Numerics.logarithm(c) + 16 * Numerics.logarithm(1 - c)
      gradient[place] += 4 / c - 16 / (1 - c)
      curvature[place, place] += 4 / (c * c) + 16 / ((1 - c) * (1 - c))
    }
    return height
  }
}
