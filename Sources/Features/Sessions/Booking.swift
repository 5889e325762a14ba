import Kit
import Store
import Web

/// Makes holds and bookings: the one way for pages, the API, mail links and the demo.
enum Booking {
  static let holdLength = Span.minutes(5)

  /// Keeps a slot free for five minutes while its details are filled in: one for each ask, and one without an ask.
  static func hold(
    _ tx: Transaction, _ viewer: Viewer, mentor: ID<Person>, mentee: ID<Person>, start: Instant, minutes: Int, kind: String = "flash",
    title: String = "", question: String = "", ask: ID<Ask>? = nil, _ world: World
  ) throws -> ID<Session> {
    let claim = try opened(tx, viewer, mentor: mentor, mentee: mentee, start: start, minutes: minutes, ask: ask, world)
    let sameAsk: SQL = ask.map { "ask_id = \($0)" } ?? "ask_id IS NULL"
    let older: [ID<Session>] = try tx.values(
      """
      SELECT id FROM session WHERE org_id = \(viewer.org) AND made_by = \(viewer.person) AND mentee_id = \(mentee) AND state = \("held")
        AND approval_due IS NULL AND \(sameAsk)
      """)
    for session in older { try lapse(session, org: viewer.org, tx) }
    try claim.check(tx)
    let until = world.now() + holdLength
    let draft = SessionDraft(kind: kind, title: title, question: question, ask: ask)
    let id = try insert(draft, claim, viewer, state: .held, until: until, tx)
    try tx.record(viewer, "session.held", id, [:], world)
    return id
  }

  /// Books a slot at once, or asks the mentor who wants to be asked.
  ///
  /// - Parameter agreed: whether the mentor has named this time, so that there is nothing left to ask.
  static func book(
    _ tx: Transaction, _ viewer: Viewer, mentor: ID<Person>, mentee: ID<Person>, start: Instant, minutes: Int, kind: String = "flash",
    title: String, question: String, ask: ID<Ask>? = nil, agreed: Bool = false, _ world: World
  ) throws -> ID<Session> {
    var claim = try opened(tx, viewer, mentor: mentor, mentee: mentee, start: start, minutes: minutes, ask: ask, world)
    claim.isAgreed = agreed
    try claim.check(tx)
    let draft = SessionDraft(kind: kind, title: title, question: question, ask: ask)
    if !agreed, try Approval.isWanted(mentor: mentor, by: viewer, tx) {
      let until = Approval.due(start: start, world)
      let id = try insert(draft, claim, viewer, state: .held, until: until, tx)
      try Approval.ask(id, due: until, viewer, tx, world)
      return id
    }
    let id = try insert(draft, claim, viewer, state: .booked, until: nil, tx)
    try announce(id, viewer, tx, world)
    return id
  }

  /// Ends a hold without a booking.
  ///
  /// - Parameter isEarly: whether somebody ended it before its time, so that no answer is missed any more.
  static func lapse(_ session: ID<Session>, org: ID<Organisation>, isEarly: Bool = false, _ tx: Transaction) throws {
    if isEarly { try tx.run("UPDATE session SET approval_due = NULL WHERE org_id = \(org) AND id = \(session) AND state = \("held")") }
    try tx.run("DELETE FROM occupancy WHERE org_id = \(org) AND session_id = \(session)")
    try tx.run("UPDATE session SET state = \("lapsed") WHERE org_id = \(org) AND id = \(session) AND state = \("held")")
    try ProposedTimes.clear(session, org: org, tx)
  }

  /// Ends the holds of other times for an ask that has its session.
  static func lapseOthers(for ask: ID<Ask>, but session: ID<Session>, org: ID<Organisation>, _ tx: Transaction) throws {
    let others: [ID<Session>] = try tx.values(
      "SELECT id FROM session WHERE org_id = \(org) AND ask_id = \(ask) AND state = \("held") AND id <> \(session)")
    for other in others { try lapse(other, org: org, isEarly: true, tx) }
  }

  /// Tells both people, plans reminders, and tells the ask that it has its session.
  static func announce(_ id: ID<Session>, _ viewer: Viewer, _ tx: Transaction, _ world: World) throws {
    guard let session = try Session.find(id, org: viewer.org, tx) else { throw Problem.notFound }
    try tx.record(viewer, "session.booked", id, ["minutes": "\(session.minutes)", "kind": session.kind], world)
    if let ask = session.ask {
      try Ask.booked(ask, session: id, mentor: session.mentor, tx, viewer, world)
      try lapseOthers(for: ask, but: id, org: viewer.org, tx)
    }
    try SessionMail.plan(session, .booked, by: viewer.person, tx, world)
    try SessionReminder.plan(session, tx, world)
  }

  /// Both must be active members who do not block each other, the mentor a vetted one, and the ask the mentee's own.
  private static func opened(
    _ tx: Transaction, _ viewer: Viewer, mentor: ID<Person>, mentee: ID<Person>, start: Instant, minutes: Int,
    ask: ID<Ask>?, _ world: World
  ) throws -> CalendarClaim {
    guard let host = try Addressee.find(mentor, org: viewer.org, tx), let guest = try Addressee.find(mentee, org: viewer.org, tx),
      host.isActive, guest.isActive, host.roles.contains(.mentor),
      try !Block.stands(between: mentor, and: mentee, org: viewer.org, tx)
    else { throw Problem.notFound }
    if let ask, try Ask.find(ask, org: viewer.org, tx)?.asker != mentee { throw Problem.notFound }
    guard mentor != mentee else { throw Problem.invalid("mentor", "Choose somebody other than yourself.") }
    return CalendarClaim(org: viewer.org, mentor: mentor, mentee: mentee, start: start, minutes: minutes, world: world)
  }

  private static func insert(
    _ draft: SessionDraft, _ claim: CalendarClaim, _ viewer: Viewer, state: Session.State, until: Instant?, _ tx: Transaction
  ) throws -> ID<Session> {
    let world = claim.world
    let id: ID<Session> = world.id()
    let wall = try claim.wall(tx)
    let now = world.now()
    try tx.run(
      """
      INSERT INTO session (org_id, id, kind, mentor_id, mentee_id, ask_id, title, question, starts_at, ends_at, zone, wall, state, sequence,
        uid, link, held_until, extensions, made_by, created_at, booked_at, cancel_reason, was_late)
      VALUES (\(claim.org), \(id), \(draft.kind), \(claim.mentor), \(claim.mentee), \(draft.ask), \(draft.named), \(draft.question.trimmed),
        \(claim.start), \(claim.end), \(wall.zone), \(wall.text), \(state), 0, \("\(claim.org)-\(id)@tandem".lowercased()), \(""), \(until), 0,
        \(viewer.person), \(now), \(state == .booked ? now : nil), \(""), 0)
      """)
    try claim.occupy(id, until: until, tx)
    return id
  }
}

/// What a session is about, before it is one.
struct SessionDraft: Sendable {
  var kind = "flash"
  var title = ""
  var question = ""
  var ask: ID<Ask>?

  /// The title, else the beginning of the question, else the kind.
  var named: String {
    if !title.trimmed.isEmpty { return title.trimmed.shortened(to: 120) }
    if !question.trimmed.isEmpty { return question.trimmed.shortened(to: 80) }
    return kind == "flash" ? "Flash mentoring" : "Mentoring session"
  }
}
