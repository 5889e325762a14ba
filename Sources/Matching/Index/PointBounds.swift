/// The most points a mentor of an index can get for an ask: exact but for what depends on the pair, which counts in full.
struct PointBounds {
  private let need: PreparedNeed
  private let index: RankIndex
  private let weights: [Int]
  private let skillWeight: Int64
  private let languageBits: [UInt64]
  private let anyLanguage: UInt64
  private let certain: Int
  private let session: Int
  private let mean: Int
  /// Whether the ratings of the index were drawn towards the same mean.
  private let hasIndexedMean: Bool

  init(_ need: PreparedNeed, _ weights: Weights, _ index: RankIndex) {
    self.need = need
    self.index = index
    self.weights = [weights[.skillFit], weights[.fairLoad], weights[.answers], weights[.rating], weights[.language], weights[.crossing]]
    skillWeight = need.skillWants.reduce(0) { $0 + Int64($1.weight) }
    languageBits = need.need.languages.map { language in index.languageNames.firstIndex(of: language).map { 1 << UInt64($0) } ?? 0 }
    anyLanguage = languageBits.reduce(0, |)
    session = max(1, need.sessionMinutes)
    mean = need.pool.meanRating.clamped(to: 1000...5000)
    hasIndexedMean = mean == index.pool.meanRating.clamped(to: 1000...5000)
    let times = need.need.timesPassedOn.clamped(to: Bounds.count)
    certain = weights[.soon] + weights[.newFaces] + min(Boosts.passedOnPoints * times, Boosts.passedOnMaximum)
  }

  /// Whether a mentor passes the rules that need nothing but the index.
  func passes(_ mentor: Int) -> Bool {
    let bits = index.flags[mentor]
    guard bits & 7 == 7, bits & 48 == 0, bits & 8 != 0 || !need.need.kind.needsOrientation else { return false }
    let left = Int(index.budget[mentor]).clamped(to: Bounds.minutes) - Int(index.minutesUsed[mentor]).clamped(to: Bounds.minutes)
    return left >= session && index.activeMentees[mentor] < index.menteeCap[mentor] && index.languages[mentor] & anyLanguage != 0
  }

  /// The most points possible.
  func most(_ mentor: Int, skillPoints: Int64) -> Int32 {
    let skill = skillWeight > 0 ? Int(skillPoints / skillWeight).clamped(to: 0...1000) : 0
    var sum = certain
    sum += skill * weights[0] / 1000
    sum += fairLoad(mentor) * weights[1] / 1000
    sum += Int(index.answerPoints[mentor]) * weights[2] / 1000
    sum += rating(mentor) * weights[3] / 1000
    sum += language(mentor) * weights[4] / 1000
    sum += crossing(mentor) * weights[5] / 1000
    let days = index.daysSinceOffered[mentor]
    if days == RankIndex.absent || days >= Int32(Boosts.waitingDays) { sum += Boosts.waitingPoints }
    return Int32(truncatingIfNeeded: sum)
  }

  private func fairLoad(_ mentor: Int) -> Int {
    let given = Int(index.minutesGiven[mentor]).clamped(to: Bounds.minutes) + Int(index.credit[mentor]).clamped(to: Bounds.minutes)
    let fair = need.pool.fairPart(weeklyBudget: Int(index.budget[mentor])).clamped(to: Bounds.minutes)
    return (500 + 500 * (fair - given) / (4 * session)).clamped(to: 0...1000)
  }

  private func rating(_ mentor: Int) -> Int {
    if hasIndexedMean { return Int(index.ratingPoints[mentor]) }
    return PointBounds.rating(count: Int(index.ratings[mentor]), sum: Int(index.ratingSum[mentor]), mean: mean)
  }

  /// Points for answers to offers.
  static func answers(_ answered: Int, of offered: Int) -> Int {
    let offered = offered.clamped(to: Bounds.count)
    return ((answered.clamped(to: 0...offered) + 3) * 1000 / (offered + 4)).clamped(to: 0...1000)
  }

  /// Points for ratings, drawn towards the mean of all.
  static func rating(count: Int, sum: Int, mean: Int) -> Int {
    guard count >= 3 else { return (mean - 1000) / 4 }
    let count = count.clamped(to: Bounds.count)
    return (((1000 * sum.clamped(to: count...(5 * count)) + 5 * mean) / (count + 5) - 1000) / 4).clamped(to: 0...1000)
  }

  private func language(_ mentor: Int) -> Int {
    guard let place = languageBits.firstIndex(where: { index.languages[mentor] & $0 != 0 }) else { return 0 }
    let spoken = max(0, 1000 - 250 * min(place, 4))
    return need.need.kind.isRecurring ? (spoken + 1000) / 2 : spoken
  }

  private func crossing(_ mentor: Int) -> Int {
    switch need.need.crossing {
    case .none, .forbidden: return 500
    case .wished, .required:
      guard let own = need.need.department, index.department[mentor] != Int64.min else { return 0 }
      return own != index.department[mentor] ? 1000 : 0
    }
  }
}
