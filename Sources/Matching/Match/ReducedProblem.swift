/// What is left to decide when pins are taken as given: fewer places, and only the pairs that may still be chosen.
struct ReducedProblem: ~Copyable {
  let table: PairTable
  let mentees: Places
  let mentors: Places
  /// Pairs that may not be chosen: banned, pinned, left out by `excludes`, or of somebody without a place.
  let closed: BitColumn

  init(_ problem: MatchProblem, excludes: ((Int) -> Bool)? = nil) {
    table = problem.table
    mentees = Places(problem.mentees)
    mentors = Places(problem.mentors)
    closed = BitColumn(table.count, filledWith: false)
    for pair in problem.pins {
      closed[pair] = true
      mentees.takeOne(table.mentee(of: pair))
      mentors.takeOne(table.mentor(of: pair))
    }
    for pair in problem.bans { closed[pair] = true }
    if mentees.hasSomebodyWithout || mentors.hasSomebodyWithout {
      for pair in 0..<table.count where mentees.most[table.mentee[pair]] == 0 || mentors.most[table.mentor[pair]] == 0 {
        closed[pair] = true
      }
    }
    if let excludes {
      for pair in 0..<table.count where excludes(pair) { closed[pair] = true }
    }
  }
}

/// How many places each person of one side has: at least, and at most.
struct Places: ~Copyable, Sendable {
  let least: Column<Int32>
  let most: Column<Int32>

  var count: Int { least.count }
  var hasSomebodyWithout: Bool { (0..<count).contains { most[$0] == 0 } }
  /// All places together.
  var total: Int { (0..<count).reduce(0) { $0 + Int(most[$1]) } }

  init(_ ranges: [PlaceRange]) {
    least = Column(ranges.count, filledWith: 0)
    most = Column(ranges.count, filledWith: 0)
    for (person, range) in ranges.enumerated() {
      least[person] = Int32(truncatingIfNeeded: range.least)
      most[person] = Int32(truncatingIfNeeded: range.most)
    }
  }

  func takeOne(_ person: Int) {
    least[person] = max(0, least[person] &- 1)
    most[person] &-= 1
  }
}
