import Kit
import Store
import Web

/// An ask put before one mentor.
struct Offer: Sendable, RowDecodable {
  enum State: String, Choice, Bindable {
    case sent, seen
    /// The mentor asked something first; the clock stands still until the asker replies.
    case asked
    /// The mentor proposed other times; the asker picks one.
    case otherTime = "other_time"
    case accepted, passed, lapsed, withdrawn

    /// Not ended: the mentor may still act.
    static let pending: [State] = [.sent, .seen, .asked, .otherTime]
    /// The mentor has not answered in any way.
    static let silent: [State] = [.sent, .seen]

    var isPending: Bool { State.pending.contains(self) }

    /// To the mentor, in answer to an act that does not fit.
    var sentence: String {
      switch self {
      case .sent, .seen: "This request waits for your answer."
      case .asked: "You asked something first. The clock stands still until there is a reply."
      case .otherTime: "You proposed other times. One of them will be picked, or none."
      case .accepted: "You accepted this request."
      case .passed: "You passed this request on."
      case .lapsed: "The time to answer this request is over. It went to somebody else."
      case .withdrawn: "This request is settled without you. Thank you for being there."
      }
    }

    var refusal: Problem { .conflict(code: "offer_\(rawValue)", detail: sentence) }
  }

  let id: ID<Offer>
  let org: ID<Organisation>
  let ask: ID<Ask>
  let mentor: ID<Person>
  let state: State
  /// Why this mentor, without anything about who asks.
  let why: String
  /// The time proposed with it: the first that both had free when it was sent.
  let start: Instant?
  let sentAt: Instant
  let dueAt: Instant
  /// What the mentor asked first, and the reply.
  let question: String?
  let reply: String?
  /// Time that was left when the clock was stopped.
  let remaining: Span?
  let endedAt: Instant?

  static let columns: SQL = """
    offer.id, offer.org_id, offer.ask_id, offer.mentor_id, offer.state, offer.why, offer.start_at, offer.sent_at, offer.due_at,
    offer.question, offer.reply, offer.remaining, offer.ended_at
    """

  init(row: Row) throws {
    id = try row("id")
    org = try row("org_id")
    ask = try row("ask_id")
    mentor = try row("mentor_id")
    state = try row("state")
    why = try row("why")
    start = try row.optional("start_at")
    sentAt = try row("sent_at")
    dueAt = try row("due_at")
    question = try row.optional("question")
    reply = try row.optional("reply")
    remaining = try row.optional("remaining", as: Int64.self).map(Span.init(microseconds:))
    endedAt = try row.optional("ended_at")
  }

  /// Whether it ended because the asker owed a word and did not give it in time.
  var endedUnanswered: Bool { state == .withdrawn && endedAt.map { $0 >= dueAt } ?? false }

  /// The mentor's own offer; anybody else's answers like none.
  static func find(_ id: ID<Offer>, for viewer: Viewer, _ tx: Transaction) throws -> Offer {
    guard let offer = try find(id, org: viewer.org, tx), offer.mentor == viewer.person else { throw Problem.notFound }
    return offer
  }

  /// The same for an answer that promises help. Whoever is no mentor any more may only pass it on.
  static func answerable(_ id: ID<Offer>, for viewer: Viewer, _ tx: Transaction) throws -> Offer {
    let offer = try find(id, for: viewer, tx)
    guard viewer.has(.mentor) else {
      throw Problem.conflict(
        code: "not_a_mentor",
        detail: "You are not a mentor any more, so you cannot take requests. Pass this one on, and somebody else is asked.")
    }
    return offer
  }

  static func find(_ id: ID<Offer>, org: ID<Organisation>, _ tx: Transaction) throws -> Offer? {
    try tx.first("SELECT \(columns) FROM offer WHERE org_id = \(org) AND id = \(id)")
  }

  /// All offers of an ask, in the order they were made.
  static func all(of ask: ID<Ask>, org: ID<Organisation>, _ tx: Transaction) throws -> [Offer] {
    try tx.all("SELECT \(columns) FROM offer WHERE org_id = \(org) AND ask_id = \(ask) ORDER BY id")
  }

  /// Offers that a mentor may still act on, the nearest deadline first.
  static func pending(for mentor: ID<Person>, org: ID<Organisation>, _ tx: Transaction) throws -> [Offer] {
    try tx.all(
      """
      SELECT \(columns) FROM offer WHERE org_id = \(org) AND mentor_id = \(mentor) AND state IN \(SQL.list(State.pending))
      ORDER BY due_at, id LIMIT 50
      """)
  }

  /// Times proposed with offers, ascending.
  static func times(of offers: [ID<Offer>], org: ID<Organisation>, _ tx: Transaction) throws -> [ID<Offer>: [Instant]] {
    if offers.isEmpty { return [:] }
    let rows = try tx.rows(
      "SELECT offer_id, start_at FROM offer_time WHERE org_id = \(org) AND offer_id IN \(SQL.list(offers)) ORDER BY offer_id, start_at")
    var times: [ID<Offer>: [Instant]] = [:]
    for row in rows { times[try row("offer_id"), default: []].append(try row("start_at")) }
    return times
  }

  /// Moves an offer on when it stands where the step begins; else answers with where it stands.
  static func move(_ id: ID<Offer>, org: ID<Organisation>, from: [State], to: State, also: SQL = "", _ tx: Transaction) throws {
    let moved = try tx.run(
      """
      UPDATE offer SET state = \(to), version = version + 1\(also) WHERE org_id = \(org) AND id = \(id) AND state IN \(SQL.list(from))
      """)
    guard moved == 1 else {
      guard let present = try find(id, org: org, tx) else { throw Problem.notFound }
      throw present.state.refusal
    }
  }
}
