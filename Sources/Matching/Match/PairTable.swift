/// All possible pairs of a program, each once, ordered by mentee and then by mentor.
///
/// Of a pair that was named more than once the row of the greatest weight counts, the first of those if several have it.
public final class PairTable: Sendable {
  /// Mentees and mentors the pairs speak of.
  public let mentees: Int
  /// Mentors the pairs speak of.
  public let mentors: Int
  /// Rows left out because another row named the same pair.
  public let duplicates: Int
  /// The greatest weight without its sign.
  let greatest: Int64
  let areWeights: Bool
  /// Where the pairs of each mentee begin; one more cell marks the end.
  let offset: Column<Int32>
  let mentee: Column<Int32>
  let mentor: Column<Int32>
  let menteeScore: Column<Int32>
  let mentorScore: Column<Int32>
  let weight: Column<Int32>

  /// How many pairs there are.
  public var count: Int { mentor.count }

  /// Sorts rows into a table. Rows of people who do not exist are left out.
  ///
  /// - Parameters:
  ///   - rows: The pairs; their memory is used further where they come in order already.
  ///   - mentees: How many mentees there are.
  ///   - mentors: How many mentors there are.
  /// - Complexity: O(pairs) when the rows come grouped by mentee, else O(pairs x log(greatest number of pairs of a mentee)).
  public init(_ rows: consuming PairRows, mentees: Int, mentors: Int) {
    self.mentees = mentees
    self.mentors = mentors
    areWeights = rows.areWeights
    let sorted = SortedRows(rows, mentees: mentees, mentors: mentors)
    duplicates = sorted.duplicates
    let weight = Column<Int32>(sorted.mentor.count, filledWith: 0)
    var greatest: Int32 = 0
    for pair in 0..<weight.count {
      weight[pair] = areWeights ? sorted.menteeScore[pair] : sorted.menteeScore[pair] &+ sorted.mentorScore[pair]
      greatest = max(greatest, abs(weight[pair]))
    }
    offset = sorted.offset
    mentee = sorted.mentee
    mentor = sorted.mentor
    menteeScore = sorted.menteeScore
    mentorScore = sorted.mentorScore
    self.weight = weight
    self.greatest = Int64(greatest)
  }

  /// The pairs of a mentee.
  @inline(__always)
  func pairs(of mentee: Int) -> Range<Int> { Int(offset[mentee])..<Int(offset[mentee &+ 1]) }

  /// The number of a pair, or `nil` when it is not possible.
  ///
  /// - Complexity: O(log n) for n pairs of the mentee.
  public func number(mentee: Int, mentor wanted: Int) -> Int? {
    guard (0..<mentees).contains(mentee) else { return nil }
    var range = pairs(of: mentee)
    while !range.isEmpty {
      let middle = range.lowerBound + range.count / 2
      if Int(mentor[middle]) == wanted { return middle }
      range = Int(mentor[middle]) < wanted ? middle + 1..<range.upperBound : range.lowerBound..<middle
    }
    return nil
  }

  /// The mentee of a pair.
  public func mentee(of pair: Int) -> Int { Int(mentee[pair]) }

  /// The mentor of a pair.
  public func mentor(of pair: Int) -> Int { Int(mentor[pair]) }

  /// The weight of a pair: the sum of both scores, or what its row said.
  public func weight(of pair: Int) -> Int { Int(weight[pair]) }

  /// What the mentee and the mentor think of the pair.
  public func scores(of pair: Int) -> (mentee: Int, mentor: Int) {
    (Int(menteeScore[pair]), Int(areWeights ? menteeScore[pair] : mentorScore[pair]))
  }

  /// What mode fair looks at in a pair.
  public func measure(of pair: Int, _ fairOn: FairMeasure) -> Int {
    switch fairOn {
    case .pair: weight(of: pair)
    case .mentee: scores(of: pair).mentee
    case .mentor: scores(of: pair).mentor
    }
  }
}
