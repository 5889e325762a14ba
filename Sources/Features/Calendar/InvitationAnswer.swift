import Kit
import Scheduling
import Store
import Web

/// What a person said to an invitation, and the secret by which they can say it: in a link of the mail, or in the address that calendar
/// programs answer to. One for each person and session, made of the installation's key, so that each mail of a session carries the same.
struct InvitationAnswer: Sendable {
  let org: ID<Organisation>
  let session: ID<Session>
  let person: Addressee

  static let migrations = [
    Migration(
      "calendar/3",
      [
        """
        CREATE TABLE invitation_answer (
          org_id BIGINT NOT NULL, session_id BIGINT NOT NULL, person_id BIGINT NOT NULL, token_hash TEXT NOT NULL UNIQUE,
          answer TEXT CHECK (answer IN ('ACCEPTED', 'TENTATIVE')), sequence BIGINT NOT NULL, answered_at BIGINT,
          PRIMARY KEY (org_id, session_id, person_id), FOREIGN KEY (org_id, session_id) REFERENCES session (org_id, id),
          FOREIGN KEY (org_id, person_id) REFERENCES person (org_id, id))
        """
      ])
  ]

  /// The secret of a person and session, kept as a hash from the first mail on.
  static func token(_ session: Session, _ person: ID<Person>, _ tx: Transaction, _ keys: Keys) throws -> String {
    let token = String(keys.seal("\(session.org)/\(session.id)/\(person)", for: "invitation answer").prefix(27))
    try tx.run(
      """
      INSERT INTO invitation_answer (org_id, session_id, person_id, token_hash, sequence)
      VALUES (\(session.org), \(session.id), \(person), \(Token.hash(token)), 0)
      ON CONFLICT (org_id, session_id, person_id) DO NOTHING
      """)
    return token
  }

  /// Whom a secret belongs to; they must still be an active member.
  static func find(_ token: String, _ tx: Transaction) throws -> InvitationAnswer {
    let row = try tx.row("SELECT org_id, session_id, person_id FROM invitation_answer WHERE token_hash = \(Token.hash(token))")
    guard let row else { throw Problem.notFound }
    let org: ID<Organisation> = try row("org_id")
    guard let person = try Addressee.find(try row("person_id"), org: org, tx), person.isActive else { throw Problem.notFound }
    return InvitationAnswer(org: org, session: try row("session_id"), person: person)
  }

  /// What each person said to this version of a session.
  static func all(_ session: Session, _ tx: Transaction) throws -> [ID<Person>: CalendarAttendee.Answer] {
    try tx.rows(
      """
      SELECT person_id, answer FROM invitation_answer WHERE org_id = \(session.org) AND session_id = \(session.id)
        AND sequence = \(session.sequence) AND answer IS NOT NULL
      """
    ).reduce(into: [:]) { found, row in
      found[try row("person_id")] = CalendarAttendee.Answer(rawValue: try row("answer"))
    }
  }

  /// Takes an answer to one version of the session. An older version is not answered any more; a refusal calls the session off by the
  /// same rules as on its page.
  func take(_ answer: CalendarAttendee.Answer, to sequence: Int, reason: String = "", _ tx: Transaction, _ world: World) throws {
    guard let found = try Session.find(session, org: org, tx), found.includes(person.id) else { throw Problem.notFound }
    guard found.sequence == sequence else {
      throw Problem.conflict(code: "answer_outdated", detail: "This session was changed after that invitation. See what holds now.")
    }
    let viewer = person.viewer(.link)
    if answer == .declined {
      _ = try CancelSession(session: session, reason: reason)(tx, viewer, world)
      return
    }
    guard found.state == .booked, answer != .needsAction else {
      throw Problem.conflict(code: "not_booked", detail: "This session is not booked any more.")
    }
    let kept = try tx.run(
      """
      UPDATE invitation_answer SET answer = \(answer.rawValue), sequence = \(sequence), answered_at = \(world.now())
      WHERE org_id = \(org) AND session_id = \(session) AND person_id = \(person.id)
        AND (answer IS NULL OR answer <> \(answer.rawValue) OR sequence <> \(sequence))
      """)
    if kept == 1 { try tx.record(viewer, "session.answered", session, ["answer": answer.rawValue.lowercased()], world) }
  }
}
