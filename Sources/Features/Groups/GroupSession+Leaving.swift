import Kit
import Store
import Web

extension GroupSession {
  /// Somebody leaves: what they give is called off, and their seats and places in line are given back.
  static func end(of person: ID<Person>, _ tx: Transaction, _ viewer: Viewer, _ world: World) throws {
    let given: [GroupSession] = try tx.all(
      """
      SELECT \(columns) FROM group_session WHERE org_id = \(viewer.org) AND mentor_id = \(person) AND cancelled_at IS NULL
        AND starts_at > \(world.now()) ORDER BY starts_at, id
      """)
    for group in given { try CancelGroup.cancel(group, reason: "", tx, viewer, world) }
    let joined: [GroupSession] = try tx.all(
      """
      SELECT \(columns) FROM group_session WHERE org_id = \(viewer.org) AND cancelled_at IS NULL AND starts_at > \(world.now())
        AND id IN (SELECT group_id FROM group_seat WHERE org_id = \(viewer.org) AND person_id = \(person) AND state <> \(Seat.State.left))
      ORDER BY starts_at, id
      """)
    for group in joined {
      guard let own = try Seat.of(person, in: group.id, org: viewer.org, tx) else { continue }
      try LeaveGroup.release(own, of: group, tx, viewer, world)
    }
  }
}
