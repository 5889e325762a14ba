import Kit
import Store

extension AvailabilityRules {
  /// The minutes of sessions that people give in a week, for those who have set a limit. One statement.
  static func weeklyLimits(of people: [ID<Person>], org: ID<Organisation>, _ tx: Transaction) throws -> [ID<Person>: Int] {
    if people.isEmpty { return [:] }
    let rows = try tx.rows(
      """
      SELECT person_id, weekly_minutes FROM availability_setting
      WHERE org_id = \(org) AND person_id IN \(SQL.list(people)) AND weekly_minutes IS NOT NULL
      """)
    return try Dictionary(rows.map { (try $0("person_id"), try $0("weekly_minutes")) }, uniquingKeysWith: { first, _ in first })
  }

  /// Sets how many minutes of sessions a person gives in a week and leaves the other limits as they are.
  static func limit(
    _ person: ID<Person>, org: ID<Organisation>, weeklyMinutes: Int, _ tx: Transaction, _ world: World
  ) throws {
    let standing = try of(person, org: org, tx)
    try tx.run(
      """
      INSERT INTO availability_setting (org_id, person_id, weekly_minutes, sessions_per_day, buffer_before, buffer_after, notice_minutes,
        horizon_days, updated_at)
      VALUES (\(org), \(person), \(weeklyMinutes), \(standing.sessionsPerDay), \(standing.bufferBefore), \(standing.bufferAfter),
        \(standing.noticeMinutes), \(standing.horizonDays), \(world.now()))
      ON CONFLICT (org_id, person_id) DO UPDATE SET weekly_minutes = excluded.weekly_minutes, updated_at = excluded.updated_at
      """)
  }
}
