import Matching

/// Ann asks Ravi, who passes every rule, for help with negotiation.
enum Scene {
  static let ann: Int64 = 1
  static let ravi: Int64 = 2
  static let mara: Int64 = 3
  static let negotiation: Int64 = 100
  static let persuasion: Int64 = 101
  static let rhetoric: Int64 = 102

  static let need = Need(
    asker: ann, skills: [SkillNeed(skill: negotiation, from: 2, target: 4)], languages: ["en", "de"], department: 10, seniority: 3)

  static let pool = Pool(
    minutesGiven: 1200, weeklyBudgets: 1200,
    skillGraph: SkillGraph(edges: [(negotiation, persuasion), (persuasion, rhetoric)]))

  static func mentor(_ id: Int64 = ravi, change: (inout Candidate) -> Void = { _ in }) -> Candidate {
    var mentor = Candidate(
      id: id, skills: [SkillLevel(negotiation, level: 4)], languages: ["en"], department: 20, seniority: 4,
      standing: .init(sharesOrganisation: true, isActive: true, isVetted: true, isOriented: true),
      load: .init(weeklyBudget: 120, menteeCap: 3, minutesGiven: 120),
      record: .init(offered: 10, answered: 8, daysSinceOffered: 5, allRatings: Ratings(count: 10, sum: 40)),
      pair: .init(slots: CommonSlots(minutesToFirst: 24 * 60, count: 3), isBlocked: false))
    change(&mentor)
    return mentor
  }

  static func need(change: (inout Need) -> Void) -> Need {
    var changed = need
    change(&changed)
    return changed
  }

  static func rank(_ candidates: [Candidate], need: Need = Scene.need, pool: Pool = Scene.pool, seed: UInt64 = 7) -> Ranking {
    Matching.rank(need: need, candidates: candidates, pool: pool, seed: seed)
  }

  /// The points of one line of a single mentor; `nil` without such a line or when a rule excludes the mentor.
  static func points(_ factor: Factor, _ mentor: Candidate, need: Need = Scene.need, pool: Pool = Scene.pool) -> Int? {
    rank([mentor], need: need, pool: pool).ranked.first?.line(factor)?.points
  }
}

/// A seeded source of instances (SplitMix64).
struct Dice: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func roll(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }
  mutating func chance(_ percent: Int) -> Bool { roll(1...100) <= percent }
  mutating func maybe(_ percent: Int, _ range: ClosedRange<Int>) -> Int? { chance(percent) ? roll(range) : nil }
}
