/// One needed skill with its weight and the skills that count for it.
struct SkillWant {
  let skill: Int64
  let from: Int
  /// Gap times importance, in thousandths.
  let weight: Int
  let reach: [Int64: Int]

  init(_ need: SkillNeed, graph: SkillGraph) {
    skill = need.skill
    from = need.from.clamped(to: Bounds.level)
    // Somebody who asks although the target is reached still wants help: the gap is at least 1.
    let gap = max(1, need.target.clamped(to: Bounds.level) - from)
    let doubt = need.uncertainty.clamped(to: 0...1000)
    weight = (gap * (1000 - doubt) + doubt) * need.importance.clamped(to: 0...1000)
    reach = graph.reach(of: need.skill)
  }

  /// The mentor's skill that serves this want best, with its value of 0...1000; `nil` when none has any value.
  func best(of offered: [SkillLevel]) -> (value: Int, skill: SkillLevel)? {
    var best: (value: Int, skill: SkillLevel)?
    for candidate in offered {
      let level = candidate.level.clamped(to: Bounds.level)
      guard level > 0, let factor = reach[candidate.skill] else { continue }
      let value = Self.use(levelsAbove: level - from) * factor / 1000
      guard value > 0 else { continue }
      // On equal value the smaller id, then the higher level, so that the order of the mentor's list never shows.
      if let known = best, (known.value, candidate.skill, known.skill.level) >= (value, known.skill.skill, level) { continue }
      best = (value, SkillLevel(candidate.skill, level: level))
    }
    return best
  }

  /// How useful a mentor so many levels above is: an expert four levels above is not the best teacher of a beginner.
  static func use(levelsAbove: Int) -> Int {
    switch levelsAbove {
    case ...0: 0
    case 1: 800
    case 2: 1000
    case 3: 900
    default: 800
    }
  }
}

extension PreparedNeed {
  /// The mean of the best value for each needed skill, weighted by gap and importance.
  func skillFit(of candidate: Candidate) -> Share {
    var points = 0
    var weights = 0
    var top: (part: Int, fact: Fact)?
    for want in skillWants {
      weights += want.weight
      guard let best = want.best(of: candidate.skills) else { continue }
      let part = best.value * want.weight
      points += part
      if let top, top.part >= part { continue }
      let fact = Fact.skill(skill: want.skill, offered: best.skill.skill, mentorLevel: best.skill.level, learnerLevel: want.from)
      top = (part, fact)
    }
    return Share(weights > 0 ? points / weights : 0, top?.fact ?? .noSkill)
  }

  /// Whether the mentor can teach at least one needed skill. An ask without skills asks for nothing anybody could lack.
  func isAboveInASkill(_ candidate: Candidate) -> Bool {
    skillWants.isEmpty || skillWants.contains { $0.best(of: candidate.skills) != nil }
  }
}
