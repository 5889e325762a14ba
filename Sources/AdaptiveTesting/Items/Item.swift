/// One item of a bank, of either model. An answer is a category: 0 or 1 for a logistic item, 0...m for a graded one.
public enum Item: Hashable, Codable, Sendable {
  /// Right (1) or wrong (0).
  case logistic(LogisticItem)
  /// An ordered scale.
  case graded(GradedItem)

  /// How many answers are told apart.
  public var categories: Int {
    switch self {
    case .logistic: 2
    case .graded(let item): item.categories
    }
  }

  /// The chance of each category at an ability.
  public func probabilities(_ theta: Double) -> [Double] {
    switch self {
    case .logistic(let item):
      let right = item.probability(theta)
      return [1 - right, right]
    case .graded(let item): return item.probabilities(theta)
    }
  }

  /// Fisher information about ability, at an ability.
  public func information(_ theta: Double) -> Double {
    switch self {
    case .logistic(let item): item.information(theta)
    case .graded(let item): item.information(theta)
    }
  }

  /// The discrimination.
  public var discrimination: Double {
    switch self {
    case .logistic(let item): item.a
    case .graded(let item): item.a
    }
  }

  /// The lowest and the highest difficulty, or threshold.
  public var difficulties: ClosedRange<Double> {
    switch self {
    case .logistic(let item): item.b...item.b
    case .graded(let item):
      (item.thresholds.min() ?? 0)...(item.thresholds.max() ?? 0)
    }
  }

  func informationBound(_ range: ClosedRange<Double>) -> Double {
    switch self {
    case .logistic(let item): item.informationBound(range)
    case .graded(let item): item.informationBound(range)
    }
  }
}
