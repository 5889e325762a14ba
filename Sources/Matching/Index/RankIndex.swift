/// The mentors of a pool laid out for ranking one ask against very many of them.
///
/// What does not depend on the ask is kept in columns, one for each fact; who offers a skill is found in a posting list for each skill. A query
/// walks the lists of the needed skills, works out for each mentor there the most points possible, and looks closely, with `rank`
/// itself, only at those who can still be among the best. Common slots and all else about a pair are asked for only then. The answer
/// is the same as that of `rank` over everybody.
public final class RankIndex: Sendable {
  let pool: Pool
  let id: Column<Int64>
  let department: Column<Int64>
  let budget: Column<Int32>
  let minutesUsed: Column<Int32>
  let minutesGiven: Column<Int32>
  let credit: Column<Int32>
  let languages: Column<UInt64>
  let activeMentees: Column<Int32>
  let menteeCap: Column<Int32>
  let seniority: Column<Int32>
  let daysSinceOffered: Column<Int32>
  let offered: Column<Int32>
  let answered: Column<Int32>
  let ratings: Column<Int32>
  let ratingSum: Column<Int32>
  /// What every ask would work out anew: points for answers, and for ratings drawn towards the mean of `pool`.
  let answerPoints: Column<Int16>
  let ratingPoints: Column<Int16>
  let flags: Column<UInt8>
  let skillOffset: Column<Int32>
  let skill: Column<Int32>
  let level: Column<UInt8>
  let postingOffset: Column<Int32>
  let postingMentor: Column<Int32>
  let postingLevel: Column<UInt8>
  let skillNumber: [Int64: Int]
  let skillIDs: [Int64]
  let languageNames: [String]

  static let absent = Int32.min

  /// How many mentors there are.
  public var count: Int { id.count }

  /// The memory of all columns for each mentor, in bytes.
  public var bytesPerMentor: Int {
    guard count > 0 else { return 0 }
    return 2 * 8 + 8 + 11 * 4 + 2 * 2 + 1 + 4 + (skill.count * (4 + 1 + 4 + 1) + postingOffset.count * 4) / count
  }

  /// Lays out what a builder has gathered.
  init(_ builder: consuming RankIndexBuilder) {
    pool = builder.pool
    skillNumber = builder.skillNumber
    skillIDs = builder.skillIDs
    languageNames = builder.languageNames
    let skills = builder.skillIDs.count
    let mentors = builder.id.count
    skillOffset = Column(builder.skillOffset)
    skill = Column(builder.skill)
    level = Column(builder.level)
    postingOffset = Column(skills + 1, filledWith: 0)
    for place in 0..<skill.count { postingOffset[skill[place] &+ 1] &+= 1 }
    for number in 0..<skills { postingOffset[number &+ 1] &+= postingOffset[number] }
    postingMentor = Column(skill.count, filledWith: 0)
    postingLevel = Column(skill.count, filledWith: 0)
    let next = Column<Int32>(skills, filledWith: 0)
    for number in 0..<skills { next[number] = postingOffset[number] }
    for mentor in 0..<mentors {
      for place in skillOffset[mentor]..<skillOffset[mentor &+ 1] {
        let target = next[skill[place]]
        postingMentor[target] = Int32(truncatingIfNeeded: mentor)
        postingLevel[target] = level[place]
        next[skill[place]] &+= 1
      }
    }
    id = Column(builder.id)
    department = Column(builder.department)
    budget = Column(builder.budget)
    minutesUsed = Column(builder.minutesUsed)
    minutesGiven = Column(builder.minutesGiven)
    credit = Column(builder.credit)
    languages = Column(builder.languages)
    activeMentees = Column(builder.activeMentees)
    menteeCap = Column(builder.menteeCap)
    seniority = Column(builder.seniority)
    daysSinceOffered = Column(builder.daysSinceOffered)
    offered = Column(builder.offered)
    answered = Column(builder.answered)
    ratings = Column(builder.ratings)
    ratingSum = Column(builder.ratingSum)
    answerPoints = Column(mentors, filledWith: 0)
    ratingPoints = Column(mentors, filledWith: 0)
    let mean = pool.meanRating.clamped(to: 1000...5000)
    for mentor in 0..<mentors {
      answerPoints[mentor] = Int16(clamping: PointBounds.answers(Int(answered[mentor]), of: Int(offered[mentor])))
      ratingPoints[mentor] = Int16(
        clamping: PointBounds.rating(count: Int(ratings[mentor]), sum: Int(ratingSum[mentor]), mean: mean))
    }
    flags = Column(builder.flags)
  }

  /// A mentor as `rank` takes it.
  func candidate(_ mentor: Int, pair: Candidate.Pair) -> Candidate {
    let bits = flags[mentor]
    let places = Int(skillOffset[mentor])..<Int(skillOffset[mentor &+ 1])
    func known(_ value: Int32) -> Int? { value == Self.absent ? nil : Int(value) }
    return Candidate(
      id: id[mentor], skills: places.map { SkillLevel(skillIDs[Int(skill[$0])], level: Int(level[$0])) },
      languages: languageNames.indices.filter { languages[mentor] >> UInt64($0) & 1 == 1 }.map { languageNames[$0] },
      department: department[mentor] == Int64.min ? nil : department[mentor], seniority: known(seniority[mentor]),
      standing: .init(
        sharesOrganisation: bits & 1 != 0, isActive: bits & 2 != 0, isVetted: bits & 4 != 0, isOriented: bits & 8 != 0),
      load: .init(
        weeklyBudget: Int(budget[mentor]), minutesUsed: Int(minutesUsed[mentor]), activeMentees: Int(activeMentees[mentor]),
        menteeCap: Int(menteeCap[mentor]), isPaused: bits & 16 != 0, isAway: bits & 32 != 0, isHidden: bits & 64 != 0,
        minutesGiven: Int(minutesGiven[mentor]), creditMinutes: Int(credit[mentor])),
      record: .init(
        offered: Int(offered[mentor]), answered: Int(answered[mentor]), daysSinceOffered: known(daysSinceOffered[mentor]),
        allRatings: Ratings(count: Int(ratings[mentor]), sum: Int(ratingSum[mentor]))),
      pair: pair)
  }

  /// The same mentors but for some: those with these ids leave, and these come in their place.
  ///
  /// - Complexity: O(mentors + their skills).
  public func replacing(_ ids: Set<Int64>, by mentors: [Candidate]) -> RankIndex {
    var builder = RankIndexBuilder(pool: pool)
    let unknown = Candidate.Pair(slots: nil, isBlocked: false)
    for mentor in 0..<count where !ids.contains(id[mentor]) { builder.add(candidate(mentor, pair: unknown)) }
    for mentor in mentors { builder.add(mentor) }
    return builder.build()
  }
}
