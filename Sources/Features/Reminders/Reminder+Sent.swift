import Kit
import Store

extension Reminder {
  /// How many reminders before a session reached a person, whatever version of the session they were for.
  static func sent(_ session: ID<Session>, to person: ID<Person>, org: ID<Organisation>, _ tx: Transaction) throws -> Int {
    try tx.count(
      """
      SELECT count(*) FROM reminder WHERE org_id = \(org) AND session_id = \(session) AND person_id = \(person)
        AND state IN (\(State.sent), \(State.told)) AND kind <> \(ReminderKind.after)
      """)
  }
}
