import Kit
import Store
import Web

extension Sessions {
  /// Somebody leaves: what is booked with them is called off and told, and what they held is free again.
  static func end(of person: ID<Person>, _ tx: Transaction, _ viewer: Viewer, _ world: World) throws {
    let open: [Session] = try tx.all(
      """
      SELECT \(Session.columns) FROM session WHERE org_id = \(viewer.org) AND (mentor_id = \(person) OR mentee_id = \(person))
        AND (state = \("held") OR state = \("booked") AND ends_at > \(world.now())) ORDER BY starts_at, id
      """)
    for session in open {
      if session.state == .held {
        // Who waits for the mentor's word still hears in time that none comes.
        try Booking.lapse(session.id, org: viewer.org, isEarly: person == session.mentee, tx)
        try tx.record(viewer, "session.released", session.id, [:], world)
      } else {
        try CancelSession.cancel(session, reason: "", tx, viewer, world)
      }
    }
  }

  /// The viewer has blocked somebody: what is held between the two ends, and what is booked is called off where the viewer says so. Hours that
  /// wait for the viewer's yes and whose askers have no name end whoever asked: else their end would tell who it was.
  static func end(
    with other: ID<Person>, alsoBooked: Bool, _ tx: Transaction, _ viewer: Viewer, _ world: World
  ) throws {
    let pair = between(viewer.person, other, org: viewer.org)
    let held: [Session] = try tx.all(
      """
      SELECT \(Session.columns) FROM session WHERE org_id = \(viewer.org) AND state = \("held") AND (\(pair)
        OR mentor_id = \(viewer.person) AND approval_due IS NOT NULL
          AND ask_id IN (SELECT id FROM ask WHERE org_id = \(viewer.org) AND is_anonymous = 1))
      ORDER BY starts_at, id
      """)
    for session in held {
      try Booking.lapse(session.id, org: viewer.org, isEarly: viewer.person == session.mentee, tx)
      // Without the viewer's name, which would stand beside it in the log that administrators read.
      try tx.record(org: viewer.org, actor: nil, origin: "job", "session.released", session.id, [:], world)
    }
    guard alsoBooked else { return }
    for session in try booked(between: viewer.person, and: other, org: viewer.org, tx, world) {
      try CancelSession.cancel(session, reason: "", tx, viewer, world)
    }
  }

  /// Sessions ahead that two people have booked with each other.
  static func booked(
    between one: ID<Person>, and other: ID<Person>, org: ID<Organisation>, _ tx: Transaction, _ world: World
  ) throws -> [Session] {
    try tx.all(
      """
      SELECT \(Session.columns) FROM session WHERE \(between(one, other, org: org)) AND state = \("booked") AND ends_at > \(world.now())
      ORDER BY starts_at, id
      """)
  }

  private static func between(_ one: ID<Person>, _ other: ID<Person>, org: ID<Organisation>) -> SQL {
    "org_id = \(org) AND mentor_id IN (\(one), \(other)) AND mentee_id IN (\(one), \(other))"
  }
}
