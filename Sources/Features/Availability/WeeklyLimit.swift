import Kit
import Store

extension AvailabilityRules {
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
