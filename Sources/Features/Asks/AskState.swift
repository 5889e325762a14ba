import Kit
import Store
import Web

extension Ask {
  /// Where an ask stands. `askedBack`: a mentor asked something first and the clock stands still; `claimed`: a mentor proposed times.
  enum State: String, Choice, Bindable {
    case draft, open, offered
    case askedBack = "asked_back"
    case claimed, booked, answered, closed, expired, withdrawn

    /// Help is wanted and not yet agreed.
    static let waiting: [State] = [.open, .offered, .askedBack, .claimed]

    var isWaiting: Bool { State.waiting.contains(self) }

    /// As a sentence that answers an act which does not fit it.
    var sentence: String {
      switch self {
      case .draft: "This ask is still a draft."
      case .open: "This ask is open."
      case .offered: "This ask is with mentors."
      case .askedBack: "A mentor asked something first."
      case .claimed: "A mentor proposed times."
      case .booked: "This ask is booked."
      case .answered: "This ask is answered."
      case .closed: "This ask is closed."
      case .expired: "This ask ended because nobody could take it in time."
      case .withdrawn: "This ask was withdrawn."
      }
    }

    var refusal: Problem { .conflict(code: "ask_\(rawValue)", detail: sentence) }
  }

  /// Moves an ask on when it stands where the step begins; else answers with where it stands.
  static func move(
    _ id: ID<Ask>, org: ID<Organisation>, from: [State], to: State, also: SQL = "", _ tx: Transaction
  ) throws {
    let moved = try tx.run(
      """
      UPDATE ask SET state = \(to), version = version + 1\(also)
      WHERE org_id = \(org) AND id = \(id) AND state IN \(SQL.list(from))
      """)
    guard moved == 1 else {
      guard let present = try find(id, org: org, tx) else { throw Problem.notFound }
      throw present.state.refusal
    }
  }

  /// A session was booked for it. Every other offer ends kindly.
  ///
  /// The booking itself calls this in its own transaction, whoever booked: asker, mentor, or a mail link.
  static func booked<Session>(
    _ id: ID<Ask>, session: ID<Session>, mentor: ID<Person>, _ tx: Transaction, _ viewer: Viewer, _ world: World
  ) throws {
    try move(id, org: viewer.org, from: State.waiting, to: .booked, also: ", session_id = \(session.value)", tx)
    try Offer.settle(ask: id, org: viewer.org, acceptedBy: mentor, tx, world)
    try tx.record(viewer, "ask.booked", id, ["mentor": mentor.description], world)
  }

  /// Its session did not take place: help is wanted again.
  static func released(
    _ id: ID<Ask>, from session: ID<Session>, _ tx: Transaction, _ viewer: Viewer, _ world: World
  ) throws {
    guard try release(id, from: session, org: viewer.org, tx, world) else { return }
    try tx.record(viewer, "ask.released", id, [:], world)
  }

  /// The same where a job finds out.
  static func released(
    _ id: ID<Ask>, from session: ID<Session>, org: ID<Organisation>, _ tx: Transaction, _ world: World
  ) throws {
    guard try release(id, from: session, org: org, tx, world) else { return }
    try tx.record(org: org, actor: nil, origin: "job", "ask.released", id, [:], world)
  }

  /// Opens an ask that is booked for this session; one that has another session meanwhile stays with it.
  ///
  /// An ask whose own end is past gets a new one, as far from now as asks of its kind last.
  private static func release(
    _ id: ID<Ask>, from session: ID<Session>, org: ID<Organisation>, _ tx: Transaction, _ world: World
  ) throws -> Bool {
    let moved = try tx.run(
      """
      UPDATE ask SET state = \(State.open), session_id = NULL, version = version + 1
      WHERE org_id = \(org) AND id = \(id) AND state = \(State.booked) AND session_id = \(session.value)
      """)
    guard moved == 1, let ask = try find(id, org: org, tx) else { return false }
    let now = world.now()
    if let end = ask.expiresAt, end <= now {
      let later = now + .days(ask.settings.expiryDays)
      try tx.run("UPDATE ask SET expires_at = \(later) WHERE org_id = \(org) AND id = \(id)")
      try ExpireAsk.plan(id, org: org, at: later, tx, world)
    }
    return true
  }

  /// A session that had counted as missed took place after all: an ask that still waits has found its help.
  static func restored(
    _ id: ID<Ask>, session: ID<Session>, mentor: ID<Person>, _ tx: Transaction, _ viewer: Viewer, _ world: World
  ) throws {
    guard let ask = try find(id, org: viewer.org, tx), ask.state.isWaiting else { return }
    try booked(id, session: session, mentor: mentor, tx, viewer, world)
    try Booking.lapseOthers(for: id, but: session, org: viewer.org, tx)
  }

  /// Somebody met about it. Its state waits for the wrap-up; the wait is counted up to the first meeting.
  static func met(_ id: ID<Ask>, at start: Instant, org: ID<Organisation>, _ tx: Transaction) throws {
    try tx.run(
      """
      UPDATE ask SET met_at = \(start), version = version + 1
      WHERE org_id = \(org) AND id = \(id) AND (met_at IS NULL OR met_at > \(start))
      """)
  }

  /// The wrap-up of its session is done; an ask that has another session by now stays with that one.
  ///
  /// - Parameters:
  ///   - session: the one that was wrapped up.
  ///   - metAt: when the two met; an earlier meeting stays.
  ///   - isAnswered: whether the question was answered; else the ask is closed without an answer.
  static func answered(
    _ id: ID<Ask>, by session: ID<Session>, metAt: Instant, isAnswered: Bool = true, _ tx: Transaction, _ viewer: Viewer, _ world: World
  ) throws {
    let moved = try tx.run(
      """
      UPDATE ask SET state = \(isAnswered ? State.answered : .closed), closed_at = \(world.now()), version = version + 1
      WHERE org_id = \(viewer.org) AND id = \(id) AND state = \("booked") AND session_id = \(session.value)
      """)
    guard moved == 1 else { return }
    try met(id, at: metAt, org: viewer.org, tx)
    try tx.record(viewer, isAnswered ? "ask.answered" : "ask.closed", id, [:], world)
  }
}
