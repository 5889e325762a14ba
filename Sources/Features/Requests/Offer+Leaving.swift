import Kit
import Store
import Web

extension Offer {
  /// A mentor leaves, or is no mentor any more: what they were asked goes to the next best. Called when that is written, so that nobody
  /// asks them again.
  static func end(of mentor: ID<Person>, _ tx: Transaction, _ viewer: Viewer, _ world: World) throws {
    let pending: [Offer] = try tx.all(
      """
      SELECT \(columns) FROM offer WHERE org_id = \(viewer.org) AND mentor_id = \(mentor) AND state IN \(SQL.list(State.pending)) ORDER BY id
      """)
    for offer in pending {
      try move(offer.id, org: viewer.org, from: [offer.state], to: .withdrawn, also: ", ended_at = \(world.now())", tx)
      try tx.withdraw(RemindOffer.self, key: "\(offer.id)")
      try tx.record(viewer, "offer.withdrawn", offer.id, [:], world)
      try Offering.goOn(offer.ask, org: viewer.org, tx, world)
    }
  }
}
