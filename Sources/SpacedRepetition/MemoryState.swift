/// How well one person remembers one card, in the two variables of FSRS.
///
/// Values are always finite and inside their ranges: initialisers and decoding bring anything else to the nearest bound
/// (not-a-number to the lower one).
public struct MemoryState: Hashable, Sendable {
  /// Days until the probability of recall has fallen to 0.9.
  public let stability: Double
  /// How hard this card is for this person: 1 easy, 10 hard.
  public let difficulty: Double

  /// The range of `stability`, in days.
  public static let stabilityRange = 0.001...36_500.0
  /// The range of `difficulty`.
  public static let difficultyRange = 1.0...10.0

  /// - Parameters:
  ///   - stability: days; brought into `stabilityRange`.
  ///   - difficulty: brought into `difficultyRange`.
  public init(stability: Double, difficulty: Double) {
    self.stability = stability.clamped(to: Self.stabilityRange)
    self.difficulty = difficulty.clamped(to: Self.difficultyRange)
  }
}

extension MemoryState: Codable {
  private enum CodingKeys: CodingKey { case stability, difficulty }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      stability: try container.decode(Double.self, forKey: .stability),
      difficulty: try container.decode(Double.self, forKey: .difficulty))
  }
}
