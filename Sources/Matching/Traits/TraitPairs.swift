/// Ranks the mentors of each mentee of a program from what the files say of both.
struct TraitPairs {
  /// Mentors each mentee gets as possible pairs at first.
  static let perMentee = 50
  /// Mentees each mentor with a minimum gets at least, where so many may be paired with them.
  static let perNeedyMentor = 10

  private let traits: TraitColumns
  private let mentorRanges: [PlaceRange]
  private let menteePeople: [Int64]
  private let mentorPeople: [Int64]
  private let mentorNumber: [Int64: Int]
  private let index: RankIndex
  private let pool: Pool

  init(_ traits: TraitColumns, mentees: [String], mentors: [String], mentorRanges: [PlaceRange]) {
    self.traits = traits
    self.mentorRanges = mentorRanges
    // Whoever has one id in both files is one person, and reports to a manager of that id.
    var people: [String: Int64] = [:]
    func person(_ id: String) -> Int64 {
      if let known = people[id] { return known }
      people[id] = Int64(people.count)
      return Int64(people.count - 1)
    }
    let menteePeople = mentees.map(person)
    let mentorPeople = mentors.map(person)
    var managers: [Int64: Int64] = [:]
    for (people, traits) in [(menteePeople, traits.mentees), (mentorPeople, traits.mentors)] {
      for (one, own) in zip(people, traits) where !own.manager.isEmpty { managers[one] = person(own.manager) }
    }
    self.menteePeople = menteePeople
    self.mentorPeople = mentorPeople
    mentorNumber = Dictionary(zip(mentorPeople, mentorPeople.indices), uniquingKeysWith: { first, _ in first })
    let candidates = zip(mentorPeople, traits.mentors).map { Self.candidate($0, $1) }
    pool = Pool(of: candidates, reporting: ReportingLines(managerOf: managers), skillGraph: SkillGraph(edges: traits.graph))
    var builder = RankIndexBuilder(pool: pool)
    for candidate in candidates { builder.add(candidate) }
    index = builder.build()
  }

  /// The possible pairs to begin with: the best of each mentee, pins, and for mentors with a minimum further mentees.
  func shortlists(pins: [(mentee: Int, mentor: Int)]) -> FoundPairs {
    var found = FoundPairs(mentees: traits.mentees.count, mentors: traits.mentors.count)
    var query = RankQuery(index)
    for mentee in traits.mentees.indices {
      for (mentor, points) in best(Self.perMentee, of: mentee, &query) { found.add(mentee, mentor, points) }
    }
    for pin in pins { found.add(pin.mentee, pin.mentor, points(pin.mentee, pin.mentor) ?? 0) }
    for mentor in traits.mentors.indices where mentorRanges[mentor].least > 0 && found.count(ofMentor: mentor) < Self.perNeedyMentor {
      let all = traits.mentees.indices.compactMap { mentee in points(mentee, mentor).map { (mentee: mentee, points: $0) } }
      for one in all.sorted(by: { ($1.points, $0.mentee) < ($0.points, $1.mentee) }).prefix(Self.perNeedyMentor) {
        found.add(one.mentee, mentor, one.points)
      }
    }
    return found
  }

  /// Every mentor who may help a mentee.
  func everybody(for mentee: Int) -> [(mentor: Int, points: Int)] {
    var query = RankQuery(index)
    return best(traits.mentors.count, of: mentee, &query)
  }

  private func best(_ count: Int, of mentee: Int, _ query: inout RankQuery) -> [(mentor: Int, points: Int)] {
    let need = need(mentee)
    let ranked = query.top(count, need: need, seed: UInt64(mentee)) { person in pair(mentee, mentorNumber[person] ?? 0) }
    return ranked.compactMap { one in mentorNumber[one.id].map { ($0, one.total) } }
  }

  /// The points of one pair; nil when a rule stands in the way.
  private func points(_ mentee: Int, _ mentor: Int) -> Int? {
    let candidate = Self.candidate(mentorPeople[mentor], traits.mentors[mentor], pair(mentee, mentor))
    return rank(need: need(mentee), candidates: [candidate], pool: pool, seed: UInt64(mentee)).ranked.first?.total
  }

  private func need(_ mentee: Int) -> Need {
    let own = traits.mentees[mentee]
    return Need(
      asker: menteePeople[mentee], skills: own.needs, kind: .classic, urgency: .week, languages: own.languages,
      department: own.department.isEmpty ? nil : Self.number(own.department), sessionMinutes: own.minutes ?? 30)
  }

  private func pair(_ mentee: Int, _ mentor: Int) -> Candidate.Pair {
    let shared = traits.mentees[mentee].slots.shared(with: traits.mentors[mentor].slots)
    let starts = shared.starts(minutes: traits.mentees[mentee].minutes ?? 30)
    return Candidate.Pair(
      slots: starts.first.map { CommonSlots(minutesToFirst: $0 * 30, count: starts.count) }, isBlocked: false,
      overlapMinutes: min(480, shared.count * 30 / 5))
  }

  private static func candidate(_ person: Int64, _ own: Traits, _ pair: Candidate.Pair = .init(slots: nil, isBlocked: false)) -> Candidate {
    Candidate(
      id: person, skills: own.skills, languages: own.languages, department: own.department.isEmpty ? nil : number(own.department),
      standing: .init(sharesOrganisation: true, isActive: true, isVetted: true, isOriented: true),
      load: .init(weeklyBudget: own.minutes ?? 600, menteeCap: .max), pair: pair)
  }

  /// FNV-1a (Fowler, Noll, Vo), 64 bits: the ranking only compares departments.
  private static func number(_ department: String) -> Int64 {
    Int64(bitPattern: department.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 })
  }
}
