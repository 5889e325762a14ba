import Kit
import Matching
import Store
import Web

/// What is known about mentors whoever asks, loaded in a constant number of statements.
struct MentorFacts {
  let mentors: [Mentor]
  let skills: [ID<Person>: PersonSkills]
  let records: [ID<Person>: OfferRecord]
  let histories: [ID<Person>: MentorHistory]
  let resting: Set<ID<Person>>
  let now: Instant

  /// - Parameter ask: the ask they are looked at for: what it has reserved does not count against it, and when the asker last met them is
  ///   looked up.
  static func load(_ mentors: [Mentor], ask: Ask?, org: ID<Organisation>, now: Instant, _ tx: Transaction) throws -> MentorFacts {
    let ids = mentors.map(\.id)
    return MentorFacts(
      mentors: mentors, skills: try PersonSkills.of(ids, org: org, tx),
      records: try OfferRecord.load(ids, ask: ask, org: org, now: now, tx),
      histories: try MentorHistory.load(ids, with: ask?.asker ?? ID(-1), org: org, now: now, tx),
      resting: try MentorPause.among(ids, org: org, tx), now: now)
  }

  /// The mentor as the ranking reads them.
  ///
  /// - Parameter weekly: minutes a week the mentor gives; nil without a limit.
  func candidate(_ mentor: Mentor, weekly: Int?, pair: Candidate.Pair) -> Candidate {
    let record = records[mentor.id] ?? OfferRecord()
    let history = histories[mentor.id] ?? MentorHistory()
    return Candidate(
      id: mentor.id.value,
      skills: (skills[mentor.id]?.offers ?? []).map { Matching.SkillLevel($0.skill.id.value, level: $0.level) },
      languages: mentor.languages, department: mentor.departmentNumber, seniority: mentor.seniority > 0 ? mentor.seniority : nil,
      standing: .init(sharesOrganisation: true, isActive: true, isVetted: mentor.isMentor, isOriented: true),
      load: .init(
        weeklyBudget: weekly ?? PoolFigures.unlimitedWeek, minutesUsed: record.reservedMinutes, menteeCap: .max,
        isPaused: resting.contains(mentor.id), isHidden: true, minutesGiven: history.minutesGiven),
      record: .init(
        offered: record.offered, answered: record.answered, daysSinceOffered: record.lastOffered.map { Int((now - $0).days) },
        allRatings: Ratings(count: history.ratings, sum: history.ratingSum)),
      pair: pair)
  }
}
