extension PreparedNeed {
  /// Every hard rule the candidate fails, in the order of `HardRule`.
  func failingRules(of candidate: Candidate) -> [HardRule] {
    HardRule.allCases.filter { fails($0, candidate) }
  }

  /// Whether the candidate fails no rule.
  func passes(_ candidate: Candidate) -> Bool { !HardRule.allCases.contains { fails($0, candidate) } }

  private func fails(_ rule: HardRule, _ candidate: Candidate) -> Bool {
    let kind = need.kind
    let load = candidate.load
    return switch rule {
    case .otherOrganisation: !candidate.standing.sharesOrganisation
    case .inactive: !candidate.standing.isActive
    case .notVetted: !candidate.standing.isVetted
    case .notOriented: kind.needsOrientation && !candidate.standing.isOriented
    case .oneself: candidate.id == need.asker
    case .ownManager: managers.contains(candidate.id)
    case .directReport: kind.levelRule != .junior && pool.reporting.managerOf[candidate.id] == need.asker && candidate.id != need.asker
    case .blocked: candidate.pair.isBlocked
    case .conflict: candidate.pair.hasConflict
    case .banned: candidate.pair.isBanned
    case .declined: candidate.pair.hasPassedOn
    case .noMinutesLeft: minutesLeft(load) < max(1, sessionMinutes)
    case .menteesFull: load.activeMentees >= load.menteeCap
    case .paused: load.isPaused
    case .away: load.isAway
    case .noCommonLanguage: !need.languages.contains(where: candidate.languages.contains)
    case .noCommonSlot: kind.needsSlot && !hasSlotInTime(candidate.pair.slots)
    case .notAnotherDepartment: need.crossing == .required && isFromAnotherDepartment(candidate) != true
    case .notTheSameDepartment: need.crossing == .forbidden && isFromAnotherDepartment(candidate) != false
    case .notJunior: kind.levelRule == .junior && levelsAbove(candidate).map { $0 >= 0 } ?? false
    case .notAPeer: kind.levelRule == .withinOneLevel && levelsAbove(candidate).map { !(-1...1).contains($0) } ?? false
    case .notAboveInASkill: kind.levelRule == .aboveInASkill && !isAboveInASkill(candidate)
    case .metRecently: kind.newFacesOnly && (candidate.pair.daysSinceMet.map { $0 < need.cooldownDays } ?? false)
    }
  }

  private func minutesLeft(_ load: Candidate.Load) -> Int {
    load.weeklyBudget.clamped(to: Bounds.minutes) - load.minutesUsed.clamped(to: Bounds.minutes)
  }

  private func hasSlotInTime(_ slots: CommonSlots?) -> Bool {
    guard let slots else { return false }
    return slots.count > 0 && slots.minutesToFirst >= 0 && slots.minutesToFirst <= need.deadlineMinutes
  }

  /// How many levels of seniority the candidate stands above the asker; `nil` when either is unknown.
  private func levelsAbove(_ candidate: Candidate) -> Int? {
    guard let own = need.seniority, let other = candidate.seniority else { return nil }
    return other.clamped(to: Bounds.seniority) - own.clamped(to: Bounds.seniority)
  }
}
