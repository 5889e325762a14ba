import Matching
import Testing

@Suite("Why not")
struct WhyNotTests {
  let wording = Wording(skill: { "skill \($0)" }, language: { $0 == "de" ? "German" : "English" })

  @Test("everything private, and an unknown id, gives one and the same text")
  func sameText() {
    let secrets: [(inout Candidate) -> Void] = [
      { $0.pair.isBlocked = true }, { $0.pair.hasConflict = true }, { $0.pair.isBanned = true }, { $0.pair.hasPassedOn = true },
      { $0.standing.isVetted = false }, { $0.standing.isActive = false }, { $0.standing.sharesOrganisation = false },
      { $0.load = .init(weeklyBudget: 0, menteeCap: 3, isHidden: true) },
      { $0.load = .init(weeklyBudget: 60, menteeCap: 0, isHidden: true) },
      { $0.load = .init(weeklyBudget: 60, menteeCap: 3, isPaused: true, isHidden: true) },
      { $0.load = .init(weeklyBudget: 60, menteeCap: 3, isAway: true, isHidden: true) },
    ]
    for secret in secrets {
      let ranking = Scene.rank([Scene.mentor(change: secret)])
      #expect(ranking.excluded.map(\.mayBeTold) == [false])
      #expect(wording.sentence(ranking.whyNot(Scene.ravi, shown: 3)) == "Not available for this ask.")
    }
    #expect(Scene.rank([]).whyNot(99, shown: 3) == .notAvailable)
  }

  @Test("a private rule leaves no trace beside one that may be told")
  func noTrace() {
    let open = Scene.rank([Scene.mentor { $0.languages = ["fr"] }])
    let both = Scene.rank([
      Scene.mentor {
        $0.languages = ["fr"]
        $0.pair.isBlocked = true
      }
    ])
    #expect(open.whyNot(Scene.ravi, shown: 3) == .rules([.noCommonLanguage]))
    #expect(both.whyNot(Scene.ravi, shown: 3) == open.whyNot(Scene.ravi, shown: 3))
  }

  @Test("a rule that may never be told has the text of all such rules")
  func ruleText() {
    for rule in HardRule.allCases {
      #expect((Wording.sentence(rule) == Wording.notAvailable) == !rule.mayBeTold(loadIsHidden: false))
    }
  }

  @Test("a load that is not hidden may be told")
  func openLoad() {
    let ranking = Scene.rank([Scene.mentor { $0.load.minutesUsed = 120 }])
    #expect(wording.sentence(ranking.whyNot(Scene.ravi, shown: 3)) == "Has too few minutes left this week.")
  }

  @Test("a hidden load is in no fact")
  func hiddenLoadFact() {
    let ranking = Scene.rank([Scene.mentor { $0.load.isHidden = true }])
    #expect(ranking.ranked.first?.line(.fairLoad)?.fact == .hiddenLoad)
  }

  @Test("a mentor further down stands beside the last one shown, line by line")
  func lower() {
    let ranking = Scene.rank([Scene.mentor(2), Scene.mentor(3) { $0.languages = ["de"] }])
    #expect(ranking.whyNot(2, shown: 1) == .shown(place: 1))
    guard case .lower(let place, let gaps) = ranking.whyNot(3, shown: 1) else {
      Issue.record("the second of two is not shown")
      return
    }
    #expect(place == 2)
    #expect(gaps.map(\.points).reduce(0, +) == ranking.ranked[1].total)
    #expect(gaps.map(\.lastShown).reduce(0, +) == ranking.ranked[0].total)
    #expect(
      wording.sentence(ranking.whyNot(3, shown: 1)) == "At place 2. Behind the last one shown in: language and zone 45 against 60.")
  }
}

@Suite("What would change it")
struct WhatWouldChangeTests {
  @Test("only changes that a rerun confirms are named, smallest effort first")
  func effects() {
    let ravi = Scene.mentor { $0.languages = ["fr"] }
    let mara = Scene.mentor(Scene.mara)
    let before = Scene.rank([ravi, mara])
    let french = Scene.need { $0.languages = ["fr", "en"] }
    let alternatives = [
      alternative(.language("fr"), effort: 5, need: french, [ravi, mara]),
      alternative(.shorterSession(minutes: 15), effort: 1, need: Scene.need { $0.sessionMinutes = 15 }, [ravi, mara]),
      alternative(.longerHorizon(days: 7), effort: 2, need: Scene.need, [ravi, mara, Scene.mentor(4)]),
    ]
    let effects = before.whatWouldChange(for: Scene.ravi, shown: 3, among: alternatives, seed: 7)
    #expect(effects.map(\.change) == [.longerHorizon(days: 7), .language("fr")])
    #expect(effects.map(\.adds) == [[4], [Scene.ravi]])
    #expect(effects.map(\.bringsIn?.id) == [nil, Scene.ravi])
    let rerun = Scene.rank([ravi, mara], need: french)
    #expect(effects.last?.bringsIn?.place == rerun.ranked.firstIndex { $0.id == Scene.ravi }.map { $0 + 1 })
  }

  @Test("a mentor who moves up into those shown is brought in without being new")
  func movesUp() {
    let ravi = Scene.mentor { $0.pair.slots = CommonSlots(minutesToFirst: 5 * 24 * 60, count: 1) }
    let mara = Scene.mentor(Scene.mara)
    let sooner = Scene.mentor { $0.pair.slots = CommonSlots(minutesToFirst: 60, count: 5) }
    let before = Scene.rank([ravi, mara])
    let effects = before.whatWouldChange(
      for: Scene.ravi, shown: 1, among: [alternative(.moreSlots(count: 1), effort: 1, need: Scene.need, [sooner, mara])], seed: 7)
    #expect(effects.map(\.bringsIn?.place) == [1])
    #expect(effects.map(\.adds) == [[]])
    let wording = Wording(skill: { "\($0)" })
    #expect(effects.map { wording.sentence($0, mentor: "Ravi") } == ["Offering 1 more slot brings Ravi to place 1."])
  }

  @Test("a mentor who is blocked is brought in by nothing")
  func blocked() {
    let ravi = Scene.mentor { $0.pair.isBlocked = true }
    let alternatives = [alternative(.longerHorizon(days: 7), effort: 1, need: Scene.need { $0.urgency = .later }, [ravi])]
    #expect(Scene.rank([ravi]).whatWouldChange(for: Scene.ravi, shown: 3, among: alternatives, seed: 7).isEmpty)
  }

  private func alternative(_ change: Change, effort: Int, need: Need, _ candidates: [Candidate]) -> Alternative {
    Alternative(change: change, effort: effort, need: need, candidates: candidates, pool: Scene.pool)
  }
}
