import Kit
import Store
import Web

/// A place in a group session: taken, waited for, or offered to the next in line for twelve hours.
struct Seat: RowDecodable, Sendable {
  enum State: String, Choice, Bindable { case seated, waiting, offered, left }

  /// How long a seat that became free is kept for the next in line.
  static let patience = Span.hours(12)

  let person: ID<Person>
  let place: Int
  let state: State
  let offeredUntil: Instant?

  init(row: Row) throws {
    person = try row("person_id")
    place = try row("place")
    state = try row("state", as: State.self)
    offeredUntil = try row.optional("offered_until")
  }

  static let columns: SQL = "person_id, place, state, offered_until"

  static func of(_ person: ID<Person>, in group: ID<GroupSession>, org: ID<Organisation>, _ tx: Transaction) throws -> Seat? {
    try tx.first("SELECT \(columns) FROM group_seat WHERE org_id = \(org) AND group_id = \(group) AND person_id = \(person)")
  }

  static func all(in group: ID<GroupSession>, org: ID<Organisation>, _ tx: Transaction) throws -> [Seat] {
    try tx.all(
      "SELECT \(columns) FROM group_seat WHERE org_id = \(org) AND group_id = \(group) AND state <> \(State.left) ORDER BY place, person_id"
    )
  }

  static func set(
    _ person: ID<Person>, in group: ID<GroupSession>, _ state: State, place: Int, until: Instant? = nil, org: ID<Organisation>,
    _ tx: Transaction, _ world: World
  ) throws {
    try tx.run(
      """
      INSERT INTO group_seat (org_id, group_id, person_id, place, state, offered_until, changed_at)
      VALUES (\(org), \(group), \(person), \(place), \(state), \(until), \(world.now()))
      ON CONFLICT (org_id, group_id, person_id) DO UPDATE SET state = excluded.state, place = excluded.place,
        offered_until = excluded.offered_until, changed_at = excluded.changed_at
      """)
  }

  /// Takes one more seat if there is one: the row itself says no, however many ask at once.
  static func count(up group: ID<GroupSession>, org: ID<Organisation>, _ tx: Transaction) throws -> Bool {
    try tx.run(
      "UPDATE group_session SET taken = taken + 1 WHERE org_id = \(org) AND id = \(group) AND taken < seats AND cancelled_at IS NULL") == 1
  }

  static func nextPlace(in group: ID<GroupSession>, org: ID<Organisation>, _ tx: Transaction) throws -> Int {
    try tx.count("SELECT coalesce(max(place), 0) FROM group_seat WHERE org_id = \(org) AND group_id = \(group)") + 1
  }

  /// A seat is free: the first in line is offered it, until twelve hours have passed or the session begins.
  static func passOn(_ group: GroupSession, _ tx: Transaction, _ world: World) throws {
    try tx.run("UPDATE group_session SET taken = taken - 1 WHERE org_id = \(group.org) AND id = \(group.id) AND taken > 0")
    guard group.isOpen(world.now()) else { return }
    let next: Seat? = try tx.first(
      """
      SELECT \(columns) FROM group_seat WHERE org_id = \(group.org) AND group_id = \(group.id) AND state = \(State.waiting)
      ORDER BY place LIMIT 1
      """)
    guard let next, try count(up: group.id, org: group.org, tx) else { return }
    let until = min(world.now() + patience, group.start)
    try set(next.person, in: group.id, .offered, place: next.place, until: until, org: group.org, tx, world)
    let job = EndSeatOffer(group: group.id, person: next.person, until: until)
    try tx.enqueue(job, for: group.org, key: "\(group.id)/\(next.person)/\(until.microseconds)", at: until, world)
    try GroupLetter.offer(group, to: next.person, until: until, tx, world)
  }
}
