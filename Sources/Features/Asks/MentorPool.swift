import Kit
import Matching
import Scheduling
import Store
import Web

/// Everything the ranking of one ask reads, loaded in a constant number of statements.
struct MentorPool {
  /// Mentors looked at, at most: those who offer most of the needed skills at the highest levels.
  static let most = 200

  let ask: Ask
  let asker: Mentor
  let mentors: [Mentor]
  let wanted: [SkillNeed]
  let skills: [ID<Skill>: Skill]
  let offered: [ID<Person>: PersonSkills]
  let records: [ID<Person>: OfferRecord]
  let histories: [ID<Person>: MentorHistory]
  let resting: Set<ID<Person>>
  let time: [ID<Person>: Participant]
  let reporting: ReportingLines
  let graph: SkillGraph
  let meanRating: Int
  let now: Kit.Instant

  static func load(_ ask: Ask, including: ID<Person>?, _ tx: Transaction, _ world: World) throws -> MentorPool {
    let now = world.now()
    let needs = try Ask.skills(of: ask.id, org: ask.org, tx)
    let neighbours = try SkillNeighbours.of(needs, tx)
    let people = try Mentor.candidates(
      asker: ask.asker, skills: needs, near: neighbours.near, including: including, org: ask.org, limit: most, tx)
    let asker = people.first { $0.id == ask.asker }
    guard let asker else { throw Problem.notFound }
    let mentors = people.filter { $0.id != ask.asker }
    let ids = mentors.map(\.id)
    let skillsOf = try PersonSkills.of(ids + [ask.asker], org: ask.org, tx)
    let own = skillsOf[ask.asker] ?? PersonSkills()
    return MentorPool(
      ask: ask, asker: asker, mentors: mentors, wanted: needs.map { need($0, own) }, skills: try labels(needs, skillsOf, tx),
      offered: skillsOf,
      records: try OfferRecord.load(ids, ask: ask, now: now, tx),
      histories: try MentorHistory.load(ids, with: ask.asker, org: ask.org, now: now, tx),
      resting: try MentorPause.among(ids, org: ask.org, tx),
      time: try PersonTime.load(ids + [ask.asker], org: ask.org, from: now, to: now + .days(SharedHours.days), tx, world),
      reporting: try reporting(asker, mentors, tx), graph: SkillGraph(edges: neighbours.edges),
      meanRating: try MentorHistory.meanRating(org: ask.org, tx), now: now)
  }

  /// What somebody seeks is the level they want to reach; what they offer is where they stand.
  private static func need(_ skill: ID<Skill>, _ own: PersonSkills) -> SkillNeed {
    let from = own.offers.first { $0.skill.id == skill }?.level
    let target = own.seeks.first { $0.skill.id == skill }?.level ?? min((from ?? 2) + 2, 5)
    return SkillNeed(skill: skill.value, from: from ?? max(0, min(2, target - 1)), target: target, uncertainty: from == nil ? 500 : 200)
  }

  private static func labels(_ needs: [ID<Skill>], _ known: [ID<Person>: PersonSkills], _ tx: Transaction) throws -> [ID<Skill>: Skill] {
    var skills = try Skill.named(needs, tx)
    for offered in known.values.flatMap(\.offers) { skills[offered.skill.id] = offered.skill }
    return skills
  }

  /// The asker's line upwards in one recursive statement, bounded against circles, and the managers of the candidates.
  private static func reporting(_ asker: Mentor, _ mentors: [Mentor], _ tx: Transaction) throws -> ReportingLines {
    let rows = try tx.rows(
      """
      WITH RECURSIVE line (id, manager_id, depth) AS (
        SELECT id, manager_id, 0 FROM person WHERE org_id = \(asker.org) AND id = \(asker.id)
        UNION ALL
        SELECT person.id, person.manager_id, line.depth + 1 FROM person JOIN line ON person.id = line.manager_id
        WHERE person.org_id = \(asker.org) AND line.depth < 20)
      SELECT id, manager_id FROM line WHERE manager_id IS NOT NULL
      """)
    var managers: [Int64: Int64] = [:]
    for row in rows { managers[try row("id")] = try row("manager_id", as: Int64.self) }
    for mentor in mentors { if let manager = mentor.manager { managers[mentor.id.value] = manager.value } }
    return ReportingLines(managerOf: managers)
  }
}

extension MentorPool {
  func rank(weights: Weights) -> RankedAsk {
    let need = need
    let hours = hours(minutes: ask.minutes, within: need.deadlineMinutes)
    let candidates = mentors.map { candidate($0, hours: hours[$0.id] ?? []) }
    let pool = Pool(of: candidates, meanRating: meanRating, reporting: reporting, skillGraph: graph)
    let ranking = Matching.rank(need: need, candidates: candidates, weights: weights, pool: pool, seed: UInt64(bitPattern: ask.id.value))
    return RankedAsk(
      ask: ask, ranking: ranking, people: Dictionary(uniqueKeysWithValues: mentors.map { ($0.id, $0) }), hours: hours, skills: skills)
  }

  private var need: Need {
    let kind = ask.settings
    let others = asker.languages.filter { $0 != ask.language }
    let passedOn = records.values.count { $0.hasPassedOn }
    return Need(
      asker: ask.asker.value, skills: wanted, kind: kind.rules, urgency: Matching.Urgency(rawValue: ask.urgency.rawValue) ?? .week,
      languages: kind.isWritten ? [ask.language] : [ask.language] + others, crossing: ask.wantsOtherDepartment ? .wished : .none,
      department: asker.departmentNumber, seniority: asker.seniority > 0 ? asker.seniority : nil, sessionMinutes: ask.minutes,
      timesPassedOn: passedOn)
  }

  /// Hours shared with each mentor within the deadline.
  private func hours(minutes: Int, within deadline: Int) -> [ID<Person>: [Kit.Instant]] {
    guard !ask.settings.isWritten, let guest = time[ask.asker] else { return [:] }
    let asker = SharedHours.asker(guest, minutes: minutes, now: now)
    let from = now.minutes
    let to = Int32(clamping: Int(from) + min(deadline, SharedHours.days * 1440) + 1)
    var hours: [ID<Person>: [Kit.Instant]] = [:]
    for mentor in mentors where !resting.contains(mentor.id) {
      guard let host = time[mentor.id] else { continue }
      let starts = SlotSearch(host: host, guests: asker).starts(from: from, to: to)
      hours[mentor.id] = MentorPool.apart(starts, minutes: minutes).map(Kit.Instant.init(minutes:))
    }
    return hours
  }

  /// Starts that do not overlap as sessions: what counts is how many times there are to choose from, not how fine the grid is.
  static func apart(_ starts: [Int32], minutes: Int) -> [Int32] {
    var kept: [Int32] = []
    for start in starts where kept.last.map({ Int(start) - Int($0) >= minutes }) ?? true { kept.append(start) }
    return kept
  }

  private func candidate(_ mentor: Mentor, hours: [Kit.Instant]) -> Candidate {
    let record = records[mentor.id] ?? OfferRecord()
    let history = histories[mentor.id] ?? MentorHistory()
    let weekly = time[mentor.id]?.availability.weeklyMinutes
    let slots = hours.first.map { CommonSlots(minutesToFirst: Int((($0 - now).minutes).rounded(.up)), count: hours.count) }
    return Candidate(
      id: mentor.id.value,
      skills: (offered[mentor.id]?.offers ?? []).map { Matching.SkillLevel($0.skill.id.value, level: $0.level) },
      languages: mentor.languages, department: mentor.departmentNumber, seniority: mentor.seniority > 0 ? mentor.seniority : nil,
      standing: .init(sharesOrganisation: true, isActive: true, isVetted: mentor.isMentor, isOriented: true),
      load: .init(
        weeklyBudget: weekly ?? MentorPool.unlimitedWeek, minutesUsed: record.reservedMinutes, menteeCap: .max,
        isPaused: resting.contains(mentor.id), isHidden: true, minutesGiven: history.minutesGiven),
      record: .init(
        offered: record.offered, answered: record.answered, daysSinceOffered: record.lastOffered.map { Int((now - $0).days) },
        allRatings: Ratings(count: history.ratings, sum: history.ratingSum)),
      pair: .init(
        slots: slots, isBlocked: false, hasPassedOn: record.hasPassedOn,
        daysSinceMet: history.lastMet.map { Int((now - $0).days) }, overlapMinutes: overlap(mentor)))
  }

  /// What a mentor without a weekly limit counts as having: ten hours.
  private static let unlimitedWeek = 600

  /// Working hours of eight that two zones share at this moment.
  private func overlap(_ mentor: Mentor) -> Int {
    let apart = Zones.zone(asker.zone).offset(at: now.microseconds) - Zones.zone(mentor.zone).offset(at: now.microseconds)
    let hours = abs(apart) / 60
    return max(0, 480 - min(hours, 1440 - hours))
  }
}
