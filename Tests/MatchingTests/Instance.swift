import Matching

/// A random ask with random mentors; small ranges make ties and failing rules frequent.
struct Instance {
  var need: Need
  var candidates: [Candidate]
  var pool: Pool
  var edges: [(Int64, Int64)]
  var weights: Weights
  var seed: UInt64

  init(seed: UInt64) throws {
    var dice = Dice(state: seed)
    self.seed = dice.next()
    edges = (0..<dice.roll(0...8)).map { _ in (Int64(dice.roll(1...7)), Int64(dice.roll(1...7))) }.filter { $0.0 != $0.1 }
    need = Self.need(&dice)
    candidates = (0..<dice.roll(0...25)).map { Self.candidate(Int64($0), &dice) }
    let managers = (0..<dice.roll(0...12)).map { _ in (Int64(dice.roll(0...25)), Int64(dice.roll(0...25))) }
    pool = Pool(
      minutesGiven: dice.roll(0...3000), weeklyBudgets: dice.roll(1...2000), meanRating: dice.roll(2500...4800),
      reporting: ReportingLines(managerOf: Dictionary(managers) { first, _ in first }), skillGraph: SkillGraph(edges: edges))
    weights = dice.chance(50) ? .standard : try Self.weights(&dice)
  }

  private static func weights(_ dice: inout Dice) throws -> Weights {
    var perMille: [Factor: Int] = [:]
    var left = 1000
    for factor in Factor.allCases where !factor.isBoost && factor != .skillFit {
      perMille[factor] = dice.roll(0...min(left, 300))
      left -= perMille[factor] ?? 0
    }
    perMille[.skillFit] = left
    return try Weights(perMille)
  }

  private static func need(_ dice: inout Dice) -> Need {
    let kinds: [KindRules] = [
      .meeting, .nano, .classic, .reverse, .peer, KindRules(newFacesOnly: true), KindRules(needsOrientation: true),
    ]
    let languages = ["en", "de", "fr", "it", "es", "pl"].shuffled(using: &dice)
    return Need(
      asker: Int64(dice.roll(0...25)),
      skills: (0..<dice.roll(0...3)).map { _ in
        SkillNeed(
          skill: Int64(dice.roll(1...7)), from: dice.maybe(80, 0...4), target: dice.roll(1...5), importance: dice.roll(0...3),
          uncertainty: dice.roll(0...10) * 100)
      },
      kind: kinds[dice.roll(0...(kinds.count - 1))], urgency: [.now, .week, .later][dice.roll(0...2)],
      deadlineMinutes: dice.maybe(50, 0...20_000), languages: Array(languages.prefix(dice.roll(1...6))),
      crossing: dice.chance(60) ? .none : [.wished, .required, .forbidden][dice.roll(0...2)],
      department: dice.maybe(90, 1...3).map(Int64.init),
      seniority: dice.maybe(90, 1...5), sessionMinutes: [15, 30, 45, 60][dice.roll(0...3)], cooldownDays: dice.roll(0...4) * 30,
      timesPassedOn: dice.roll(0...7))
  }

  private static func candidate(_ id: Int64, _ dice: inout Dice) -> Candidate {
    let offered = dice.roll(0...6)
    let ratings = dice.roll(0...8)
    let topic = dice.roll(0...ratings)
    return Candidate(
      id: id, skills: (0..<dice.roll(1...4)).map { _ in SkillLevel(Int64(dice.roll(1...7)), level: dice.roll(1...5)) },
      languages: Array(["en", "de", "fr", "it", "es", "pl"].shuffled(using: &dice).prefix(dice.roll(1...4))),
      department: dice.maybe(90, 1...3).map(Int64.init), seniority: dice.maybe(90, 1...5),
      standing: .init(
        sharesOrganisation: dice.chance(99), isActive: dice.chance(99), isVetted: dice.chance(99), isOriented: dice.chance(90)),
      load: .init(
        weeklyBudget: dice.roll(1...4) * 60, minutesUsed: dice.roll(0...4) * 15, activeMentees: dice.roll(0...2),
        menteeCap: dice.roll(2...3),
        isPaused: dice.chance(1), isAway: dice.chance(1), isHidden: dice.chance(20), minutesGiven: dice.roll(0...8) * 30,
        creditMinutes: dice.roll(0...3) * 30),
      record: .init(
        offered: offered, answered: dice.roll(0...offered), daysSinceOffered: dice.maybe(70, 0...40),
        topicRatings: Ratings(count: topic, sum: topic * dice.roll(1...5)),
        allRatings: Ratings(count: ratings, sum: ratings * dice.roll(1...5))),
      pair: .init(
        slots: dice.chance(95) ? CommonSlots(minutesToFirst: dice.roll(0...15_000), count: dice.roll(0...8)) : nil,
        isBlocked: dice.chance(1), hasConflict: dice.chance(1), isBanned: dice.chance(1), hasPassedOn: dice.chance(1),
        daysSinceMet: dice.maybe(30, 0...150), overlapMinutes: dice.roll(0...600)))
  }
}
