import Kit
import Store
import Web

/// Somebody says that a no-show was none. Until it is settled it counts for nobody.
struct Dispute: RowDecodable, Sendable {
  enum Outcome: String, Choice, Bindable {
    /// It was a no-show.
    case stands
    /// They met.
    case met
    /// They did not meet, and nobody is to blame.
    case excused
  }

  /// How long after the no-show was noted it can be disputed.
  static let window = Span.hours(48)

  let session: ID<Session>
  let raisedBy: ID<Person>
  let words: String
  let raisedAt: Instant
  let outcome: Outcome?

  init(row: Row) throws {
    session = try row("session_id")
    raisedBy = try row("raised_by")
    words = try row("words")
    raisedAt = try row("raised_at")
    outcome = try row.optional("outcome", as: String.self).flatMap(Outcome.init(rawValue:))
  }

  static let columns: SQL = "session_id, raised_by, words, raised_at, outcome"

  static func of(_ session: ID<Session>, org: ID<Organisation>, _ tx: Transaction) throws -> Dispute? {
    try tx.first("SELECT \(columns) FROM dispute WHERE org_id = \(org) AND session_id = \(session)")
  }

  /// When the no-show was noted, and of whom.
  static func absence(_ session: ID<Session>, org: ID<Organisation>, _ tx: Transaction) throws -> (person: ID<Person>, at: Instant)? {
    let row = try tx.row(
      "SELECT person_id, at FROM attendance WHERE org_id = \(org) AND session_id = \(session) AND state = \("absent")")
    return try row.map { (person: try $0("person_id"), at: try $0("at")) }
  }
}

/// Says within 48 hours that a no-show was none. Either side may.
struct RaiseDispute: UseCase {
  var session: ID<Session>
  var words: String

  static let rules: [String: Rule] = ["words": .text(2...1000)]

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> SessionSummary {
    let found = try Session.find(session, for: viewer, tx)
    guard found.state == .noShow, let absence = try Dispute.absence(session, org: viewer.org, tx) else {
      throw Problem.conflict(code: "no_no_show", detail: "This session is not noted as a no-show.")
    }
    guard world.now() < absence.at + Dispute.window else {
      throw Problem.conflict(code: "too_late", detail: "A no-show can be disputed for 48 hours.")
    }
    let made = try tx.run(
      """
      INSERT INTO dispute (org_id, session_id, raised_by, words, raised_at)
      VALUES (\(viewer.org), \(session), \(viewer.person), \(words.trimmed), \(world.now())) ON CONFLICT (org_id, session_id) DO NOTHING
      """)
    guard made == 1 else { throw Problem.conflict(code: "disputed", detail: "This no-show is disputed already.") }
    try tx.record(viewer, "session.disputed", session, [:], world)
    return try Sessions.summary(session, viewer, tx, world)
  }
}

/// A coordinator settles a dispute; both hear of it.
struct SettleDispute: UseCase {
  /// The session it is about.
  var dispute: ID<Session>
  var outcome: Dispute.Outcome

  private var session: ID<Session> { dispute }

  init(dispute: ID<Session>, outcome: Dispute.Outcome) {
    self.dispute = dispute
    self.outcome = outcome
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Done {
    guard let found = try Session.find(session, org: viewer.org, tx), try Dispute.of(session, org: viewer.org, tx) != nil else {
      throw Problem.notFound
    }
    guard !found.includes(viewer.person) else {
      throw Problem.conflict(code: "own_session", detail: "Somebody who was not part of the session settles this.")
    }
    try tx.swap(
      """
      UPDATE dispute SET outcome = \(outcome), settled_by = \(viewer.person), settled_at = \(world.now())
      WHERE org_id = \(viewer.org) AND session_id = \(session) AND outcome IS NULL
      """, otherwise: .conflict(code: "settled", detail: "This dispute is settled already."))
    try carryOut(found, viewer, tx, world)
    try tx.record(viewer, "session.settled", session, ["outcome": outcome.rawValue], world)
    for person in found.people {
      try Approval.tell(
        found, person, "The no-show is settled", { [outcome.sentence, $0.when] }, button: .init("Open the session", "/sessions/\(session)"),
        key: "settled", tx, world)
    }
    return Done()
  }

  private func carryOut(_ found: Session, _ viewer: Viewer, _ tx: Transaction, _ world: World) throws {
    switch outcome {
    case .stands: return
    case .met:
      for person in found.people {
        try Attendance.set(session, person, .present, by: viewer.person, org: viewer.org, tx, world)
      }
      try found.turn(to: .met, tx)
      if let ask = found.ask { try Ask.restored(ask, session: session, mentor: found.mentor, tx, viewer, world) }
    case .excused:
      try tx.swap(
        """
        UPDATE session SET state = \("cancelled"), cancelled_at = \(world.now())
        WHERE org_id = \(viewer.org) AND id = \(session) AND state = \("no_show")
        """, otherwise: .changed)
      try tx.run("DELETE FROM attendance WHERE org_id = \(viewer.org) AND session_id = \(session) AND state = \("absent")")
      if let ask = found.ask { try Ask.released(ask, from: session, tx, viewer, world) }
    }
  }
}

extension Dispute.Outcome {
  var sentence: String {
    switch self {
    case .stands: "It was a no-show."
    case .met: "The session took place."
    case .excused: "The session did not take place, and nobody is to blame."
    }
  }
}
