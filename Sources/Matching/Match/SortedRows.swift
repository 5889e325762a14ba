/// Rows brought into the order of a `PairTable`, without repeats.
struct SortedRows: ~Copyable {
  /// Where the rows of each mentee begin; one more cell marks the end.
  let offset: Column<Int32>
  let mentee: Column<Int32>
  let mentor: Column<Int32>
  let menteeScore: Column<Int32>
  let mentorScore: Column<Int32>
  let duplicates: Int

  init(_ rows: consuming PairRows, mentees: Int, mentors: Int) {
    if !rows.areInRange(mentees, mentors) { rows = rows.inRange(mentees, mentors) }
    let offset = Column<Int32>(mentees + 1, filledWith: 0)
    for row in 0..<rows.count { offset[rows.mentee[row] &+ 1] &+= 1 }
    for mentee in 0..<mentees { offset[mentee &+ 1] &+= offset[mentee] }
    let before = rows.count
    if !rows.areInOrder { rows = rows.inOrder(by: offset, mentees: mentees) }
    duplicates = before - rows.count
    self.offset = offset
    mentee = Column(rows.mentee)
    mentor = Column(rows.mentor)
    menteeScore = Column(rows.menteeScore)
    mentorScore = Column(rows.mentorScore)
  }
}

extension PairRows {
  /// Whether all rows speak of people who exist, and can be numbered.
  fileprivate func areInRange(_ mentees: Int, _ mentors: Int) -> Bool {
    guard count < Int(Int32.max) else { return false }
    for row in 0..<count where !isInRange(row, mentees, mentors) { return false }
    return true
  }

  /// The rows that speak of people who exist, as many as can be numbered.
  fileprivate borrowing func inRange(_ mentees: Int, _ mentors: Int) -> PairRows {
    var left = PairRows(areWeights: areWeights, expected: count)
    for row in 0..<min(count, Int(Int32.max) - 1) where isInRange(row, mentees, mentors) {
      left.append(
        mentee: mentee[row], mentor: mentor[row], menteeScore: menteeScore[row],
        mentorScore: areWeights ? menteeScore[row] : mentorScore[row])
    }
    return left
  }

  @inline(__always)
  private func isInRange(_ row: Int, _ mentees: Int, _ mentors: Int) -> Bool {
    mentee[row] >= 0 && mentee[row] < mentees && mentor[row] >= 0 && mentor[row] < mentors
  }

  /// Whether the rows are strictly ordered by mentee, then mentor.
  fileprivate var areInOrder: Bool {
    guard count > 1 else { return true }
    for row in 1..<count {
      let step = mentee[row] &- mentee[row &- 1]
      if step < 0 || (step == 0 && mentor[row] <= mentor[row &- 1]) { return false }
    }
    return true
  }

  /// The rows in order, repeats left out; `offset` is corrected for them.
  fileprivate borrowing func inOrder(by offset: borrowing Column<Int32>, mentees: Int) -> PairRows {
    let next = Column<Int32>(mentees, filledWith: 0)
    for person in 0..<mentees { next[person] = offset[person] }
    let order = Column<Int32>(count, filledWith: 0)
    for row in 0..<count {
      order[next[mentee[row]]] = Int32(truncatingIfNeeded: row)
      next[mentee[row]] &+= 1
    }
    var sorted = PairRows(areWeights: areWeights, expected: count)
    var rows: [Int] = []
    var start = 0
    for person in 0..<mentees {
      let end = Int(offset[person &+ 1])
      rows.removeAll(keepingCapacity: true)
      for place in start..<end { rows.append(Int(order[place])) }
      start = end
      rows.sort { (mentor[$0], -weight($0), $0) < (mentor[$1], -weight($1), $1) }
      var last: Int32 = -1
      for row in rows where mentor[row] != last {
        last = mentor[row]
        sorted.append(
          mentee: mentee[row], mentor: last, menteeScore: menteeScore[row], mentorScore: areWeights ? menteeScore[row] : mentorScore[row])
      }
      offset[person &+ 1] = Int32(truncatingIfNeeded: sorted.count)
    }
    return sorted
  }

  private func weight(_ row: Int) -> Int32 { areWeights ? menteeScore[row] : menteeScore[row] &+ mentorScore[row] }
}
