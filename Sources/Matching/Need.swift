/// What one ask needs, seen from the asker.
///
/// Skills, people and departments are opaque ids; the engine only compares them.
public struct Need: Sendable, Equatable {
  /// The person who asks.
  public var asker: Int64
  /// The skills asked for. An ask without skills is valid: skill fit is then 0 for everybody.
  public var skills: [SkillNeed]
  /// The rules of the kind of mentoring.
  public var kind: KindRules
  /// How soon help is wanted; sets the horizon of the factor `soon`.
  public var urgency: Urgency
  /// Latest useful start in minutes from now. A common slot that starts later does not count.
  public var deadlineMinutes: Int
  /// Languages in order of preference. A written question passes only the language it is written in.
  public var languages: [String]
  /// Whether the mentor should come from another department.
  public var crossing: Crossing
  /// The asker's department. Where a program crosses organisations, pass organisation ids here and in `Candidate`.
  public var department: Int64?
  /// The asker's seniority, a greater number being more senior; `nil` when nobody entered it.
  public var seniority: Int?
  /// Length of the wanted session in minutes, 0...1440.
  public var sessionMinutes: Int
  /// Days after a meeting during which the same two people do not count as new faces.
  public var cooldownDays: Int
  /// How many mentors have passed on this ask so far.
  public var timesPassedOn: Int

  /// Makes a need; what is left out is neutral.
  public init(
    asker: Int64, skills: [SkillNeed], kind: KindRules = .meeting, urgency: Urgency = .week, deadlineMinutes: Int? = nil,
    languages: [String], crossing: Crossing = .none, department: Int64? = nil, seniority: Int? = nil,
    sessionMinutes: Int = 30, cooldownDays: Int = 90, timesPassedOn: Int = 0
  ) {
    self.asker = asker
    self.skills = skills
    self.kind = kind
    self.urgency = urgency
    self.deadlineMinutes = deadlineMinutes ?? urgency.horizonMinutes
    self.languages = languages
    self.crossing = crossing
    self.department = department
    self.seniority = seniority
    self.sessionMinutes = sessionMinutes
    self.cooldownDays = cooldownDays
    self.timesPassedOn = timesPassedOn
  }
}

/// One skill an ask needs.
public struct SkillNeed: Sendable, Equatable {
  /// Id of the skill.
  public var skill: Int64
  /// The learner's level today, 0...5.
  public var from: Int
  /// The level the learner wants to reach, 1...5.
  public var target: Int
  /// How much this skill counts beside the others, 0...1000; only the proportion matters.
  public var importance: Int
  /// How little the level is known, in per mille: 0 measured exactly, 1000 a guess. It pulls the weight of the gap towards 1.
  public var uncertainty: Int

  /// Pass the assessed level as `from`, else the one the learner stated; `nil` means level 2.
  public init(skill: Int64, from: Int?, target: Int, importance: Int = 1, uncertainty: Int = 0) {
    self.skill = skill
    self.from = from ?? 2
    self.target = target
    self.importance = importance
    self.uncertainty = uncertainty
  }
}

/// How soon help is wanted.
public enum Urgency: String, Sendable, CaseIterable {
  /// Within 24 hours.
  case now
  /// Within 7 days.
  case week
  /// Within 28 days.
  case later

  /// The horizon in minutes.
  public var horizonMinutes: Int {
    switch self {
    case .now: 24 * 60
    case .week: 7 * 24 * 60
    case .later: 28 * 24 * 60
    }
  }
}

/// Whether the mentor should come from another department than the asker.
public enum Crossing: String, Sendable, CaseIterable {
  /// No opinion.
  case none
  /// A wish: a factor.
  case wished
  /// A hard rule; a department nobody entered does not meet it.
  case required
  /// A hard rule: the same department only; a department nobody entered does not meet it.
  case forbidden
}
