import Kit
import Scheduling
import Store
import Web

/// One meeting of a mentor and a mentee. Only the two of them see it.
struct Session: RowDecodable, Sendable {
  enum State: String, Choice, Bindable {
    /// Chosen, and kept free for five minutes, or until the mentor has said yes.
    case held
    case booked
    /// It took place.
    case met
    /// It took place and both have wrapped up.
    case wrapped
    /// Somebody was there and somebody was not.
    case noShow = "no_show"
    case cancelled
    /// A hold that ended without a booking.
    case lapsed
  }

  static let lengths = [15, 30, 45, 60]

  let org: ID<Organisation>
  let id: ID<Session>
  let kind: String
  let mentor: ID<Person>
  let mentee: ID<Person>
  let ask: ID<Ask>?
  let title: String
  let question: String
  let start: Instant
  let end: Instant
  /// The mentor's zone and wall clock at the time of booking.
  let zone: String
  let wall: String
  let state: State
  /// Rises with every move and with the cancellation; goes into calendar mails.
  let sequence: Int
  let uid: String
  /// Where to meet: the address of a video room, or words.
  let link: String
  let heldUntil: Instant?
  let wasExtended: Bool
  let cancelledBy: ID<Person>?
  let wasLate: Bool
  /// Until when the mentor may say yes; nil where nobody is asked.
  let approvalDue: Instant?
  let declinedAt: Instant?

  static let columns: SQL = """
    session.org_id, session.id, session.kind, session.mentor_id, session.mentee_id, session.ask_id, session.title, session.question,
    session.starts_at, session.ends_at, session.zone, session.wall, session.state, session.sequence, session.uid, session.link,
    session.held_until, session.extensions, session.cancelled_by, session.was_late, session.approval_due, session.declined_at
    """

  init(row: Row) throws {
    org = try row("org_id")
    id = try row("id")
    kind = try row("kind")
    mentor = try row("mentor_id")
    mentee = try row("mentee_id")
    ask = try row.optional("ask_id")
    title = try row("title")
    question = try row("question")
    start = try row("starts_at")
    end = try row("ends_at")
    zone = try row("zone")
    wall = try row("wall")
    state = try row("state")
    sequence = try row("sequence")
    uid = try row("uid")
    link = try row("link")
    heldUntil = try row.optional("held_until")
    wasExtended = try row("extensions")
    cancelledBy = try row.optional("cancelled_by")
    wasLate = try row("was_late")
    approvalDue = try row.optional("approval_due")
    declinedAt = try row.optional("declined_at")
  }

  var minutes: Int { Int((end - start).minutes) }

  var people: [ID<Person>] { [mentor, mentee] }

  func includes(_ person: ID<Person>) -> Bool { person == mentor || person == mentee }

  func other(than person: ID<Person>) -> ID<Person> { person == mentor ? mentee : mentor }

  /// Whether it waits for the mentor's word.
  func isPending(_ now: Instant) -> Bool { state == .held && approvalDue != nil && !isLapsed(now) }

  /// Whether it is a hold whose five minutes are over.
  func isLapsed(_ now: Instant) -> Bool { state == .lapsed || state == .held && (heldUntil ?? start) <= now }

  /// A session of the viewer's own; anybody else's answers like none.
  static func find(_ id: ID<Session>, for viewer: Viewer, _ tx: Transaction) throws -> Session {
    let found: Session? = try tx.first(
      """
      SELECT \(columns) FROM session WHERE org_id = \(viewer.org) AND id = \(id)
        AND (mentor_id = \(viewer.person) OR mentee_id = \(viewer.person))
      """)
    guard let found else { throw Problem.notFound }
    return found
  }

  /// For jobs, which no viewer asks for.
  static func find(_ id: ID<Session>, org: ID<Organisation>, _ tx: Transaction) throws -> Session? {
    try tx.first("SELECT \(columns) FROM session WHERE org_id = \(org) AND id = \(id)")
  }
}
