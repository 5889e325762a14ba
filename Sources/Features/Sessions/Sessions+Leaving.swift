import Kit
import Scheduling
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
    for session in open { try end(session, by: person, tx, viewer, world) }
  }

  /// The viewer has blocked somebody: what is held between the two ends, their series goes no further, and what is booked is called off
  /// where the viewer says so. An hour that waits for the viewer's yes and whose asker has no name stays: its end would tell who asked.
  static func end(
    with other: ID<Person>, alsoBooked: Bool, _ tx: Transaction, _ viewer: Viewer, _ world: World
  ) throws {
    let pair = between(viewer.person, other, org: viewer.org)
    let held: [Session] = try tx.all(
      "SELECT \(Session.columns) FROM session WHERE \(pair) AND state = \("held") ORDER BY starts_at, id")
    let hidden = try HiddenAsker.among(held, viewer, tx)
    for session in held where !hidden.contains(session.id) { try end(session, by: viewer.person, tx, viewer, world) }
    let series: [SessionSeries] = try tx.all("SELECT \(SessionSeries.columns) FROM session_series WHERE \(pair)")
    for series in series {
      try EndSeries.close(series, before: Zones.zone(series.zone).local(at: world.now().microseconds).date, tx)
    }
    guard alsoBooked else { return }
    for session in try booked(between: viewer.person, and: other, org: viewer.org, tx, world) {
      try end(session, by: viewer.person, tx, viewer, world)
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

  private static func end(_ session: Session, by person: ID<Person>, _ tx: Transaction, _ viewer: Viewer, _ world: World) throws {
    guard session.state == .held else { return try CancelSession.cancel(session, reason: "", tx, viewer, world) }
    // Who waits for the mentor's word still hears in time that none comes.
    try Booking.lapse(session.id, org: viewer.org, isEarly: person == session.mentee, tx)
    try tx.record(viewer, "session.released", session.id, [:], world)
  }
}
