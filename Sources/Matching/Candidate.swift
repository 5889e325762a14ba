/// One mentor as seen by one ask: what the mentor offers, and what is known about this pair.
public struct Candidate: Sendable, Equatable, Identifiable {
  /// The mentor.
  public var id: Int64
  /// Skills offered. Of a skill named twice the more useful level counts.
  public var skills: [SkillLevel]
  /// Languages in order of preference.
  public var languages: [String]
  /// The mentor's department; see `Need.department`.
  public var department: Int64?
  /// Seniority, a greater number being more senior; `nil` when nobody entered it.
  public var seniority: Int?
  /// Whether the mentor may help in this organisation at all.
  public var standing: Standing
  /// Time promised and time given.
  public var load: Load
  /// How offers were answered and sessions rated.
  public var record: Record
  /// What is known about the mentor and the asker together.
  public var pair: Pair

  /// Makes a candidate.
  public init(
    id: Int64, skills: [SkillLevel], languages: [String], department: Int64? = nil, seniority: Int? = nil, standing: Standing,
    load: Load, record: Record = Record(), pair: Pair
  ) {
    self.id = id
    self.skills = skills
    self.languages = languages
    self.department = department
    self.seniority = seniority
    self.standing = standing
    self.load = load
    self.record = record
    self.pair = pair
  }
}

/// A level in a skill.
public struct SkillLevel: Sendable, Equatable {
  /// Id of the skill.
  public var skill: Int64
  /// Level 1...5; 0 counts as not offered.
  public var level: Int

  /// Makes a level.
  public init(_ skill: Int64, level: Int) {
    self.skill = skill
    self.level = level
  }
}

/// A summary of the free slots two people share.
public struct CommonSlots: Sendable, Equatable {
  /// Minutes from now to the start of the first one.
  public var minutesToFirst: Int
  /// How many there are before the deadline.
  public var count: Int

  /// Makes a summary.
  public init(minutesToFirst: Int, count: Int) {
    self.minutesToFirst = minutesToFirst
    self.count = count
  }
}

/// Ratings of 1 to 5, kept as count and sum so that the mean stays exact.
public struct Ratings: Sendable, Equatable {
  /// How many.
  public var count: Int
  /// Their sum.
  public var sum: Int

  /// Makes ratings; none by default.
  public init(count: Int = 0, sum: Int = 0) {
    self.count = count
    self.sum = sum
  }
}
