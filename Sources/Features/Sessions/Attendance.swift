import Kit
import Store
import Web

/// Who was there: a row per person, by their own word or the other's.
enum Attendance {
  enum State: String, Choice, Bindable { case present, absent }

  static func load(_ session: ID<Session>, org: ID<Organisation>, _ tx: Transaction) throws -> [ID<Person>: State] {
    try tx.rows("SELECT person_id, state FROM attendance WHERE org_id = \(org) AND session_id = \(session)")
      .reduce(into: [:]) { $0[try $1("person_id")] = try $1("state", as: State.self) }
  }

  static func present(_ session: ID<Session>, org: ID<Organisation>, _ tx: Transaction) throws -> [ID<Person>] {
    try load(session, org: org, tx).filter { $0.value == .present }.keys.sorted()
  }

  static func set(
    _ session: ID<Session>, _ person: ID<Person>, _ state: State, by actor: ID<Person>?, org: ID<Organisation>, _ tx: Transaction,
    _ world: World
  ) throws {
    try tx.run(
      """
      INSERT INTO attendance (org_id, session_id, person_id, state, said_by, at)
      VALUES (\(org), \(session), \(person), \(state), \(actor), \(world.now()))
      ON CONFLICT (org_id, session_id, person_id) DO UPDATE SET state = excluded.state, said_by = excluded.said_by, at = excluded.at
      """)
  }
}

extension Session {
  /// Compare and swap from the state and sequence that were read. Leaving `booked` gives the time back; meeting is told to the ask.
  func turn(to next: State, _ tx: Transaction) throws {
    try tx.swap(
      "UPDATE session SET state = \(next) WHERE org_id = \(org) AND id = \(id) AND state = \(state) AND sequence = \(sequence)",
      otherwise: .changed)
    if next != .booked { try tx.run("DELETE FROM occupancy WHERE org_id = \(org) AND session_id = \(id)") }
    if next == .met, let ask { try Ask.met(ask, at: start, org: org, tx) }
  }
}

extension Problem {
  /// Somebody else was quicker.
  static let changed = Problem.conflict(code: "session_changed", detail: "This session changed a moment ago. Look at it again.")
}
