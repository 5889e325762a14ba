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

  /// Its session was cancelled before it took place: help is wanted again.
  static func released(_ id: ID<Ask>, _ tx: Transaction, _ viewer: Viewer, _ world: World) throws {
    let moved = try tx.run(
      """
      UPDATE ask SET state = \("open"), session_id = \(nil as Int64?), version = version + 1
      WHERE org_id = \(viewer.org) AND id = \(id) AND state = \("booked")
      """)
    if moved == 1 { try tx.record(viewer, "ask.released", id, [:], world) }
  }

  /// The wrap-up of its session is done.
  ///
  /// - Parameters:
  ///   - metAt: when the two met; the wait is counted up to it.
  ///   - isAnswered: whether the question was answered; else the ask is closed without an answer.
  static func answered(
    _ id: ID<Ask>, metAt: Instant, isAnswered: Bool = true, _ tx: Transaction, _ viewer: Viewer, _ world: World
  ) throws {
    let moved = try tx.run(
      """
      UPDATE ask SET state = \(isAnswered ? State.answered : .closed), met_at = \(metAt), closed_at = \(world.now()), version = version + 1
      WHERE org_id = \(viewer.org) AND id = \(id) AND state = \("booked")
      """)
    if moved == 1 { try tx.record(viewer, isAnswered ? "ask.answered" : "ask.closed", id, [:], world) }
  }
}
