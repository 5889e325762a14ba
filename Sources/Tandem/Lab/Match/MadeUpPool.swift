import Matching

/// Mentors and asks made up from a seed: skills by Zipf's law, one to five each, levels, loads, ratings, and common slots of any pair.
struct MadeUpPool {
  private let seed: UInt64
  let pool: Pool
  private let skills: [Int64]
  private static let codes = ["en", "de", "es", "pl", "uk"]

  init(seed: UInt64, mentors: Int) {
    self.seed = seed
    pool = Pool(
      minutesGiven: min(1_000_000_000, mentors * 100), weeklyBudgets: min(1_000_000_000, mentors * 60), meanRating: 4200,
      skillGraph: SkillGraph(edges: (1..<1000).map { (Int64($0), Int64(1 + ($0 * 7919) % 1000)) }))
    // A table from which an even draw gives skill s with a share of about 1/s.
    var table: [Int64] = []
    for skill in 1...1000 { table.append(contentsOf: repeatElement(Int64(skill), count: max(1, 4000 / skill))) }
    skills = table
  }

  func mentor(_ number: Int) -> Candidate {
    var draw = Draw(seed, 1, number)
    let offers = (0..<1 + draw(5)).map { _ in SkillLevel(skills[draw(skills.count)], level: 1 + draw(5)) }
    let offered = draw(12)
    let rated = draw(20)
    return Candidate(
      id: Int64(number), skills: offers, languages: [Self.codes[min(draw(5), draw(5))]], department: Int64(draw(40)), seniority: draw(8),
      standing: .init(sharesOrganisation: true, isActive: draw(20) > 0, isVetted: draw(10) > 0, isOriented: true),
      load: .init(
        weeklyBudget: 30 + 30 * draw(4), minutesUsed: 30 * draw(4), activeMentees: draw(3), menteeCap: 1 + draw(4), isPaused: draw(15) == 0,
        minutesGiven: draw(240), creditMinutes: draw(60)),
      record: .init(
        offered: offered, answered: draw(offered + 1), daysSinceOffered: draw(4) == 0 ? nil : draw(60),
        allRatings: Ratings(count: rated, sum: rated * 3 + draw(2 * rated + 1))),
      pair: .init(slots: nil, isBlocked: false))
  }

  func need(_ number: Int) -> Need {
    var draw = Draw(seed, 2, number)
    let wants = (0..<1 + draw(3)).map { _ in
      SkillNeed(skill: skills[draw(skills.count)], from: draw(4), target: 3 + draw(3), importance: 1 + draw(3), uncertainty: 100 * draw(5))
    }
    return Need(
      asker: -1, skills: wants, urgency: Urgency.allCases[draw(3)], languages: ["en", Self.codes[draw(5)]],
      crossing: draw(3) == 0 ? .wished : .none, department: Int64(draw(40)))
  }

  func pair(_ ask: Int, _ mentor: Int64) -> Candidate.Pair {
    var draw = Draw(seed ^ UInt64(ask), 3, Int(mentor))
    let slots = draw(3) == 0 ? nil : CommonSlots(minutesToFirst: 30 * draw(336), count: 1 + draw(8))
    return .init(slots: slots, isBlocked: draw(500) == 0, daysSinceMet: draw(50) == 0 ? draw(120) : nil)
  }
}

/// Numbers that depend on nothing but a seed and what they are for (SplitMix64).
private struct Draw {
  private var state: UInt64

  init(_ seed: UInt64, _ purpose: UInt64, _ number: Int) {
    state = seed &* 0x9E37_79B9_7F4A_7C15 ^ purpose << 56 ^ UInt64(bitPattern: Int64(number)) &* 0xD6E8_FEB8_6659_FD93
  }

  mutating func callAsFunction(_ bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ (mixed >> 31)).multipliedFullWidth(by: UInt64(max(1, bound))).high)
  }
}
