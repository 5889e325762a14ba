import Kit
import Store
import Web

/// One reminder of one version of a session to one person. The version is the session's sequence: a move disowns what was planned before.
struct Reminder: RowDecodable, Sendable, Hashable {
  enum State: String, Bindable, Sendable {
    case planned
    /// It was handed over.
    case sent
    /// It was late, and told together with others.
    case told
    /// Its use was over, it was switched off, or no way led to the person.
    case skipped
    /// The session was moved or called off.
    case withdrawn
  }

  let org: ID<Organisation>
  let session: ID<Session>
  let person: ID<Person>
  let kind: ReminderKind
  let sequence: Int
  let due: Instant
  let state: State
  /// The key of the late reminder that tells of this one as well.
  let leader: String?

  static let columns: SQL = "org_id, session_id, person_id, kind, sequence, due_at, state, leader"

  static let migrations = [
    Migration(
      "reminders/1",
      [
        """
        CREATE TABLE reminder (
          org_id BIGINT NOT NULL, session_id BIGINT NOT NULL, person_id BIGINT NOT NULL,
          kind TEXT NOT NULL CHECK (kind IN ('day', 'hour', 'ten', 'after')), sequence BIGINT NOT NULL, due_at BIGINT NOT NULL,
          state TEXT NOT NULL CHECK (state IN ('planned', 'sent', 'told', 'skipped', 'withdrawn')), leader TEXT, settled_at BIGINT,
          PRIMARY KEY (org_id, session_id, person_id, kind, sequence), FOREIGN KEY (org_id, session_id) REFERENCES session (org_id, id),
          FOREIGN KEY (org_id, person_id) REFERENCES person (org_id, id))
        """,
        "CREATE INDEX reminder_person ON reminder (org_id, person_id, state, due_at)",
      ])
  ]

  init(row: Row) throws {
    org = try row("org_id")
    session = try row("session_id")
    person = try row("person_id")
    kind = try row("kind")
    sequence = try row("sequence")
    due = try row("due_at")
    state = try row("state")
    leader = try row.optional("leader")
  }

  /// Names the row in the queue and in the Message-ID.
  var key: String { Reminder.key(session, sequence, person, kind) }

  static func key(_ session: ID<Session>, _ sequence: Int, _ person: ID<Person>, _ kind: ReminderKind) -> String {
    "\(session)/\(sequence)/\(person)/\(kind.rawValue)"
  }

  /// The row, as long as nothing has become of it.
  static func planned(_ job: SessionReminder, org: ID<Organisation>, _ tx: Transaction) throws -> Reminder? {
    try tx.first(
      """
      SELECT \(columns) FROM reminder WHERE org_id = \(org) AND session_id = \(job.session) AND person_id = \(job.person)
        AND kind = \(job.kind) AND sequence = \(job.sequence) AND state = \(State.planned)
      """)
  }

  /// Whether something that the reminder of this key is to tell of, whatever became of itself, was not told yet.
  static func isAwaited(by key: String, of person: ID<Person>, org: ID<Organisation>, _ tx: Transaction) throws -> Bool {
    try tx.count(
      """
      SELECT count(*) FROM reminder WHERE org_id = \(org) AND person_id = \(person) AND state = \(State.planned) AND leader = \(key)
      """) > 0
  }

  /// What becomes of planned rows: exactly once.
  func settle(_ state: State, _ tx: Transaction, _ world: World) throws {
    try tx.run(
      """
      UPDATE reminder SET state = \(state), settled_at = \(world.now()) WHERE org_id = \(org) AND session_id = \(session)
        AND person_id = \(person) AND kind = \(kind) AND sequence = \(sequence) AND state = \(State.planned)
      """)
  }
}
