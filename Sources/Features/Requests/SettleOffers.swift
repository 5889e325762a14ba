import Kit
import Store
import Web

extension Offer {
  /// An ask has found its mentor: that mentor's offer is accepted, the others end with thanks.
  static func settle(ask: ID<Ask>, org: ID<Organisation>, acceptedBy mentor: ID<Person>, _ tx: Transaction, _ world: World) throws {
    try tx.run(
      """
      UPDATE offer SET state = \(State.accepted), ended_at = \(world.now()), version = version + 1
      WHERE org_id = \(org) AND ask_id = \(ask) AND mentor_id = \(mentor) AND state IN \(SQL.list(State.pending))
      """)
    try endPending(of: ask, org: org, because: "Somebody else could help first. Thank you for being there.", tx, world)
  }

  /// Ends every pending offer of an ask and tells its mentors kindly.
  static func endPending(of ask: ID<Ask>, org: ID<Organisation>, because reason: String, _ tx: Transaction, _ world: World) throws {
    let ended: [Offer] = try tx.all(
      "SELECT \(columns) FROM offer WHERE org_id = \(org) AND ask_id = \(ask) AND state IN \(SQL.list(State.pending))")
    guard !ended.isEmpty else { return }
    try tx.run(
      """
      UPDATE offer SET state = \(State.withdrawn), ended_at = \(world.now()), version = version + 1
      WHERE org_id = \(org) AND ask_id = \(ask) AND state IN \(SQL.list(State.pending))
      """)
    for offer in ended {
      try tx.withdraw(RemindOffer.self, key: "\(offer.id)")
      try tx.send(
        Letter(to: offer.mentor, .request, subject: "A request is settled", [reason]), org: org, key: "offer-settled/\(offer.id)", world)
    }
  }

  /// Brings the state of an ask in line with its offers: times proposed before a question back, before waiting.
  static func refresh(ask: ID<Ask>, org: ID<Organisation>, _ tx: Transaction) throws {
    let states = Set(
      try tx.values(
        "SELECT state FROM offer WHERE org_id = \(org) AND ask_id = \(ask) AND state IN \(SQL.list(State.pending))", as: State.self))
    let state: Ask.State = states.contains(.otherTime) ? .claimed : states.contains(.asked) ? .askedBack : .offered
    try tx.run(
      """
      UPDATE ask SET state = \(state), version = version + 1
      WHERE org_id = \(org) AND id = \(ask) AND state IN \(SQL.list(Ask.State.waiting)) AND state <> \(state)
      """)
  }
}
