import Kit
import Store
import Web

extension Ask {
  /// Somebody leaves: their asks end, and those who were asked hear it.
  static func end(of person: ID<Person>, _ tx: Transaction, _ viewer: Viewer, _ world: World) throws {
    let open = try tx.values(
      """
      SELECT id FROM ask WHERE org_id = \(viewer.org) AND asker_id = \(person) AND state IN \(SQL.list([.draft] + State.waiting)) ORDER BY id
      """, as: ID<Ask>.self)
    for ask in open { try WithdrawAsk.withdraw(ask, tx, viewer, world) }
  }
}
