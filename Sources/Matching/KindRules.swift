/// The settings of a kind of mentoring that the ranking reads.
public struct KindRules: Sendable, Equatable {
  /// How the levels of the two people must relate.
  public enum LevelRule: String, Sendable, CaseIterable {
    /// The mentor is above the learner in at least one needed skill or a close neighbour of it.
    case aboveInASkill
    /// The mentor is less senior than the learner (reverse mentoring); a direct report may be the mentor.
    case junior
    /// The seniority of the two differs by one level at most (peers).
    case withinOneLevel
  }

  /// How the levels must relate. A seniority nobody entered excludes nobody.
  public var levelRule: LevelRule
  /// Whether the two must share a free slot; false where the answer is written.
  public var needsSlot: Bool
  /// Whether the two meet again and again, so that overlapping working hours count.
  public var isRecurring: Bool
  /// Whether two people who met within the cooldown are kept apart; otherwise that is a factor.
  public var newFacesOnly: Bool
  /// Whether a mentor must have done the orientation lesson.
  public var needsOrientation: Bool

  /// Makes the rules of a kind.
  public init(
    levelRule: LevelRule = .aboveInASkill, needsSlot: Bool = true, isRecurring: Bool = false, newFacesOnly: Bool = false,
    needsOrientation: Bool = false
  ) {
    self.levelRule = levelRule
    self.needsSlot = needsSlot
    self.isRecurring = isRecurring
    self.newFacesOnly = newFacesOnly
    self.needsOrientation = needsOrientation
  }

  /// One meeting, or a few: flash, micro, just-in-time, situational, project, gig, group.
  public static let meeting = KindRules()
  /// One question, one written answer.
  public static let nano = KindRules(needsSlot: false)
  /// A long relationship with recurring meetings.
  public static let classic = KindRules(isRecurring: true)
  /// The junior mentors the senior.
  public static let reverse = KindRules(levelRule: .junior)
  /// Both mentor each other.
  public static let peer = KindRules(levelRule: .withinOneLevel)
}
