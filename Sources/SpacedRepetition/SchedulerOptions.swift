/// What a person (or an organisation) may choose about scheduling.
public struct SchedulerOptions: Hashable, Sendable {
  /// The wanted probability of recall when a card comes up, 0.70 to 0.97. Higher means more work.
  public let desiredRetention: Double
  /// The longest interval, in days, 1 to 36 500.
  public let maximumInterval: Int
  /// The waits of a new card, in seconds, each 1 to 86 400, at most 20.
  public let learningSteps: [Int]
  /// The waits after a lapse, in seconds, each 1 to 86 400, at most 20.
  public let relearningSteps: [Int]
  /// Whether intervals are spread a little, so that cards learnt together do not stay together.
  public let fuzz: Bool

  /// Why options were refused.
  public enum Refusal: Error, Hashable, Sendable {
    case desiredRetention(Double)
    case maximumInterval(Int)
    case learningSteps
    case relearningSteps
  }

  /// The allowed range of `desiredRetention`.
  public static let retentionRange = 0.70...0.97
  /// The allowed range of `maximumInterval`, in days.
  public static let intervalRange = 1...36_500

  /// Retention 0.9, intervals up to 36 500 days, one step of ten minutes in learning and in relearning, fuzz on.
  public static let defaults = SchedulerOptions(retention: 0.9, maximum: 36_500, learning: [600], relearning: [600], fuzz: true)

  /// - Throws: `Refusal` naming the first value out of its range.
  public init(
    desiredRetention: Double = 0.9, maximumInterval: Int = 36_500, learningSteps: [Int] = [600], relearningSteps: [Int] = [600],
    fuzz: Bool = true
  ) throws(Refusal) {
    guard Self.retentionRange.contains(desiredRetention) else { throw .desiredRetention(desiredRetention) }
    guard Self.intervalRange.contains(maximumInterval) else { throw .maximumInterval(maximumInterval) }
    guard Self.areSteps(learningSteps) else { throw .learningSteps }
    guard Self.areSteps(relearningSteps) else { throw .relearningSteps }
    self.init(
      retention: desiredRetention, maximum: maximumInterval, learning: learningSteps, relearning: relearningSteps, fuzz: fuzz)
  }

  private init(retention: Double, maximum: Int, learning: [Int], relearning: [Int], fuzz: Bool) {
    desiredRetention = retention
    maximumInterval = maximum
    learningSteps = learning
    relearningSteps = relearning
    self.fuzz = fuzz
  }

  private static func areSteps(_ seconds: [Int]) -> Bool {
    seconds.count <= 20 && seconds.allSatisfy { (1...86_400).contains($0) }
  }
}

extension SchedulerOptions: Codable {
  private enum CodingKeys: CodingKey { case desiredRetention, maximumInterval, learningSteps, relearningSteps, fuzz }

  /// - Throws: `DecodingError`, or `Refusal` for values out of range.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    try self.init(
      desiredRetention: container.decode(Double.self, forKey: .desiredRetention),
      maximumInterval: container.decode(Int.self, forKey: .maximumInterval),
      learningSteps: container.decode([Int].self, forKey: .learningSteps),
      relearningSteps: container.decode([Int].self, forKey: .relearningSteps),
      fuzz: container.decode(Bool.self, forKey: .fuzz))
  }
}
