import Kit
import Matching
import Scheduling
import Store
import Web

/// Everything the ranking of one ask reads, loaded in a constant number of statements.
struct MentorPool {
  let asking: AskingSide
  let facts: MentorFacts
  let skills: [ID<Skill>: Skill]
  let time: [ID<Person>: Participant]
  let reporting: ReportingLines
  let figures: PoolFigures

  var ask: Ask { asking.ask }
  var now: Kit.Instant { facts.now }

  /// - Parameter mentors: those to look at.
  static func load(
    _ asking: AskingSide, _ mentors: [Mentor], _ figures: PoolFigures, _ tx: Transaction, _ world: World
  ) throws -> MentorPool {
    let ask = asking.ask
    let now = world.now()
    let facts = try MentorFacts.load(mentors, ask: ask, org: ask.org, now: now, tx)
    return MentorPool(
      asking: asking, facts: facts, skills: try labels(asking.skills, facts.skills, tx),
      time: try PersonTime.load(
        mentors.map(\.id) + [ask.asker], org: ask.org, from: now, to: now + .days(SharedHours.days), tx, world),
      reporting: try reporting(asking.asker, mentors, tx), figures: figures)
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
    let need = asking.need
    let hours = hours(minutes: ask.minutes, within: need.deadlineMinutes)
    let candidates = facts.mentors.map { mentor in
      facts.candidate(
        mentor, weekly: time[mentor.id]?.availability.weeklyMinutes, pair: pair(mentor, hours: hours[mentor.id] ?? []))
    }
    let ranking = Matching.rank(
      need: need, candidates: candidates, weights: weights, pool: figures.pool(reporting: reporting, graph: asking.graph),
      seed: UInt64(bitPattern: ask.id.value))
    return RankedAsk(
      ask: ask, ranking: ranking, people: Dictionary(uniqueKeysWithValues: facts.mentors.map { ($0.id, $0) }), hours: hours, skills: skills)
  }

  /// Hours shared with each mentor within the deadline.
  private func hours(minutes: Int, within deadline: Int) -> [ID<Person>: [Kit.Instant]] {
    guard !ask.settings.isWritten, let guest = time[ask.asker] else { return [:] }
    let asker = SharedHours.asker(guest, minutes: minutes, now: now)
    let from = now.minutes
    let to = Int32(clamping: Int(from) + min(deadline, SharedHours.days * 1440) + 1)
    var hours: [ID<Person>: [Kit.Instant]] = [:]
    for mentor in facts.mentors where !facts.resting.contains(mentor.id) {
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

  private func pair(_ mentor: Mentor, hours: [Kit.Instant]) -> Candidate.Pair {
    Candidate.Pair(
      slots: hours.first.map { CommonSlots(minutesToFirst: Int((($0 - now).minutes).rounded(.up)), count: hours.count) },
      isBlocked: false, hasPassedOn: facts.records[mentor.id]?.hasPassedOn ?? false,
      daysSinceMet: facts.histories[mentor.id]?.lastMet.map { Int((now - $0).days) }, overlapMinutes: overlap(mentor))
  }

  /// Working hours of eight that two zones share at this moment.
  private func overlap(_ mentor: Mentor) -> Int {
    let apart = Zones.zone(asking.asker.zone).offset(at: now.microseconds) - Zones.zone(mentor.zone).offset(at: now.microseconds)
    let hours = abs(apart) / 60
    return max(0, 480 - min(hours, 1440 - hours))
  }
}
