import Kit
import Store

extension Vetting {
  /// How many applications to become a mentor wait for a decision.
  static func waiting(org: ID<Organisation>, _ tx: Transaction) throws -> Int {
    try tx.count("SELECT count(*) FROM vetting WHERE org_id = \(org) AND state = 'applied'")
  }
}
