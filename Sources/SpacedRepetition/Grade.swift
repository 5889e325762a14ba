/// The learner's answer to one card.
///
/// The raw value is the number FSRS uses and the one to store. `hard`, `good` and `easy` all mean *recalled*.
public enum Grade: Int, CaseIterable, Codable, Comparable, Sendable {
  case again = 1
  case hard = 2
  case good = 3
  case easy = 4

  /// The two answers of a pass/fail review: forgot and recalled.
  ///
  /// Learners with four buttons tend to press *hard* for a failure, which spoils a later fit; two are the better default.
  public static let passFail: [Grade] = [.again, .good]

  /// Whether the card was remembered.
  public var isRecalled: Bool { self != .again }

  public static func < (left: Grade, right: Grade) -> Bool { left.rawValue < right.rawValue }
}
