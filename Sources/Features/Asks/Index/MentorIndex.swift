import Kit
import Matching
import Store
import Web

/// The mentors of one organisation in memory, as they were at one moment, and from where on the activity log tells what changed.
///
/// Nothing that is shown comes from here: it decides only whom to look at among many. Facts that fade with time, such as minutes of the
/// last 28 days, are of the moment it was made, which is at most an hour ago.
struct MentorIndex: Sendable {
  let org: ID<Organisation>
  let ranks: RankIndex
  let madeAt: Instant
  /// Entries of the log that are in it, of the time in which others may still have been on their way.
  let seen: Set<Int64>

  /// A transaction that began so long before may still add entries with older ids, and clocks of several machines may differ.
  static let overlap = Span.minutes(10)
  /// Further changes are too many to look at one by one.
  static let mostChanges = 400
  private static let batch = 500

  /// Reads all mentors of an organisation.
  static func make(_ org: ID<Organisation>, _ tx: Transaction, _ world: World) throws -> MentorIndex {
    let now = world.now()
    let seen = try MentorChanges.entries(org: org, since: now, limit: .max, tx).map(\.id)
    var builder = RankIndexBuilder(pool: Pool(minutesGiven: 0, weeklyBudgets: 0))
    var last: ID<Person> = ID(0)
    while true {
      let mentors = try Mentor.active(org: org, after: last, limit: batch, tx)
      guard let end = mentors.last else { break }
      for mentor in try candidates(mentors, org: org, now: now, tx) { builder.add(mentor) }
      last = end.id
    }
    return MentorIndex(org: org, ranks: builder.build(), madeAt: now, seen: Set(seen))
  }

  /// What happened since, at most so much that it can be looked at one by one; nil for more.
  func changes(_ tx: Transaction) throws -> MentorChanges? {
    try MentorChanges.load(org: org, since: madeAt, except: seen, most: MentorIndex.mostChanges, tx)
  }

  /// The index with those who changed read again; nil when that is too many.
  func caughtUp(_ tx: Transaction) throws -> MentorIndex? {
    guard let changes = try changes(tx) else { return nil }
    if changes.entries.isEmpty { return self }
    let people = try Mentor.named(Array(changes.people), org: org, tx).filter(\.isMentor)
    let candidates = try MentorIndex.candidates(people, org: org, now: madeAt, tx)
    return MentorIndex(
      org: org, ranks: ranks.replacing(Set(changes.people.map(\.value)), by: candidates), madeAt: madeAt,
      seen: seen.union(changes.entries))
  }

  private static func candidates(_ mentors: [Mentor], org: ID<Organisation>, now: Instant, _ tx: Transaction) throws -> [Candidate] {
    let facts = try MentorFacts.load(mentors, ask: nil, org: org, now: now, tx)
    let weekly = try AvailabilityRules.weeklyLimits(of: mentors.map(\.id), org: org, tx)
    return mentors.map { facts.candidate($0, weekly: weekly[$0.id], pair: .init(slots: nil, isBlocked: false)) }
  }
}
