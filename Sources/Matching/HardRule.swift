/// A rule that keeps a mentor out of the ranking whatever the score would be.
public enum HardRule: String, Sendable, CaseIterable {
  /// Neither the organisation nor a program is shared.
  case otherOrganisation
  /// Deactivated or suspended.
  case inactive
  /// Not vetted for this kind.
  case notVetted
  /// The kind demands an orientation lesson that is not done.
  case notOriented
  /// The asker is the mentor.
  case oneself
  /// The mentor manages the asker, at any level up.
  case ownManager
  /// The mentor reports to the asker directly, and the kind is not reverse.
  case directReport
  /// One of the two blocks the other.
  case blocked
  /// A conflict of interest is declared.
  case conflict
  /// The pair is on a ban list.
  case banned
  /// The mentor passed on this very ask.
  case declined
  /// Not enough minutes left in the weekly budget for this session.
  case noMinutesLeft
  /// As many active mentees as wanted.
  case menteesFull
  /// Paused.
  case paused
  /// Away for the whole horizon.
  case away
  /// No language in common.
  case noCommonLanguage
  /// No common free slot before the deadline.
  case noCommonSlot
  /// Another department is required, and the mentor's is the same or unknown.
  case notAnotherDepartment
  /// The same department is required, and the mentor's is another or unknown.
  case notTheSameDepartment
  /// Reverse mentoring, and the mentor is not junior to the learner.
  case notJunior
  /// Peers, and the two are more than one level apart.
  case notAPeer
  /// The mentor is above the learner in none of the needed skills nor their neighbours.
  case notAboveInASkill
  /// The kind wants new faces, and the two met within the cooldown.
  case metRecently

  /// Whether the reason may be told to the asker. Whatever could hint at a block, a conflict, a private decline, a doubt about vetting,
  /// or a load the mentor hides is never told.
  public func mayBeTold(loadIsHidden: Bool) -> Bool {
    switch self {
    case .otherOrganisation, .inactive, .notVetted, .notOriented, .blocked, .conflict, .banned, .declined: false
    case .noMinutesLeft, .menteesFull, .paused, .away: !loadIsHidden
    case .oneself, .ownManager, .directReport, .noCommonLanguage, .noCommonSlot, .notAnotherDepartment, .notTheSameDepartment,
      .notJunior, .notAPeer, .notAboveInASkill, .metRecently:
      true
    }
  }
}
