import Kit
import Store
import Web

extension Offer {
  /// A mentor leaves, or is no mentor any more: what they were asked goes to the next best. Called when that is written, so that nobody
  /// asks them again.
  static func end(of mentor: ID<Person>, _ tx: Transaction, _ viewer: Viewer, _ world: World) throws {
    try end(pending("mentor_id = \(mentor)", org: viewer.org, tx), tx, viewer, world)
  }

  /// One of the two has blocked the other. What a mentor was asked without a name stays with them: its end would tell who asked.
  static func end(of mentor: ID<Person>, from asker: ID<Person>, _ tx: Transaction, _ viewer: Viewer, _ world: World) throws {
    let named: SQL = viewer.person == mentor ? "AND is_anonymous = 0" : ""
    let asks: SQL = "SELECT id FROM ask WHERE org_id = \(viewer.org) AND asker_id = \(asker) \(named)"
    try end(pending("mentor_id = \(mentor) AND ask_id IN (\(asks))", org: viewer.org, tx), tx, viewer, world)
  }

  private static func pending(_ condition: SQL, org: ID<Organisation>, _ tx: Transaction) throws -> [Offer] {
    try tx.all("SELECT \(columns) FROM offer WHERE org_id = \(org) AND \(condition) AND state IN \(SQL.list(State.pending)) ORDER BY id")
  }

  private static func end(_ pending: [Offer], _ tx: Transaction, _ viewer: Viewer, _ world: World) throws {
    for offer in pending {
      try move(offer.id, org: viewer.org, from: [offer.state], to: .withdrawn, also: ", ended_at = \(world.now())", tx)
      try tx.withdraw(RemindOffer.self, key: "\(offer.id)")
      try tx.record(viewer, "offer.withdrawn", offer.id, [:], world)
      try Offering.goOn(offer.ask, org: viewer.org, tx, world)
    }
  }
}
