/// The possible pairs of a program that were found from traits, each once.
struct FoundPairs {
  private var pairs: [Int: Int] = [:]
  private var ofMentor: [Int]
  private let mentees: Int
  private let mentors: Int
  /// Mentees for whom every mentor was looked at.
  private var isWhole: Set<Int> = []

  init(mentees: Int, mentors: Int) {
    self.mentees = mentees
    self.mentors = mentors
    ofMentor = Array(repeating: 0, count: mentors)
  }

  mutating func add(_ mentee: Int, _ mentor: Int, _ points: Int) {
    if pairs.updateValue(points, forKey: mentee * mentors + mentor) == nil { ofMentor[mentor] += 1 }
  }

  func count(ofMentor mentor: Int) -> Int { ofMentor[mentor] }

  /// The pairs as rows of weights.
  func rows() -> PairRows {
    var rows = PairRows(areWeights: true, expected: pairs.count)
    for (pair, points) in pairs.sorted(by: { $0.key < $1.key }) {
      rows.append(
        mentee: Int32(truncatingIfNeeded: pair / mentors), mentor: Int32(truncatingIfNeeded: pair % mentors),
        weight: Int32(truncatingIfNeeded: points))
    }
    return rows
  }

  /// Looks at every mentor for mentees who find no place among the pairs so far.
  ///
  /// - Returns: Whether there are pairs that were not known before.
  mutating func widen(_ problem: MatchProblem, _ traits: TraitPairs) -> Bool {
    guard let result = try? problem.solve(.coverage) else { return false }
    var placed = Array(repeating: false, count: mentees)
    for pair in result.pairs { placed[problem.table.mentee(of: pair)] = true }
    let before = pairs.count
    for mentee in 0..<mentees where !placed[mentee] && problem.mentees[mentee].most > 0 && isWhole.insert(mentee).inserted {
      for (mentor, points) in traits.everybody(for: mentee) { add(mentee, mentor, points) }
    }
    return pairs.count > before
  }
}
