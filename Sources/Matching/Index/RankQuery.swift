/// Asks an index, again and again, with one piece of working memory.
public struct RankQuery: ~Copyable {
  private let index: RankIndex
  /// Points for skills so far, times the weight of each want; and those of the want being looked at.
  private let points: Column<Int64>
  private let best: Column<Int32>
  private var touched = GrowingColumn<Int32>(reserving: 1024)
  private var nearest = GrowingColumn<Int32>(reserving: 1024)
  private var upper = GrowingColumn<Int32>(reserving: 1024)
  private var order = GrowingColumn<Int32>(reserving: 1024)
  /// Mentors the last query looked at closely.
  public private(set) var looks = 0

  /// Makes working memory for an index: 12 bytes a mentor.
  public init(_ index: RankIndex) {
    self.index = index
    points = Column(index.count, filledWith: -1)
    best = Column(index.count, filledWith: 0)
  }

  /// The best mentors of an ask, in the order of `rank`.
  ///
  /// - Parameters:
  ///   - count: How many at most.
  ///   - pair: What is known about a mentor and the asker together; called only for mentors who may be among the best.
  /// - Complexity: O(mentors who offer a needed skill or a neighbour of it), plus a close look at few.
  public mutating func top(
    _ count: Int, need: Need, weights: Weights = .standard, seed: UInt64, pair: (Int64) -> Candidate.Pair
  ) -> [Ranked] {
    guard count > 0 else { return [] }
    let prepared = PreparedNeed(need, pool: index.pool)
    order(prepared, weights)
    var found: [(standing: TieBreak, ranked: Ranked)] = []
    looks = 0
    for place in 0..<order.count {
      let at = Int(order[place])
      if found.count == count, let last = found.last, Int(upper[at]) < last.standing.total { break }
      looks += 1
      let mentor = Int(touched[at])
      let candidate = index.candidate(mentor, pair: pair(index.id[mentor]))
      guard prepared.passes(candidate) else { continue }
      let ranked = Ranked(id: candidate.id, lines: prepared.lines(of: candidate, weights: weights))
      let standing = TieBreak(candidate, total: ranked.total, seed: seed)
      let position = found.firstIndex { standing.isAhead(of: $0.standing) } ?? found.count
      guard position < count else { continue }
      found.insert((standing, ranked), at: position)
      if found.count > count { found.removeLast() }
    }
    forget()
    return found.map(\.ranked)
  }

  /// Those who can get the most points, the greatest possible first: for callers who look up what is known about the pairs of many mentors
  /// at once. Everybody left out can get no more than the last one named, as far as the index knows.
  ///
  /// - Parameters:
  ///   - count: How many at most.
  ///   - pool: What the mentors have in common at this moment; the pool of the index when nil.
  /// - Complexity: O(mentors who offer a needed skill or a neighbour of it).
  public mutating func shortlist(_ count: Int, need: Need, weights: Weights = .standard, pool: Pool? = nil) -> [Int64] {
    order(PreparedNeed(need, pool: pool ?? index.pool), weights)
    let ids = (0..<min(max(0, count), order.count)).map { index.id[Int(touched[Int(order[$0])])] }
    forget()
    return ids
  }

  /// Finds who may help, and puts their places in the order of the most points possible.
  private mutating func order(_ need: PreparedNeed, _ weights: Weights) {
    gather(need)
    bound(need, weights)
    sortByBound()
  }

  private func forget() {
    for place in 0..<touched.count { points[touched[place]] = -1 }
  }

  /// Finds who offers something, and adds up their points for skills.
  private mutating func gather(_ need: PreparedNeed) {
    touched.removeAll()
    guard need.need.kind.levelRule == .aboveInASkill, !need.skillWants.isEmpty else {
      for mentor in 0..<index.count { touch(Int32(truncatingIfNeeded: mentor)) }
      for want in need.skillWants { add(want) }
      return
    }
    for want in need.skillWants { add(want) }
  }

  private mutating func touch(_ mentor: Int32) {
    guard points[mentor] < 0 else { return }
    points[mentor] = 0
    touched.append(mentor)
  }

  private mutating func add(_ want: SkillWant) {
    nearest.removeAll()
    // In a fixed order, so that those of equal points come in the same order each time.
    for (skill, factor) in want.reach.sorted(by: { $0.key < $1.key }) {
      guard let number = index.skillNumber[skill] else { continue }
      // By how many levels a mentor is above, four and more alike.
      let values = (0...4).map { Int32(truncatingIfNeeded: SkillWant.use(levelsAbove: $0) * factor / 1000) }
      for place in index.postingOffset[number]..<index.postingOffset[number &+ 1] {
        let value = values[min(max(0, Int(index.postingLevel[place]) - want.from), 4)]
        guard value > 0 else { continue }
        let mentor = index.postingMentor[place]
        if best[mentor] == 0 { nearest.append(mentor) }
        best[mentor] = max(best[mentor], value)
      }
    }
    for place in 0..<nearest.count {
      let mentor = nearest[place]
      touch(mentor)
      points[mentor] &+= Int64(best[mentor]) &* Int64(want.weight)
      best[mentor] = 0
    }
  }

  /// Works out for everybody found the most points possible; those who fail a rule that the index knows get none.
  private mutating func bound(_ need: PreparedNeed, _ weights: Weights) {
    let bounds = PointBounds(need, weights, index)
    upper.removeAll()
    order.removeAll()
    for place in 0..<touched.count {
      let mentor = Int(touched[place])
      upper.append(bounds.passes(mentor) ? bounds.most(mentor, skillPoints: points[mentor]) : -1)
    }
  }

  /// Orders the places by bound, greatest first, those who fail left out (counting sort).
  private mutating func sortByBound() {
    let most = 4096
    let counts = Column<Int32>(most + 2, filledWith: 0)
    for place in 0..<upper.count where upper[place] >= 0 { counts[most - min(most, Int(upper[place])) + 1] &+= 1 }
    for value in 0...most { counts[value + 1] &+= counts[value] }
    for _ in 0..<Int(counts[most + 1]) { order.append(0) }
    for place in 0..<upper.count where upper[place] >= 0 {
      let bucket = most - min(most, Int(upper[place]))
      order[Int(counts[bucket])] = Int32(truncatingIfNeeded: place)
      counts[bucket] &+= 1
    }
  }
}
