import Kit
import Scheduling
import Store
import Web

/// Plays the life of one organisation, a day at a time, through the same use cases that pages and the API call.
struct Play: Sendable {
  let company: Company
  let clock: DemoClock
  let world: World
  var dice: Dice
  var story: CareerStory?
  /// What an ask is about, by its id.
  var themes: [ID<Ask>: Int] = [:]
  /// The same of sessions that follow on another without an ask.
  var followed: [ID<Session>: Int] = [:]
  /// What people wrote or read after their sessions, and how often each was said in all.
  var heard: [ID<Person>: Set<String>] = [:]
  var said: [String: Int] = [:]

  /// One day in one transaction. Nothing of it happens after `end`.
  mutating func day(_ start: Kit.Instant, _ tx: Transaction) throws {
    let isWorkday = Zones.zone("UTC").local(at: start.microseconds).date.weekday <= .friday
    clock.reach(start + .hours(6))
    try DueJobs(company: company).run(tx, world)
    clock.reach(start + .hours(7))
    try mentorsAnswer(tx)
    if isWorkday {
      clock.reach(start + .hours(8))
      try peopleAsk(tx)
      try plansChange(start, tx)
    }
    try story?.morning(start, tx)
    try sessionsHappen(from: start, to: start + .days(1), tx)
    clock.reach(start + .hours(17))
    if isWorkday {
      try lessonsAreDone(tx)
      try promisesAreKept(tx)
      try growthIsShown(tx)
    }
    clock.reach(start + .hours(18))
    try cardsAreReviewed(isWorkday: isWorkday, tx)
    try story?.evening(start, tx)
    clock.reach(start + .hours(23))
    try DueJobs(company: company).run(tx, world)
  }

  /// Does something that the rules may refuse; a refusal is part of life.
  @discardableResult
  func attempt<Result>(_ act: () throws -> Result) throws -> Result? {
    do {
      return try act()
    } catch is Problem {
      return nil
    }
  }

  /// So many of a hundred members do something today, at least now and then somebody.
  mutating func daily(perThousand rate: Int) -> Int {
    let expected = company.people.count * rate
    return expected / 1000 + (dice.below(1000) < expected % 1000 ? 1 : 0)
  }

  func pass(_ span: Span) { clock.reach(clock.now + span) }
}
