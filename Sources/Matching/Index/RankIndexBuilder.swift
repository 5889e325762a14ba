/// Gathers mentors for a `RankIndex`, one after the other.
public struct RankIndexBuilder: ~Copyable {
  let pool: Pool
  var id = GrowingColumn<Int64>(reserving: 16)
  var department = GrowingColumn<Int64>(reserving: 16)
  var budget = GrowingColumn<Int32>(reserving: 16)
  var minutesUsed = GrowingColumn<Int32>(reserving: 16)
  var minutesGiven = GrowingColumn<Int32>(reserving: 16)
  var credit = GrowingColumn<Int32>(reserving: 16)
  var languages = GrowingColumn<UInt64>(reserving: 16)
  var activeMentees = GrowingColumn<Int32>(reserving: 16)
  var menteeCap = GrowingColumn<Int32>(reserving: 16)
  var seniority = GrowingColumn<Int32>(reserving: 16)
  var daysSinceOffered = GrowingColumn<Int32>(reserving: 16)
  var offered = GrowingColumn<Int32>(reserving: 16)
  var answered = GrowingColumn<Int32>(reserving: 16)
  var ratings = GrowingColumn<Int32>(reserving: 16)
  var ratingSum = GrowingColumn<Int32>(reserving: 16)
  var flags = GrowingColumn<UInt8>(reserving: 16)
  var skillOffset = GrowingColumn<Int32>(reserving: 16)
  var skill = GrowingColumn<Int32>(reserving: 16)
  var level = GrowingColumn<UInt8>(reserving: 16)
  private(set) var skillNumber: [Int64: Int] = [:]
  private(set) var skillIDs: [Int64] = []
  private(set) var languageNames: [String] = []

  /// Starts an index of a pool.
  public init(pool: Pool) {
    self.pool = pool
    skillOffset.append(0)
  }

  /// Adds a mentor with an id not added before. What a candidate says of the pair, and ratings of one topic, are left out: they depend on
  /// the ask. A pool may speak 64 languages; further ones are not known to the index.
  public mutating func add(_ mentor: Candidate) {
    func narrow(_ value: Int) -> Int32 { Int32(value.clamped(to: -Int(Int32.max)...Int(Int32.max))) }
    id.append(mentor.id)
    department.append(mentor.department ?? Int64.min)
    budget.append(narrow(mentor.load.weeklyBudget))
    minutesUsed.append(narrow(mentor.load.minutesUsed))
    minutesGiven.append(narrow(mentor.load.minutesGiven))
    credit.append(narrow(mentor.load.creditMinutes))
    activeMentees.append(narrow(mentor.load.activeMentees))
    menteeCap.append(narrow(mentor.load.menteeCap))
    seniority.append(mentor.seniority.map(narrow) ?? RankIndex.absent)
    daysSinceOffered.append(mentor.record.daysSinceOffered.map(narrow) ?? RankIndex.absent)
    offered.append(narrow(mentor.record.offered))
    answered.append(narrow(mentor.record.answered))
    ratings.append(narrow(mentor.record.allRatings.count))
    ratingSum.append(narrow(mentor.record.allRatings.sum))
    let standing = mentor.standing
    let bits = [
      standing.sharesOrganisation, standing.isActive, standing.isVetted, standing.isOriented, mentor.load.isPaused, mentor.load.isAway,
      mentor.load.isHidden,
    ]
    flags.append(bits.enumerated().reduce(0) { $0 | ($1.element ? 1 << UInt8($1.offset) : 0) })
    languages.append(mentor.languages.reduce(0) { $0 | bit(of: $1) })
    for offer in mentor.skills where offer.level > 0 {
      skill.append(Int32(truncatingIfNeeded: number(of: offer.skill)))
      level.append(UInt8(offer.level.clamped(to: Bounds.level)))
    }
    skillOffset.append(Int32(truncatingIfNeeded: skill.count))
  }

  /// Makes the index.
  public consuming func build() -> RankIndex { RankIndex(self) }

  private mutating func number(of skill: Int64) -> Int {
    if let known = skillNumber[skill] { return known }
    skillNumber[skill] = skillIDs.count
    skillIDs.append(skill)
    return skillIDs.count - 1
  }

  private mutating func bit(of language: String) -> UInt64 {
    if let known = languageNames.firstIndex(of: language) { return 1 << UInt64(known) }
    guard languageNames.count < 64 else { return 0 }
    languageNames.append(language)
    return 1 << UInt64(languageNames.count - 1)
  }
}
