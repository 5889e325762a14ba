import Matching
import Testing

@Suite("Factors")
struct FactorTests {
  @Test("two levels above serve best, an expert four above less", arguments: [(3, 800), (4, 1000), (5, 900)])
  func levelsAbove(level: Int, use: Int) {
    let mentor = Scene.mentor { $0.skills = [SkillLevel(Scene.negotiation, level: level)] }
    #expect(Scene.points(.skillFit, mentor) == 420 * use / 1000)
  }

  @Test("four levels above a beginner give 800")
  func fourAbove() {
    let need = Scene.need { $0.skills = [SkillNeed(skill: Scene.negotiation, from: 1, target: 3)] }
    let mentor = Scene.mentor { $0.skills = [SkillLevel(Scene.negotiation, level: 5)] }
    #expect(Scene.points(.skillFit, mentor, need: need) == 336)
  }

  @Test("a neighbour counts half, two edges a quarter, and the best skill wins")
  func neighbours() {
    func points(_ skills: [SkillLevel]) -> Int? { Scene.points(.skillFit, Scene.mentor { $0.skills = skills }) }
    #expect(points([SkillLevel(Scene.persuasion, level: 4)]) == 210)
    #expect(points([SkillLevel(Scene.rhetoric, level: 4)]) == 105)
    #expect(points([SkillLevel(Scene.rhetoric, level: 4), SkillLevel(Scene.negotiation, level: 3)]) == 336)
  }

  @Test("the wider gap and the greater importance weigh more; doubt pulls the gap towards 1")
  func gapWeights() {
    let mentor = Scene.mentor { $0.skills = [SkillLevel(1, level: 4)] }
    func points(_ gap: Int, importance: Int = 1, uncertainty: Int = 0) -> Int? {
      let need = Scene.need {
        $0.skills = [
          SkillNeed(skill: 1, from: 2, target: 2 + gap, importance: importance, uncertainty: uncertainty),
          SkillNeed(skill: 2, from: 2, target: 3),
        ]
      }
      return Scene.points(.skillFit, mentor, need: need)
    }
    #expect(points(1) == 210)
    #expect(points(3) == 315)
    #expect(points(3, uncertainty: 1000) == 210)
    #expect(points(3, uncertainty: 500) == 420 * 666 / 1000)
    #expect(points(1, importance: 3) == 315)
  }

  @Test("a level nobody stated is 2")
  func unstatedLevel() {
    #expect(SkillNeed(skill: 1, from: nil, target: 4).from == 2)
  }

  @Test("an earlier first slot and more slots give more, up to five")
  func soon() {
    func points(_ minutes: Int, _ count: Int, _ urgency: Urgency = .week) -> Int? {
      let mentor = Scene.mentor { $0.pair.slots = CommonSlots(minutesToFirst: minutes, count: count) }
      return Scene.points(.soon, mentor, need: Scene.need { $0.urgency = urgency })
    }
    #expect(points(0, 5) == 160)
    #expect(points(0, 50) == 160)
    #expect(points(0, 1) == 108)
    #expect(points(7 * 24 * 60, 1) == 12)
    #expect(points(12 * 60, 5, .now) == 112)
    #expect(points(12 * 60, 5, .later) == 158)
  }

  @Test("the fair part gives half; four sessions less give all, four more give nothing")
  func fairLoad() {
    func points(given: Int, credit: Int = 0) -> Int? {
      Scene.points(
        .fairLoad,
        Scene.mentor {
          $0.load.minutesGiven = given
          $0.load.creditMinutes = credit
        })
    }
    #expect(points(given: 120) == 55)
    #expect(points(given: 0) == 110)
    #expect(points(given: 240) == 0)
    #expect(points(given: 60) == 82)
    #expect(points(given: 0, credit: 120) == 55)
  }

  @Test("credit puts a newcomer level with the others instead of in front of them")
  func credit() {
    let pool = Pool(minutesGiven: 2800, weeklyBudgets: 280)
    #expect(pool.credit(weeklyBudget: 70, absentDays: 28) == 700)
    #expect(pool.credit(weeklyBudget: 70, absentDays: 7) == 175)
    #expect(pool.credit(weeklyBudget: 70, absentDays: 0) == 0)
    #expect(Pool(minutesGiven: 0, weeklyBudgets: 0).credit(weeklyBudget: 70, absentDays: 28) == 0)
    let newcomer = Scene.mentor {
      $0.load.minutesGiven = 0
      $0.load.creditMinutes = Scene.pool.credit(weeklyBudget: 120, absentDays: 28)
    }
    #expect(Scene.points(.fairLoad, newcomer) == 55)
  }

  @Test("a pool made from its mentors sums minutes, credits and budgets")
  func poolOfMentors() {
    let pool = Pool(of: [Scene.mentor(2) { $0.load.creditMinutes = 30 }, Scene.mentor(3)])
    #expect(pool.minutesGiven == 270)
    #expect(pool.weeklyBudgets == 240)
  }

  @Test("answering counts, with three answers in four offers imagined")
  func answers() {
    func points(_ answered: Int, of offered: Int) -> Int? {
      Scene.points(
        .answers,
        Scene.mentor {
          $0.record.offered = offered
          $0.record.answered = answered
        })
    }
    #expect(points(0, of: 0) == 67)
    #expect(points(10, of: 10) == 83)
    #expect(points(0, of: 8) == 22)
  }

  @Test("better ratings give more; the topic's come first; fewer than three count as none")
  func rating() {
    func points(all: Ratings, topic: Ratings = Ratings()) -> Int? {
      Scene.points(
        .rating,
        Scene.mentor {
          $0.record.allRatings = all
          $0.record.topicRatings = topic
        })
    }
    #expect(points(all: Ratings()) == 52)
    #expect(points(all: Ratings(count: 2, sum: 2)) == 52)
    #expect(points(all: Ratings(count: 5, sum: 25)) == 61)
    #expect(points(all: Ratings(count: 5, sum: 5)) == 26)
    #expect(points(all: Ratings(count: 5, sum: 5), topic: Ratings(count: 3, sum: 15)) == 59)
    #expect(points(all: Ratings(count: 5, sum: 5), topic: Ratings(count: 2, sum: 10)) == 26)
  }

  @Test("the preferred language gives most; overlap counts for recurring kinds only")
  func language() {
    func points(_ languages: [String], _ kind: KindRules = .meeting, overlap: Int = 240) -> Int? {
      let mentor = Scene.mentor {
        $0.languages = languages
        $0.pair.overlapMinutes = overlap
      }
      return Scene.points(.language, mentor, need: Scene.need { $0.kind = kind })
    }
    #expect(points(["de", "en"]) == 60)
    #expect(points(["de"]) == 45)
    #expect(points(["en"], .classic) == 45)
    #expect(points(["en"], .classic, overlap: 600) == 60)
    #expect(points(["en"], .meeting, overlap: 0) == 60)
  }

  @Test("a met wish for another department gives all, no wish half, an unmet wish nothing")
  func crossing() {
    func points(_ crossing: Crossing, department: Int64?) -> Int? {
      Scene.points(.crossing, Scene.mentor { $0.department = department }, need: Scene.need { $0.crossing = crossing })
    }
    #expect(points(.wished, department: 20) == 50)
    #expect(points(.wished, department: 10) == 0)
    #expect(points(.wished, department: nil) == 0)
    #expect(points(.none, department: 10) == 25)
    #expect(points(.required, department: 20) == 50)
    #expect(points(.forbidden, department: 10) == 25)
  }

  @Test(
    "new faces grow with the days since the last meeting", arguments: [(nil, 40), (0, 0), (45, 20), (90, 40), (900, 40)] as [(Int?, Int)])
  func newFaces(days: Int?, points: Int) {
    #expect(Scene.points(.newFaces, Scene.mentor { $0.pair.daysSinceMet = days }) == points)
  }

  @Test("a mentor not offered an ask in 21 days gets a line of its own", arguments: [(nil, 40), (21, 40), (20, nil)] as [(Int?, Int?)])
  func waitingMentor(days: Int?, points: Int?) {
    #expect(Scene.points(.waitingMentor, Scene.mentor { $0.record.daysSinceOffered = days }) == points)
  }

  @Test(
    "each passing on adds 30 up to 150, the same for every mentor", arguments: [(0, nil), (1, 30), (5, 150), (9, 150)] as [(Int, Int?)])
  func passedOn(times: Int, points: Int?) {
    #expect(Scene.points(.passedOn, Scene.mentor(), need: Scene.need { $0.timesPassedOn = times }) == points)
  }

  @Test("of two equal mentors the one with the better single input comes first", arguments: Factor.allCases.filter { $0 != .passedOn })
  func decides(_ factor: Factor) {
    let worse = Scene.mentor(Scene.mara) {
      switch factor {
      case .skillFit: $0.skills = [SkillLevel(Scene.negotiation, level: 3)]
      case .soon: $0.pair.slots = CommonSlots(minutesToFirst: 48 * 60, count: 3)
      case .fairLoad: $0.load.minutesGiven = 180
      case .answers: $0.record.answered = 4
      case .rating: $0.record.allRatings.sum = 30
      case .language: $0.languages = ["de"]
      case .crossing: $0.department = 10
      case .newFaces: $0.pair.daysSinceMet = 30
      case .waitingMentor, .passedOn: $0.record.daysSinceOffered = 3
      }
    }
    let better = Scene.mentor { if factor == .waitingMentor { $0.record.daysSinceOffered = 30 } }
    let ranking = Scene.rank([worse, better], need: Scene.need { $0.crossing = .wished })
    #expect(ranking.ranked.map(\.id) == [Scene.ravi, Scene.mara])
    let changed = Factor.allCases.filter { ranking.ranked[0].line($0)?.points != ranking.ranked[1].line($0)?.points }
    #expect(changed == [factor])
  }
}
