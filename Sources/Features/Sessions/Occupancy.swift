import Kit
import Store

/// Rows of taken time. Sessions of two write theirs through `CalendarClaim`; a group session takes one row a person through here.
enum Occupancy {
  /// Takes a person's time for a group session, own buffers included, if nothing else has it. The constraint has the last word.
  static func take(
    _ owner: Int64, _ person: ID<Person>, from start: Instant, to end: Instant, org: ID<Organisation>, _ tx: Transaction, _ world: World
  ) throws {
    let rules = try AvailabilityRules.of(person, org: org, tx)
    let from = start - .minutes(rules.bufferBefore)
    let to = end + .minutes(rules.bufferAfter)
    try takeTurn(person, org: org, tx)
    let expired: [ID<Session>] = try tx.values(
      "SELECT DISTINCT session_id FROM occupancy WHERE org_id = \(org) AND person_id = \(person) AND until <= \(world.now())")
    for session in expired { try Booking.lapse(session, org: org, tx) }
    let inTheWay = try tx.count(
      """
      SELECT count(*) FROM occupancy WHERE org_id = \(org) AND person_id = \(person) AND starts_at < \(to) AND ends_at > \(from)
        AND starts_at > \(from.microseconds - SessionTables.longestOccupancy)
      """)
    guard inTheWay == 0 else { throw taken }
    do {
      try tx.run(
        """
        INSERT INTO occupancy (org_id, session_id, person_id, starts_at, ends_at)
        VALUES (\(org), \(owner), \(person), \(from), \(to))
        """)
    } catch let violation as Violation where violation.rule == .overlap {
      throw taken
    }
  }

  static func free(_ owner: Int64, _ person: ID<Person>, org: ID<Organisation>, _ tx: Transaction) throws {
    try tx.run("DELETE FROM occupancy WHERE org_id = \(org) AND session_id = \(owner) AND person_id = \(person)")
  }

  /// Whoever decides on a calendar takes its turn: on PostgreSQL a decision made meanwhile fails and is repeated.
  static func takeTurn(_ person: ID<Person>, org: ID<Organisation>, _ tx: Transaction) throws {
    try tx.run(
      """
      INSERT INTO calendar_turn (org_id, person_id, turn) VALUES (\(org), \(person), 1)
      ON CONFLICT (org_id, person_id) DO UPDATE SET turn = calendar_turn.turn + 1
      """)
  }

  private static let taken = Problem.conflict(
    code: "slot_taken", detail: "You have something else at that time, or too near to it. Move it first.")
}
