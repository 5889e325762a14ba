/// Possible pairs as they were read, in any order, a pair perhaps more than once.
///
/// People are numbers: the places of their rows in the files of people.
public struct PairRows: ~Copyable, Sendable {
  var mentee: GrowingColumn<Int32>
  var mentor: GrowingColumn<Int32>
  var menteeScore: GrowingColumn<Int32>
  var mentorScore: GrowingColumn<Int32>
  /// Whether the rows carry one weight for each pair instead of two scores.
  let areWeights: Bool

  /// Makes an empty list.
  ///
  /// - Parameters:
  ///   - areWeights: The rows carry one weight, which then stands for both scores as well.
  ///   - expected: About how many rows will follow.
  public init(areWeights: Bool = false, expected: Int = 0) {
    self.areWeights = areWeights
    mentee = GrowingColumn(reserving: expected)
    mentor = GrowingColumn(reserving: expected)
    menteeScore = GrowingColumn(reserving: expected)
    mentorScore = GrowingColumn(reserving: areWeights ? 0 : expected)
  }

  /// The mentee of the last row, of which there is at least one.
  var lastMentee: Int32 { mentee[mentee.count &- 1] }

  /// How many rows there are.
  public var count: Int { mentee.count }

  /// Adds a pair with two scores, each -1,000,000...1,000,000.
  @inline(__always)
  public mutating func append(mentee: Int32, mentor: Int32, menteeScore: Int32, mentorScore: Int32) {
    self.mentee.append(mentee)
    self.mentor.append(mentor)
    self.menteeScore.append(menteeScore)
    if !areWeights { self.mentorScore.append(mentorScore) }
  }

  /// Adds a pair with one weight, -2,000,000...2,000,000.
  @inline(__always)
  public mutating func append(mentee: Int32, mentor: Int32, weight: Int32) {
    append(mentee: mentee, mentor: mentor, menteeScore: weight, mentorScore: weight)
  }
}
