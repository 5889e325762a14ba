import Kit
import Scheduling
import Store
import Web

/// Writes windows of one person.
struct AvailabilityWriter {
  let viewer: Viewer
  let tx: Transaction
  let world: World

  /// Makes sure that there is a row of settings, with the limits as they are.
  func haveSettings() throws {
    let rules = try AvailabilityRules.of(viewer.person, org: viewer.org, tx)
    try tx.run(
      """
      INSERT INTO availability_setting (org_id, person_id, weekly_minutes, sessions_per_day, buffer_before, buffer_after, notice_minutes,
        horizon_days, updated_at, zone)
      VALUES (\(viewer.org), \(viewer.person), \(rules.weeklyMinutes), \(rules.sessionsPerDay), \(rules.bufferBefore),
        \(rules.bufferAfter), \(rules.noticeMinutes), \(rules.horizonDays), \(world.now()), \(rules.zone))
      ON CONFLICT (org_id, person_id) DO NOTHING
      """)
  }

  /// Remembers the zone in which the week was last looked at, so that a later change of zone is noticed.
  func keepZone(_ zone: String) throws {
    try haveSettings()
    try update("zone = \(zone)")
  }

  func set(_ wishes: BookingWishes) throws {
    try haveSettings()
    try update("lengths = \(wishes.text), confirms = \(wishes.confirms)")
  }

  func pause(until date: String?) throws {
    try haveSettings()
    try update("paused_until = \(date)")
  }

  private func update(_ change: SQL) throws {
    try tx.run(
      "UPDATE availability_setting SET \(change), updated_at = \(world.now()) WHERE org_id = \(viewer.org) AND person_id = \(viewer.person)"
    )
  }

  func replaceWeek(_ windows: [WeeklyWindow]) throws {
    try tx.run("DELETE FROM weekly_window WHERE org_id = \(viewer.org) AND person_id = \(viewer.person)")
    if windows.isEmpty { return }
    let rows: [SQL] = windows.map { weekly in
      """
      (\(viewer.org), \(world.id() as ID<WeeklyWindow>), \(viewer.person), \(weekly.weekday.rawValue), \(weekly.window.from.minuteOfDay),
        \(weekly.window.to.minuteOfDay))
      """
    }
    try tx.run("INSERT INTO weekly_window (org_id, id, person_id, weekday, from_minute, to_minute) VALUES \(SQL.joined(rows, by: ", "))")
  }
}
