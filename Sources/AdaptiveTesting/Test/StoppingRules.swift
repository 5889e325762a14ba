/// When a test ends. The first rule that applies ends it.
public struct StoppingRules: Hashable, Codable, Sendable {
  /// Enough precision: stop at this standard error or below, once `leastItems` are answered. 0.30 is a reliability of 0.91.
  public var standardError: Double?
  /// No rule but time and an empty bank ends the test before so many answers.
  public var leastItems: Int
  /// Stop after so many answers.
  public var mostItems: Int
  /// Stop when no item left tells more than this at the present estimate.
  public var leastInformation: Double?
  /// Stop after so many seconds.
  public var seconds: Double?
  /// Stop when the interval of `deviates` standard errors around the estimate excludes every cut between levels.
  public var classification: Classification?

  public init(
    standardError: Double? = 0.30, leastItems: Int = 8, mostItems: Int = 30, leastInformation: Double? = 0.05,
    seconds: Double? = nil, classification: Classification? = nil
  ) {
    self.standardError = standardError
    self.leastItems = max(0, leastItems)
    self.mostItems = max(1, mostItems)
    self.leastInformation = leastInformation
    self.seconds = seconds
    self.classification = classification
  }

  /// A test of fixed length.
  public static func length(_ items: Int) -> StoppingRules {
    StoppingRules(standardError: nil, leastItems: items, mostItems: items, leastInformation: nil)
  }
}

/// Cuts between levels, and how sure the test must be of the side.
public struct Classification: Hashable, Codable, Sendable {
  /// Abilities at which one level ends and the next begins, ascending.
  public var cuts: [Double]
  /// Half the width of the interval, in standard errors; 1.645 is 90 % confidence.
  public var deviates: Double

  public init(cuts: [Double], deviates: Double = 1.645) {
    self.cuts = cuts.filter(\.isFinite).sorted()
    self.deviates = max(0, deviates)
  }

  /// Levels 1 to 5 until a standard has been set: cuts at -1.5, -0.5, 0.5 and 1.5.
  public static let levels = Classification(cuts: [-1.5, -0.5, 0.5, 1.5])

  /// The level of an ability: 1 below the first cut, one more above each.
  public func level(_ theta: Double) -> Int { 1 + cuts.count { $0 <= theta } }

  /// Whether the side of every cut is certain enough.
  public func decides(_ ability: Ability) -> Bool {
    let interval = ability.interval(deviates)
    return ability.standardError.isFinite && cuts.allSatisfy { !interval.contains($0) }
  }
}

/// Why a test ended.
public enum Ending: String, Hashable, Codable, Sendable {
  /// The standard error is small enough.
  case precise
  /// The most items have been answered.
  case length
  /// No item left tells enough.
  case uninformative
  /// The time is over.
  case time
  /// The side of every cut is certain.
  case classified
  /// Every item has been asked.
  case exhausted
}
