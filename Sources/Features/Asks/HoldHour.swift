import Kit
import Store
import Web

/// Keeps an hour for the asker while they look at it once more.
struct HoldHour: UseCase {
  var ask: ID<Ask>
  var mentor: ID<Person>
  var start: Instant

  init(ask: ID<Ask>, mentor: ID<Person>, start: Instant) {
    self.ask = ask
    self.mentor = mentor
    self.start = start
  }

  struct Result: Output {
    var ask: ID<Ask>
    var mentor: ID<Person>
    var start: Instant
    var session: ID<Session>
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Result {
    let ask = try BookAsk.bookable(ask, mentor: mentor, start: start, viewer, tx, world)
    let session = try Booking.hold(
      tx, viewer, mentor: mentor, mentee: viewer.person, start: start, minutes: ask.minutes, kind: ask.kind, title: ask.title,
      question: ask.question, ask: ask.id, world)
    return Result(ask: ask.id, mentor: mentor, start: start, session: session)
  }
}

/// An hour that is kept for somebody who has not booked it yet.
struct HeldHour: RowDecodable {
  let session: ID<Session>
  let mentor: ID<Person>
  let start: Instant
  let until: Instant

  init(row: Row) throws {
    session = try row("id")
    mentor = try row("mentor_id")
    start = try row("starts_at")
    until = try row("held_until")
  }

  static func of(_ person: ID<Person>, ask: ID<Ask>, org: ID<Organisation>, _ tx: Transaction, _ world: World) throws -> HeldHour? {
    try tx.first(
      """
      SELECT id, mentor_id, starts_at, held_until FROM session
      WHERE org_id = \(org) AND mentee_id = \(person) AND ask_id = \(ask) AND state = 'held' AND approval_due IS NULL AND held_until > \(world.now())
      ORDER BY id DESC LIMIT 1
      """)
  }
}
