import Kit
import Scheduling
import Store
import Web

/// Writes the windows of a preset as the ordinary week; limits and exceptions stay as they are.
struct UsePreset: UseCase {
  enum Preset: String, Choice {
    /// Monday to Friday, 12:00 to 13:00.
    case lunch
    /// Friday, 13:00 to 17:00.
    case friday
    /// No windows: sessions are made by agreement only.
    case asked

    var windows: [WeeklyWindow] {
      guard let noon = WallTime(hour: 12, minute: 0), let one = WallTime(hour: 13, minute: 0), let five = WallTime(hour: 17, minute: 0)
      else { return [] }
      return switch self {
      case .lunch: Weekday.allCases.filter { $0 <= .friday }.map { WeeklyWindow($0, from: noon, to: one) }
      case .friday: [WeeklyWindow(.friday, from: one, to: five)]
      case .asked: []
      }
    }
  }

  var preset: Preset

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> AvailabilityPage {
    let writer = AvailabilityWriter(viewer: viewer, tx: tx, world: world)
    try writer.replaceWeek(preset.windows)
    try writer.keepZone(AvailabilityRules.of(viewer.person, org: viewer.org, tx).zone)
    try tx.record(viewer, "availability.set", viewer.person, ["preset": preset.rawValue], world)
    return try ShowAvailability()(tx, viewer, world)
  }
}
