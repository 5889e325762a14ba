import Kit
import Store

extension MentorPause {
  /// How many mentors rest because they were silent.
  static func count(org: ID<Organisation>, _ tx: Transaction) throws -> Int {
    try tx.count("SELECT count(*) FROM mentor_pause WHERE org_id = \(org) AND ended_at IS NULL")
  }
}
