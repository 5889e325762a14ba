/// What is in use and at which prices.
///
/// One side bids for places with the other. Between calls these hold: an unused pair is worth at most the sum of both prices, a used one at
/// least; everybody's price fits the number of places in use, except of people who still want one more (`Side.wantsMore`).
final class Market {
  var levels: Levels
  let table: PairTable
  let biddersAreMentees: Bool
  let mentees: Side
  let mentors: Side
  /// Where the pairs of each mentor begin in `byMentor`.
  let mentorOffset: Column<Int32>
  /// All pairs, ordered by mentor, then by mentee.
  let byMentor: Column<Int32>
  /// Mentee and weight of each pair in the order of `byMentor`, where mentors bid; else empty, since then it is rarely walked.
  private let menteeByMentor: Column<Int32>
  private let weightByMentor: Column<Int32>
  /// For each pair: in use (1), closed (2), worth keeping (4).
  let flags: Column<UInt8>
  /// Whether an auction is on: then the pairs in use are told by `flags` alone, and the bidders have no prices yet.
  var isBidding = false

  static let used: UInt8 = 1
  static let closed: UInt8 = 2
  static let kept: UInt8 = 4

  var bidders: Side { biddersAreMentees ? mentees : mentors }
  var offers: Side { biddersAreMentees ? mentors : mentees }

  /// Makes a market with nothing in use and all prices at their least.
  init(_ problem: borrowing ReducedProblem, levels: Levels, biddersAreMentees: Bool) {
    let table = problem.table
    self.table = table
    self.levels = levels
    self.biddersAreMentees = biddersAreMentees
    let offset = Column<Int32>(table.mentors + 1, filledWith: 0)
    for pair in 0..<table.count { offset[table.mentor[pair] &+ 1] &+= 1 }
    for mentor in 0..<table.mentors { offset[mentor &+ 1] &+= offset[mentor] }
    let next = Column<Int32>(table.mentors, filledWith: 0)
    for mentor in 0..<table.mentors { next[mentor] = offset[mentor] }
    byMentor = Column(table.count, filledWith: 0)
    flags = Column(table.count, filledWith: 0)
    menteeByMentor = Column(biddersAreMentees ? 0 : table.count, filledWith: 0)
    weightByMentor = Column(biddersAreMentees ? 0 : table.count, filledWith: 0)
    for pair in 0..<table.count {
      let mentor = table.mentor[pair]
      byMentor[next[mentor]] = Int32(truncatingIfNeeded: pair)
      if !biddersAreMentees {
        menteeByMentor[next[mentor]] = table.mentee[pair]
        weightByMentor[next[mentor]] = table.weight[pair]
      }
      next[mentor] &+= 1
      if problem.closed[pair] { flags[pair] = Self.closed }
    }
    mentees = Side(problem.mentees, offset: table.offset, quota: levels.quota)
    mentors = Side(problem.mentors, offset: offset, quota: levels.quota)
    mentorOffset = offset
    let offers = biddersAreMentees ? mentors : mentees
    for person in 0..<offers.count where offers.most[person] > 0 { offers.price[person] = offers.ceiling(person) }
  }

  @inline(__always)
  func gain(_ pair: Int32) -> Int64 {
    let plain = levels.base &+ levels.unit &* Int64(table.weight[pair])
    return levels.kept != 0 && flags[pair] & Self.kept != 0 ? plain &+ levels.kept : plain
  }

  @inline(__always)
  func use(_ pair: Int32) {
    flags[pair] |= Self.used
    mentees.hold(pair, at: Int(table.mentee[pair]))
    mentors.hold(pair, at: Int(table.mentor[pair]))
  }

  @inline(__always)
  func drop(_ pair: Int32) {
    flags[pair] &= ~Self.used
    mentees.release(pair, at: Int(table.mentee[pair]))
    mentors.release(pair, at: Int(table.mentor[pair]))
  }

  /// The places of a person's pairs in the order of that side.
  @inline(__always)
  func places(of person: Int, mentee: Bool) -> Range<Int> {
    mentee
      ? Int(table.offset[person])..<Int(table.offset[person &+ 1]) : Int(mentorOffset[person])..<Int(mentorOffset[person &+ 1])
  }

  /// The pair at a place of that side's order.
  @inline(__always)
  func pair(at place: Int, mentee: Bool) -> Int32 { mentee ? Int32(truncatingIfNeeded: place) : byMentor[place] }

  /// The person of the other side at a place of a side's order.
  @inline(__always)
  func neighbour(at place: Int, mentee: Bool) -> Int {
    if mentee { return Int(table.mentor[place]) }
    return Int(menteeByMentor.count > 0 ? menteeByMentor[place] : table.mentee[byMentor[place]])
  }

  /// The gain of the pair at a place of a side's order.
  @inline(__always)
  func gain(at place: Int, mentee: Bool) -> Int64 {
    if mentee || weightByMentor.count == 0 || levels.kept != 0 { return gain(pair(at: place, mentee: mentee)) }
    return levels.base &+ levels.unit &* Int64(weightByMentor[place])
  }

  /// The mentee of a pair, or its mentor.
  @inline(__always)
  func person(of pair: Int32, mentee: Bool) -> Int { Int(mentee ? table.mentee[pair] : table.mentor[pair]) }
}
