import Jobs
import Kit
import Store
import Web

/// The work of one reminder in the queue. What is true is in the row and in the session; this only says when to look.
struct SessionReminder: Job {
  static let kind = "session-reminder"
  static let lane = Lane.mail

  let session: ID<Session>
  let person: ID<Person>
  let sequence: Int
  let kind: ReminderKind

  var key: String { Reminder.key(session, sequence, person, kind) }

  /// Plans the reminders of a session as it now is, in the transaction that made it so. Those whose time is past are not made.
  static func plan(_ session: Session, _ tx: Transaction, _ world: World) throws {
    try withdraw(session.id, org: session.org, before: session.sequence, tx, world)
    for person in session.people {
      guard let own = try Addressee.find(person, org: session.org, tx) else { continue }
      try plan(session, for: own, tx, world)
    }
    let end = EndSession(session: session.id, sequence: session.sequence)
    try tx.enqueue(end, for: session.org, key: "\(session.id)/\(session.sequence)", at: session.end, world)
  }

  /// Plans, or plans anew after quiet hours or zone have changed, what one person is to be reminded of.
  static func plan(_ session: Session, for person: Addressee, _ tx: Transaction, _ world: World) throws {
    let choice = try NotificationChoice.of(person, tx)
    for kind in ReminderKind.allCases {
      let due = kind.due(session, choice.quiet, zone: person.zone)
      guard due > world.now() else { continue }
      let made = try tx.run(
        """
        INSERT INTO reminder (org_id, session_id, person_id, kind, sequence, due_at, state)
        VALUES (\(session.org), \(session.id), \(person.id), \(kind), \(session.sequence), \(due), \(Reminder.State.planned))
        ON CONFLICT (org_id, session_id, person_id, kind, sequence) DO UPDATE SET due_at = excluded.due_at
        WHERE reminder.state = \(Reminder.State.planned) AND reminder.due_at <> excluded.due_at AND reminder.leader IS NULL
        """)
      guard made == 1 else { continue }
      let job = SessionReminder(session: session.id, person: person.id, sequence: session.sequence, kind: kind)
      try tx.withdraw(SessionReminder.self, key: job.key)
      try tx.enqueue(job, for: session.org, key: job.key, at: due, world)
    }
  }

  /// Plans anew what a person is to be reminded of, after the person's zone or quiet hours have changed.
  static func replan(_ person: Addressee, _ tx: Transaction, _ world: World) throws {
    let sessions: [Session] = try tx.all(
      """
      SELECT DISTINCT \(Session.columns) FROM session JOIN reminder ON reminder.org_id = session.org_id AND reminder.session_id = session.id
        AND reminder.sequence = session.sequence
      WHERE session.org_id = \(person.org) AND reminder.person_id = \(person.id) AND reminder.state = \(Reminder.State.planned)
        AND session.state = \(Session.State.booked) AND session.starts_at > \(world.now())
      """)
    for session in sessions { try plan(session, for: person, tx, world) }
  }

  /// Takes back what a move or a cancellation has made untrue.
  static func withdraw(
    _ session: ID<Session>, org: ID<Organisation>, before sequence: Int = .max, _ tx: Transaction, _ world: World
  ) throws {
    try tx.run(
      """
      UPDATE reminder SET state = \(Reminder.State.withdrawn), settled_at = \(world.now())
      WHERE org_id = \(org) AND session_id = \(session) AND sequence < \(sequence) AND state = \(Reminder.State.planned)
      """)
    try tx.withdraw(SessionReminder.self, keysFrom: "\(session)/")
    try tx.withdraw(EndSession.self, keysFrom: "\(session)/")
  }
}
