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
}
