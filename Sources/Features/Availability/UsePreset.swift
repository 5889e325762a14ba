import Kit
import Scheduling
import Store
import Web

/// Writes the windows of a preset as the ordinary week; limits and exceptions stay as they are. The week before can be had back.
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

  static let rules: [String: Rule] = ["week": .text(0...1000)]

  var preset: Preset
  /// The week that stood before, as `WeekText` writes it, when the preset is taken back.
  var week: String?

  init(preset: Preset, week: String? = nil) {
    self.preset = preset
    self.week = week
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> AvailabilityPage {
    let writer = AvailabilityWriter(viewer: viewer, tx: tx, world: world)
    let before = try AvailabilityRules.of(viewer.person, org: viewer.org, tx)
    try writer.replaceWeek(try windows())
    try writer.keepZone(before.zone)
    try tx.record(viewer, "availability.set", viewer.person, ["preset": preset.rawValue], world)
    var page = try ShowAvailability()(tx, viewer, world)
    if week == nil { page.former = "/you/availability/preset?preset=\(preset.rawValue)&week=\(WeekText(before.weekly).text)" }
    return page
  }

  private func windows() throws -> [WeeklyWindow] {
    guard let week else { return preset.windows }
    guard let former = WeekText(week) else { throw Problem.invalid("week", "This is no week. Set the days below.") }
    return former.windows
  }
}

/// Windows of a week as a short text that an address can hold, such as `1-720-780.5-780-1020`: weekday, start and end in minutes.
struct WeekText {
  let windows: [WeeklyWindow]

  init(_ windows: [WeeklyWindow]) { self.windows = windows }

  /// Nil for a text that is none. No windows are `none`.
  init?(_ text: String) {
    var windows: [WeeklyWindow] = []
    for part in text == "none" ? [] : text.split(separator: ".", omittingEmptySubsequences: false) {
      let numbers = part.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) ?? -1 }
      guard numbers.count == 3, windows.count < 50, let weekday = Weekday(rawValue: numbers[0]),
        let from = WallTime(minuteOfDay: numbers[1]), let to = WallTime(minuteOfDay: numbers[2]), from != to
      else { return nil }
      windows.append(WeeklyWindow(weekday, from: from, to: to))
    }
    self.windows = windows
  }

  var text: String {
    let parts = windows.map { "\($0.weekday.rawValue)-\($0.window.from.minuteOfDay)-\($0.window.to.minuteOfDay)" }
    return parts.isEmpty ? "none" : parts.joined(separator: ".")
  }
}
