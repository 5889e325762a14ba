import Matching
import Testing

@Suite("Ranking")
struct RankTests {
  @Test("1,000 random asks are ranked exactly as the plain reference ranks them")
  func reference() throws {
    var ranked = 0
    var excluded: Set<HardRule> = []
    for seed in 1...1000 as ClosedRange<UInt64> {
      let instance = try Instance(seed: seed)
      let engine = rank(instance)
      let plain = Reference(
        need: instance.need, pool: instance.pool, edges: instance.edges, weights: instance.weights, seed: instance.seed
      ).rank(instance.candidates)
      let rows = engine.ranked.map { ranked in
        Reference.Row(
          id: ranked.id, total: ranked.total, points: Dictionary(uniqueKeysWithValues: ranked.lines.map { ($0.factor, $0.points) }))
      }
      #expect(rows == plain.rows, "instance \(seed)")
      let rules = Dictionary(uniqueKeysWithValues: engine.excluded.map { ($0.id, Set($0.rules)) })
      #expect(rules == plain.excluded, "instance \(seed)")
      ranked += rows.count
      excluded.formUnion(rules.values.joined())
    }
    // The comparison means something only while many are ranked and every rule is met.
    #expect(ranked > 1500)
    #expect(excluded == Set(HardRule.allCases))
  }

  @Test("the lines add up exactly to the total, and no line exceeds its maximum")
  func sums() throws {
    for seed in 1...200 as ClosedRange<UInt64> {
      for mentor in rank(try Instance(seed: seed)).ranked {
        #expect(mentor.total == mentor.lines.map(\.points).reduce(0, +))
        #expect(mentor.lines.allSatisfy { (0...$0.maximum).contains($0.points) })
        #expect(mentor.lines.map(\.factor).starts(with: Factor.allCases.filter { !$0.isBoost }))
      }
    }
  }

  @Test("the same input gives the same answer, in whatever order the mentors come")
  func determinism() throws {
    for seed in 1...200 as ClosedRange<UInt64> {
      let instance = try Instance(seed: seed)
      var shuffled = instance
      var dice = Dice(state: seed)
      shuffled.candidates.shuffle(using: &dice)
      for index in shuffled.candidates.indices { shuffled.candidates[index].skills.shuffle(using: &dice) }
      #expect(rank(instance) == rank(instance))
      #expect(rank(instance).ranked == rank(shuffled).ranked)
    }
  }

  @Test("equal totals go to the greater budget, then to the longer wait since the last offer")
  func ties() {
    var pool = Scene.pool
    pool.minutesGiven = 0
    // Without minutes in the pool every fair part is 0, so the budget changes no points.
    let plain = Scene.mentor(2) { $0.load.minutesGiven = 0 }
    var waited = plain
    waited.id = 3
    waited.record.daysSinceOffered = 6
    var greater = plain
    greater.id = 4
    greater.load.weeklyBudget = 240
    let ranking = Scene.rank([plain, waited, greater], pool: pool)
    #expect(Set(ranking.ranked.map(\.total)).count == 1)
    #expect(ranking.ranked.map(\.id) == [4, 3, 2])
  }

  @Test("the last tie is drawn by the seed, so no id is favoured")
  func seededTies() {
    let twins = [Scene.mentor(2), Scene.mentor(3)]
    let first = (1...1000).filter { Scene.rank(twins, seed: UInt64($0)).ranked.first?.id == 2 }.count
    #expect((420...580).contains(first))
  }

  @Test("a boost never lifts a mentor over a hard rule")
  func boostsAndRules() {
    let mentor = Scene.mentor {
      $0.record.daysSinceOffered = nil
      $0.load.isPaused = true
    }
    #expect(Scene.rank([mentor], need: Scene.need { $0.timesPassedOn = 5 }).ranked.isEmpty)
  }

  @Test("of a repeated id only the first counts")
  func repeatedId() {
    let ranking = Scene.rank([Scene.mentor(), Scene.mentor { $0.languages = ["de"] }])
    #expect(ranking.ranked.map { $0.line(.language)?.points } == [60])
  }

  @Test("nobody to rank gives an empty answer")
  func empty() {
    #expect(Scene.rank([]) == Ranking(ranked: [], excluded: []))
  }

  @Test("values far outside their range never stop the process", arguments: [Int.min, -1, 0, Int.max])
  func hostile(_ value: Int) {
    let ratings = Ratings(count: value, sum: value)
    let mentor = Scene.mentor {
      $0.skills = [SkillLevel(Scene.negotiation, level: value), SkillLevel(Scene.negotiation, level: 4)]
      $0.seniority = value
      $0.load = .init(weeklyBudget: Int.max, menteeCap: Int.max, minutesGiven: value, creditMinutes: value)
      $0.record = .init(offered: value, answered: value, daysSinceOffered: value, topicRatings: ratings, allRatings: ratings)
      $0.pair = .init(slots: CommonSlots(minutesToFirst: 0, count: Int.max), isBlocked: false, daysSinceMet: value, overlapMinutes: value)
    }
    let need = Scene.need {
      $0.skills += [SkillNeed(skill: 5, from: value, target: value, importance: value, uncertainty: value)]
      $0.seniority = ~value
      $0.sessionMinutes = value
      $0.cooldownDays = value
      $0.timesPassedOn = value
      $0.kind.isRecurring = true
    }
    let pools = [Pool(minutesGiven: value, weeklyBudgets: value, meanRating: value), Pool(of: [mentor, mentor])]
    for pool in pools {
      let ranking = Scene.rank([mentor], need: need, pool: pool)
      #expect(ranking.ranked.count == 1)
      #expect(ranking.ranked.allSatisfy { $0.lines.allSatisfy { (0...$0.maximum).contains($0.points) } })
      #expect((0...1_000_000_000).contains(pool.credit(weeklyBudget: value, absentDays: value)))
    }
  }

  @Test("weights that are negative, above 1000, on a boost or not 1000 together are refused")
  func weights() {
    #expect(throws: Weights.Invalid.sum(999)) { try Weights([.skillFit: 999]) }
    #expect(throws: Weights.Invalid.outOfRange(.soon, -1)) { try Weights([.skillFit: 1000, .soon: -1]) }
    #expect(throws: Weights.Invalid.outOfRange(.skillFit, 1001)) { try Weights([.skillFit: 1001]) }
    #expect(throws: Weights.Invalid.outOfRange(.passedOn, 10)) { try Weights([.skillFit: 990, .passedOn: 10]) }
    #expect(Factor.allCases.map { Weights.standard[$0] }.reduce(0, +) == 1000)
  }

  @Test("weights decide: without weight on skill fit the sooner mentor wins")
  func weightsDecide() throws {
    let expert = Scene.mentor(2) { $0.pair.slots = CommonSlots(minutesToFirst: 6 * 24 * 60, count: 1) }
    let early = Scene.mentor(3) { $0.skills = [SkillLevel(Scene.rhetoric, level: 3)] }
    #expect(Scene.rank([expert, early]).ranked.first?.id == 2)
    let soonOnly = try Weights([.soon: 1000])
    let ranking = Matching.rank(need: Scene.need, candidates: [expert, early], weights: soonOnly, pool: Scene.pool, seed: 7)
    #expect(ranking.ranked.first?.id == 3)
  }

  private func rank(_ instance: Instance) -> Ranking {
    Matching.rank(
      need: instance.need, candidates: instance.candidates, weights: instance.weights, pool: instance.pool, seed: instance.seed)
  }
}
