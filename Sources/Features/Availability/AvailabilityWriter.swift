import Kit
import Scheduling
import Store
import Web

/// Writes windows of one person.
struct AvailabilityWriter {
  let viewer: Viewer
  let tx: Transaction
  let world: World

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
