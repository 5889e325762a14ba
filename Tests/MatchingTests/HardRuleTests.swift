import Matching
import Testing

struct RuleCase: Sendable, CustomTestStringConvertible {
  let rule: HardRule
  let need: Need
  var pool = Scene.pool
  var candidate = Scene.mentor()

  var testDescription: String { rule.rawValue }

  init(
    _ rule: HardRule, need: Need = Scene.need, managerOf: [Int64: Int64] = [:],
    mentor change: (inout Candidate) -> Void = { _ in }
  ) {
    self.rule = rule
    self.need = need
    change(&candidate)
    pool.reporting = ReportingLines(managerOf: managerOf)
  }

  static let all: [RuleCase] = [
    RuleCase(.otherOrganisation) { $0.standing.sharesOrganisation = false },
    RuleCase(.inactive) { $0.standing.isActive = false },
    RuleCase(.notVetted) { $0.standing.isVetted = false },
    RuleCase(.notOriented, need: Scene.need { $0.kind.needsOrientation = true }) { $0.standing.isOriented = false },
    RuleCase(.oneself) { $0.id = Scene.ann },
    RuleCase(.ownManager, managerOf: [Scene.ann: Scene.mara, Scene.mara: Scene.ravi]),
    RuleCase(.directReport, managerOf: [Scene.ravi: Scene.ann]),
    RuleCase(.blocked) { $0.pair.isBlocked = true },
    RuleCase(.conflict) { $0.pair.hasConflict = true },
    RuleCase(.banned) { $0.pair.isBanned = true },
    RuleCase(.declined) { $0.pair.hasPassedOn = true },
    RuleCase(.noMinutesLeft) { $0.load.minutesUsed = 91 },
    RuleCase(.menteesFull) { $0.load.activeMentees = 3 },
    RuleCase(.paused) { $0.load.isPaused = true },
    RuleCase(.away) { $0.load.isAway = true },
    RuleCase(.noCommonLanguage) { $0.languages = ["fr"] },
    RuleCase(.noCommonSlot) { $0.pair.slots = nil },
    RuleCase(.noCommonSlot) { $0.pair.slots = CommonSlots(minutesToFirst: 60, count: 0) },
    RuleCase(.noCommonSlot, need: Scene.need { $0.deadlineMinutes = 24 * 60 - 1 }),
    RuleCase(.notAnotherDepartment, need: Scene.need { $0.crossing = .required }) { $0.department = 10 },
    RuleCase(.notAnotherDepartment, need: Scene.need { $0.crossing = .required }) { $0.department = nil },
    RuleCase(.notTheSameDepartment, need: Scene.need { $0.crossing = .forbidden }),
    RuleCase(.notTheSameDepartment, need: Scene.need { $0.crossing = .forbidden }) { $0.department = nil },
    RuleCase(.notJunior, need: Scene.need { $0.kind = .reverse }) { $0.seniority = 3 },
    RuleCase(.notAPeer, need: Scene.need { $0.kind = .peer }) { $0.seniority = 5 },
    RuleCase(.notAboveInASkill) { $0.skills = [SkillLevel(Scene.negotiation, level: 2)] },
    RuleCase(.metRecently, need: Scene.need { $0.kind.newFacesOnly = true }) { $0.pair.daysSinceMet = 89 },
  ]
}

@Suite("Hard rules")
struct HardRuleTests {
  @Test("the unchanged mentor passes every rule")
  func baseline() {
    #expect(Scene.rank([Scene.mentor()]).ranked.map(\.id) == [Scene.ravi])
  }

  @Test("one changed input fails exactly its rule", arguments: RuleCase.all)
  func excludes(_ scene: RuleCase) {
    let ranking = Scene.rank([scene.candidate], need: scene.need, pool: scene.pool)
    #expect(ranking.ranked.isEmpty)
    #expect(ranking.excluded.map(\.rules) == [[scene.rule]])
  }

  @Test("every rule has a case that fails it")
  func complete() {
    #expect(Set(RuleCase.all.map(\.rule)) == Set(HardRule.allCases))
  }

  @Test("all failing rules are kept")
  func keepsAll() {
    let mentor = Scene.mentor {
      $0.load.isPaused = true
      $0.pair.isBlocked = true
      $0.languages = []
    }
    #expect(Scene.rank([mentor]).excluded.map(\.rules) == [[.blocked, .paused, .noCommonLanguage]])
  }

  @Test("exactly enough minutes, the last free place and the end of the cooldown are enough")
  func edges() {
    let mentor = Scene.mentor {
      $0.load.minutesUsed = 90
      $0.load.activeMentees = 2
      $0.pair.daysSinceMet = 90
    }
    let need = Scene.need {
      $0.kind.newFacesOnly = true
      $0.deadlineMinutes = 24 * 60
    }
    #expect(Scene.rank([mentor], need: need).excluded.isEmpty)
  }

  @Test("a written answer needs no common slot")
  func nano() {
    let mentor = Scene.mentor { $0.pair.slots = nil }
    #expect(Scene.rank([mentor], need: Scene.need { $0.kind = .nano }).excluded.isEmpty)
  }

  @Test("in reverse mentoring a direct report may be the mentor, the own manager may not")
  func reverse() {
    let need = Scene.need { $0.kind = .reverse }
    let mentor = Scene.mentor { $0.seniority = 1 }
    var pool = Scene.pool
    pool.reporting = ReportingLines(managerOf: [Scene.ravi: Scene.ann])
    #expect(Scene.rank([mentor], need: need, pool: pool).excluded.isEmpty)
    pool.reporting = ReportingLines(managerOf: [Scene.ann: Scene.ravi])
    #expect(Scene.rank([mentor], need: need, pool: pool).excluded.map(\.rules) == [[.ownManager]])
  }

  @Test("a neighbour of a needed skill is enough to teach, a skill three edges away is not")
  func neighbours() {
    var pool = Scene.pool
    pool.skillGraph = SkillGraph(edges: [(100, 101), (101, 102), (102, 103)])
    let near = Scene.mentor { $0.skills = [SkillLevel(102, level: 4)] }
    let far = Scene.mentor(Scene.mara) { $0.skills = [SkillLevel(103, level: 5)] }
    let ranking = Scene.rank([near, far], pool: pool)
    #expect(ranking.ranked.map(\.id) == [Scene.ravi])
    #expect(ranking.excluded.map(\.rules) == [[.notAboveInASkill]])
  }

  @Test("a circle of managers ends the walk", .timeLimit(.minutes(1)))
  func circle() {
    let two = ReportingLines(managerOf: [1: 2, 2: 1])
    #expect(two.managers(above: 1) == [2])
    let own = ReportingLines(managerOf: [1: 1])
    #expect(own.managers(above: 1).isEmpty)
    let tail = ReportingLines(managerOf: [1: 2, 2: 3, 3: 4, 4: 2])
    #expect(tail.managers(above: 1) == [2, 3, 4])
    var pool = Scene.pool
    pool.reporting = tail
    #expect(Scene.rank([Scene.mentor()], pool: pool).excluded.map(\.rules) == [[.ownManager]])
  }

  @Test("a line of 100,000 managers is walked without recursion")
  func longLine() {
    let lines = ReportingLines(managerOf: Dictionary(uniqueKeysWithValues: (1...100_000).map { (Int64($0), Int64($0 + 1)) }))
    #expect(lines.managers(above: 1).count == 100_000)
  }
}
