extension RotationRequest {
  /// Plans the rounds: no pair meets twice, nobody is in two meetings of a round.
  ///
  /// Which pairs meet is a program-wide match with as many places as rounds: least shortfall, most meetings, greatest fit. A graph in which
  /// nobody has more pairs than there are rounds can always be spread over the rounds without a clash (König, 1916), so this loses nothing.
  /// Where people come and go, the rounds are cut into blocks in which the same people are there, planned one after the other; then the
  /// plan may fall short of `Rotation.bound`, which is the match without regard to when people meet.
  ///
  /// - Throws: `MatchProblem.Invalid` for places out of range, or numbers too large.
  /// - Complexity: that of the match, and O(meetings x people) for the rounds.
  public func plan() throws(MatchProblem.Invalid) -> Rotation {
    guard rounds >= 1, rounds <= 1000, firstRound >= 1 else { throw .places }
    var state = RotationState(self)
    let blocks = blocks()
    // Planned in one piece without a lack of tables, the plan is its own bound.
    let relaxed = blocks.count > 1 || tables != nil ? try relaxedBound(state) : nil
    for block in blocks {
      let pairs = try choose(in: block, state)
      var grid = RoundGrid(mentees: mentees.count, mentors: mentors.count, rounds: block.count)
      for pair in pairs { grid.add(mentee: table.mentee(of: pair), mentor: table.mentor(of: pair)) }
      grid.even()
      state.take(grid, block)
    }
    state.reduceIdling(self)
    let meetings = state.seated(self)
    let reached = state.objective(self)
    return Rotation(meetings: meetings, objective: reached, bound: relaxed ?? reached, idleTwice: state.idleTwice(self))
  }

  /// The rounds still to be planned, cut wherever somebody comes or goes.
  private func blocks() -> [Range<Int>] {
    guard firstRound <= rounds else { return [] }
    var cuts: Set<Int> = [firstRound, rounds + 1]
    for person in mentees + mentors {
      guard let present = person.present else { continue }
      cuts.insert(min(max(present.lowerBound, firstRound), rounds + 1))
      cuts.insert(min(max(present.upperBound, firstRound - 1), rounds) + 1)
    }
    let sorted = cuts.sorted()
    return zip(sorted, sorted.dropFirst()).map { $0..<$1 }
  }

  private func choose(in block: Range<Int>, _ state: RotationState) throws(MatchProblem.Invalid) -> [Int] {
    func places(_ people: [Attendee], _ had: [Int]) -> [PlaceRange] {
      zip(people, had).map { person, had in
        let now = overlap(person, block)
        let later = overlap(person, block.upperBound..<rounds + 1)
        let most = max(0, min(now, person.most - had))
        return PlaceRange(least: min(most, max(0, min(person.least, person.most) - had - later)), most: most)
      }
    }
    let problem = try MatchProblem(
      table: table, mentees: places(mentees, state.hadByMentee), mentors: places(mentors, state.hadByMentor),
      bans: state.gone)
    let pairs = try problem.solve(.coverage, options: MatchOptions(seed: seed)).pairs
    guard let tables, pairs.count > tables * block.count else { return pairs }
    return fewer(pairs, than: tables * block.count, problem)
  }

  /// Leaves out the pairs that fit least, first those nobody's minimum needs.
  private func fewer(_ pairs: [Int], than most: Int, _ problem: MatchProblem) -> [Int] {
    var degrees = (mentees: [Int](repeating: 0, count: mentees.count), mentors: [Int](repeating: 0, count: mentors.count))
    for pair in pairs {
      degrees.mentees[table.mentee(of: pair)] += 1
      degrees.mentors[table.mentor(of: pair)] += 1
    }
    var left: [Int] = []
    var toDrop = pairs.count - max(0, most)
    let byWeight = pairs.sorted { (table.weight(of: $0), $0) < (table.weight(of: $1), $1) }
    for pair in byWeight {
      let mentee = table.mentee(of: pair)
      let mentor = table.mentor(of: pair)
      let isNeeded = degrees.mentees[mentee] <= problem.mentees[mentee].least || degrees.mentors[mentor] <= problem.mentors[mentor].least
      if toDrop > 0, !isNeeded {
        toDrop -= 1
        degrees.mentees[mentee] -= 1
        degrees.mentors[mentor] -= 1
      } else {
        left.append(pair)
      }
    }
    return Array(left.dropFirst(toDrop)).sorted()
  }

  /// What could be reached if it did not matter when people are there, as long as a pair is there together at all.
  private func relaxedBound(_ state: RotationState) throws(MatchProblem.Invalid) -> MatchObjective {
    let rest = min(firstRound, rounds + 1)..<rounds + 1
    func places(_ people: [Attendee], _ had: [Int]) -> [PlaceRange] {
      zip(people, had).map { person, had in
        let most = max(0, min(overlap(person, rest), person.most - had))
        return PlaceRange(least: min(most, max(0, min(person.least, person.most) - had)), most: most)
      }
    }
    var bans = state.gone
    if (mentees + mentors).contains(where: { $0.present != nil }) {
      for pair in 0..<table.count {
        let mentee = table.mentee(of: pair)
        let mentor = table.mentor(of: pair)
        if !rest.contains(where: { isThere(mentees[mentee], $0) && isThere(mentors[mentor], $0) }) { bans.append((mentee, mentor)) }
      }
    }
    let problem = try MatchProblem(
      table: table, mentees: places(mentees, state.hadByMentee), mentors: places(mentors, state.hadByMentor), bans: bans)
    let pairs = try problem.solve(.coverage).pairs
    return state.objective(self, adding: pairs)
  }

  func isThere(_ person: Attendee, _ round: Int) -> Bool { person.present?.contains(round) ?? true }

  private func overlap(_ person: Attendee, _ rounds: Range<Int>) -> Int {
    guard let present = person.present else { return rounds.count }
    return max(0, min(present.upperBound + 1, rounds.upperBound) - max(present.lowerBound, rounds.lowerBound))
  }
}
