extension Wording {
  /// The text for whatever stays private. There is only this one, so it gives nothing away.
  public static let notAvailable = "Not available for this ask."

  /// Why a mentor is not shown, in English, as told to the asker.
  public func sentence(_ answer: WhyNot) -> String {
    switch answer {
    case .shown(let place): "Shown at place \(place)."
    case .lower(let place, let against):
      "At place \(place). \(Self.behind(against))"
    case .rules(let rules):
      rules.map(Self.sentence).joined(separator: " ")
    case .notAvailable: Self.notAvailable
    }
  }

  /// A failing rule in English; one that must not be told gives the same text as every other such rule.
  public static func sentence(_ rule: HardRule) -> String {
    switch rule {
    case .otherOrganisation, .inactive, .notVetted, .notOriented, .blocked, .conflict, .banned, .declined: notAvailable
    case .oneself: "This is you."
    case .ownManager: "Manages you, directly or further up."
    case .directReport: "Reports to you."
    case .noMinutesLeft: "Has too few minutes left this week."
    case .menteesFull: "Has as many mentees as wanted."
    case .paused: "Is taking a break from mentoring."
    case .away: "Is away for the whole time."
    case .noCommonLanguage: "You share no language."
    case .noCommonSlot: "You share no free slot before the deadline."
    case .notAnotherDepartment: "Is not known to be from another department, which this ask requires."
    case .notTheSameDepartment: "Is not known to be from your department, which this ask requires."
    case .notJunior: "Is not junior to you, which this kind of mentoring requires."
    case .notAPeer: "Is more than one level above or below you."
    case .notAboveInASkill: "Is not above you in a skill you asked for."
    case .metRecently: "You met lately, and this kind of mentoring wants new faces."
    }
  }

  private static func behind(_ gaps: [LineGap]) -> String {
    let behind = gaps.filter { $0.points < $0.lastShown }
    guard !behind.isEmpty else { return "Level with the last one shown on every line; the tie was decided otherwise." }
    let parts = behind.map { "\(name($0.factor)) \($0.points) against \($0.lastShown)" }
    return "Behind the last one shown in: \(parts.joined(separator: ", "))."
  }

  /// The name of a factor in English.
  public static func name(_ factor: Factor) -> String {
    switch factor {
    case .skillFit: "skill fit"
    case .soon: "soon"
    case .fairLoad: "fair load"
    case .answers: "answers"
    case .rating: "rating"
    case .language: "language and zone"
    case .crossing: "crossing"
    case .newFaces: "new faces"
    case .waitingMentor: "waiting mentor"
    case .passedOn: "passed on"
    }
  }

  /// What a change would do, in English.
  ///
  /// - Parameter name: The name of the mentor brought in.
  public func sentence(_ effect: Effect, mentor name: String) -> String {
    let result = effect.bringsIn.map { "brings \(name) to place \($0.place)" } ?? "adds \(Count.of(effect.adds.count, "mentor"))"
    return "\(sentence(effect.change)) \(result)."
  }

  private func sentence(_ change: Change) -> String {
    switch change {
    case .moreSlots(let count): "Offering \(Count.of(count, "more slot"))"
    case .shorterSession(let minutes): "Asking for \(minutes) minutes"
    case .language(let code): "Adding \(language(code))"
    case .longerHorizon(let days): "Waiting \(Count.of(days, "more day"))"
    case .anyDepartment: "Accepting any department"
    case .moreBudget(let minutes): "Giving \(minutes) more minutes a week"
    case .confirmedSkill(let skill, let level): "Confirming level \(level) in \(self.skill(skill))"
    }
  }
}
