import Kit
import Store
import Web

extension Offer {
  /// A mentor leaves, or is no mentor any more: what they were asked goes to the next best. Called when that is written, so that nobody
  /// asks them again.
  static func end(of mentor: ID<Person>, _ tx: Transaction, _ viewer: Viewer, _ world: World) throws {
    for offer in try pending("mentor_id = \(mentor)", org: viewer.org, tx) {
      try tx.record(viewer, "offer.withdrawn", offer.id, [:], world)
      try passOn(offer, org: viewer.org, tx, world)
    }
  }

  /// The viewer has blocked somebody. What a mentor was asked without a name goes on whoever asked: else its end would tell who it was.
  static func end(between viewer: Viewer, and other: ID<Person>, _ tx: Transaction, _ world: World) throws {
    let (org, me) = (viewer.org, viewer.person)
    func asks(_ asker: SQL) -> SQL { "ask_id IN (SELECT id FROM ask WHERE org_id = \(org) AND (\(asker)))" }
    let ended = try pending(
      """
      (mentor_id = \(me) AND \(asks("asker_id = \(other) OR is_anonymous = 1")) OR mentor_id = \(other) AND \(asks("asker_id = \(me)")))
      """, org: org, tx)
    for offer in ended {
      // Without the viewer's name, which would stand beside it in the log that administrators read.
      try tx.record(org: org, actor: nil, origin: "job", "offer.withdrawn", offer.id, [:], world)
      try passOn(offer, org: org, tx, world)
    }
  }

  private static func pending(_ condition: SQL, org: ID<Organisation>, _ tx: Transaction) throws -> [Offer] {
    try tx.all("SELECT \(columns) FROM offer WHERE org_id = \(org) AND \(condition) AND state IN \(SQL.list(State.pending)) ORDER BY id")
  }

  private static func passOn(_ offer: Offer, org: ID<Organisation>, _ tx: Transaction, _ world: World) throws {
    try move(offer.id, org: org, from: [offer.state], to: .withdrawn, also: ", ended_at = \(world.now())", tx)
    try tx.withdraw(RemindOffer.self, key: "\(offer.id)")
    try Offering.goOn(offer.ask, org: org, tx, world)
  }
}
