import Matching

/// The ranking said a second time, as plainly as possible, to compare with the engine.
///
/// It shares the input types with the engine and nothing else: no lookup is prepared and every formula is written out.
struct Reference {
  let need: Need
  let pool: Pool
  let edges: [(Int64, Int64)]
  let weights: Weights
  let seed: UInt64

  struct Row: Equatable {
    var id: Int64
    var total: Int
    var points: [Factor: Int]
  }

  func rank(_ candidates: [Candidate]) -> (rows: [Row], excluded: [Int64: Set<HardRule>]) {
    var kept: [(Candidate, Row)] = []
    var excluded: [Int64: Set<HardRule>] = [:]
    for candidate in candidates {
      let rules = failing(candidate)
      if rules.isEmpty {
        let points = lines(candidate)
        kept.append((candidate, Row(id: candidate.id, total: points.values.reduce(0, +), points: points)))
      } else {
        excluded[candidate.id] = rules
      }
    }
    // Selection sort: take the best of what is left, again and again.
    var rows: [Row] = []
    while var best = kept.indices.first {
      for other in kept.indices where isAhead(kept[other], kept[best]) { best = other }
      rows.append(kept.remove(at: best).1)
    }
    return (rows, excluded)
  }

  private func isAhead(_ a: (Candidate, Row), _ b: (Candidate, Row)) -> Bool {
    if a.1.total > b.1.total { return true }
    if a.1.total < b.1.total { return false }
    if a.0.load.weeklyBudget > b.0.load.weeklyBudget { return true }
    if a.0.load.weeklyBudget < b.0.load.weeklyBudget { return false }
    let waitedA = a.0.record.daysSinceOffered ?? 1_000_000
    let waitedB = b.0.record.daysSinceOffered ?? 1_000_000
    if waitedA > waitedB { return true }
    if waitedA < waitedB { return false }
    return hash(a.0.id) < hash(b.0.id)
  }

  private func hash(_ id: Int64) -> UInt64 {
    var inner = Dice(state: UInt64(bitPattern: id))
    var outer = Dice(state: seed ^ inner.next())
    return outer.next()
  }

  // MARK: Rules

  private func failing(_ c: Candidate) -> Set<HardRule> {
    var rules: Set<HardRule> = []
    func fail(_ rule: HardRule, when failing: Bool) { if failing { rules.insert(rule) } }
    fail(.otherOrganisation, when: c.standing.sharesOrganisation == false)
    fail(.inactive, when: c.standing.isActive == false)
    fail(.notVetted, when: c.standing.isVetted == false)
    if need.kind.needsOrientation { fail(.notOriented, when: c.standing.isOriented == false) }
    fail(.oneself, when: c.id == need.asker)
    var boss = pool.reporting.managerOf[need.asker]
    for _ in 0..<50 {
      if let person = boss {
        fail(.ownManager, when: person == c.id && person != need.asker)
        boss = pool.reporting.managerOf[person]
      }
    }
    let isReverse = need.kind.levelRule == .junior
    if !isReverse && c.id != need.asker { fail(.directReport, when: pool.reporting.managerOf[c.id] == need.asker) }
    fail(.blocked, when: c.pair.isBlocked)
    fail(.conflict, when: c.pair.hasConflict)
    fail(.banned, when: c.pair.isBanned)
    fail(.declined, when: c.pair.hasPassedOn)
    fail(.noMinutesLeft, when: c.load.minutesUsed + need.sessionMinutes > c.load.weeklyBudget)
    fail(.menteesFull, when: c.load.activeMentees >= c.load.menteeCap)
    fail(.paused, when: c.load.isPaused)
    fail(.away, when: c.load.isAway)
    fail(.noCommonLanguage, when: Set(need.languages).isDisjoint(with: c.languages))
    if need.kind.needsSlot {
      let slots = c.pair.slots ?? CommonSlots(minutesToFirst: 0, count: 0)
      fail(.noCommonSlot, when: slots.count == 0 || slots.minutesToFirst > need.deadlineMinutes)
    }
    let known = need.department != nil && c.department != nil
    if need.crossing == .required { fail(.notAnotherDepartment, when: !known || need.department == c.department) }
    if need.crossing == .forbidden { fail(.notTheSameDepartment, when: !known || need.department != c.department) }
    switch need.kind.levelRule {
    case .junior: if let own = need.seniority, let other = c.seniority { fail(.notJunior, when: other >= own) }
    case .withinOneLevel: if let own = need.seniority, let other = c.seniority { fail(.notAPeer, when: abs(other - own) > 1) }
    case .aboveInASkill:
      fail(.notAboveInASkill, when: !need.skills.isEmpty && need.skills.allSatisfy { value($0, c) == 0 })
    }
    if need.kind.newFacesOnly, let days = c.pair.daysSinceMet { fail(.metRecently, when: days < need.cooldownDays) }
    return rules
  }

  // MARK: Points

  private func lines(_ c: Candidate) -> [Factor: Int] {
    let raw: [Factor: Int] = [
      .skillFit: skillFit(c), .soon: soon(c), .fairLoad: fairLoad(c),
      .answers: (c.record.answered + 3) * 1000 / (c.record.offered + 4), .rating: rating(c), .language: language(c),
      .crossing: crossing(c), .newFaces: newFaces(c),
    ]
    var points: [Factor: Int] = [:]
    for (factor, value) in raw { points[factor] = value * weights[factor] / 1000 }
    if (c.record.daysSinceOffered ?? 99) >= 21 { points[.waitingMentor] = 40 }
    if need.timesPassedOn > 0 { points[.passedOn] = min(150, 30 * need.timesPassedOn) }
    return points
  }

  private func skillFit(_ c: Candidate) -> Int {
    var sum = 0
    var weights = 0
    for want in need.skills {
      let gap = max(want.target - want.from, 1)
      let weight = (1000 * gap - want.uncertainty * (gap - 1)) * want.importance
      sum += weight * value(want, c)
      weights += weight
    }
    return weights == 0 ? 0 : sum / weights
  }

  /// The best value of any of the mentor's skills for one need.
  private func value(_ want: SkillNeed, _ c: Candidate) -> Int {
    c.skills.map { offered in
      let above = offered.level - want.from
      let use = above <= 0 ? 0 : [0, 800, 1000, 900, 800][min(above, 4)]
      switch distance(want.skill, offered.skill) {
      case 0: return use
      case 1: return use / 2
      case 2: return use / 4
      default: return 0
      }
    }.max() ?? 0
  }

  private func areJoined(_ a: Int64, _ b: Int64) -> Bool { edges.contains { $0 == (a, b) || $0 == (b, a) } }

  private func distance(_ a: Int64, _ b: Int64) -> Int {
    if a == b { return 0 }
    if areJoined(a, b) { return 1 }
    let all = edges.flatMap { [$0.0, $0.1] }
    return all.contains { areJoined(a, $0) && areJoined($0, b) } ? 2 : 3
  }

  private func soon(_ c: Candidate) -> Int {
    if !need.kind.needsSlot { return 1000 }
    let horizon = [Urgency.now: 1440, .week: 10_080, .later: 40_320][need.urgency] ?? 0
    let slots = c.pair.slots ?? CommonSlots(minutesToFirst: horizon, count: 0)
    let left = max(0, horizon - slots.minutesToFirst)
    return 600 * left / horizon + 80 * min(slots.count, 5)
  }

  private func fairLoad(_ c: Candidate) -> Int {
    let fair = pool.minutesGiven * c.load.weeklyBudget / pool.weeklyBudgets
    let shortfall = fair - c.load.minutesGiven - c.load.creditMinutes
    return max(0, min(1000, 500 + 500 * shortfall / (4 * need.sessionMinutes)))
  }

  private func rating(_ c: Candidate) -> Int {
    var used = Ratings()
    if c.record.allRatings.count >= 3 { used = c.record.allRatings }
    if c.record.topicRatings.count >= 3 { used = c.record.topicRatings }
    let drawn = (used.sum * 1000 + 5 * pool.meanRating) / (used.count + 5)
    return (drawn - 1000) / 4
  }

  private func language(_ c: Candidate) -> Int {
    var spoken = 0
    for (place, code) in need.languages.enumerated().reversed() where c.languages.contains(code) { spoken = max(0, 1000 - 250 * place) }
    return need.kind.isRecurring ? (spoken + min(1000, c.pair.overlapMinutes * 1000 / 480)) / 2 : spoken
  }

  private func crossing(_ c: Candidate) -> Int {
    if need.crossing == .none || need.crossing == .forbidden { return 500 }
    guard let own = need.department, let other = c.department else { return 0 }
    return own == other ? 0 : 1000
  }

  private func newFaces(_ c: Candidate) -> Int {
    guard let days = c.pair.daysSinceMet, need.cooldownDays > 0 else { return 1000 }
    return min(1000, 1000 * days / need.cooldownDays)
  }
}
