import Kit
import Scheduling
import Store
import Web

/// Replaces the ordinary week and the limits of the viewer. Exceptions are replaced when they are given.
struct SetAvailability: UseCase {
  struct Window: Input, Codable {
    var weekday: DayOfWeek
    /// Both ends or neither: a row of the form that is left empty is no window.
    var from: String?
    var to: String?
  }

  var weekly: [Window] = []
  /// Minutes of sessions given in a week; nil for no limit.
  var weeklyMinutes: Int?
  var sessionsPerDay: Int?
  var bufferBefore: Int?
  var bufferAfter: Int?
  var noticeMinutes: Int?
  var horizonDays: Int?
  /// Lengths of sessions the viewer gives, in minutes; none keeps those that stand.
  var lengths: [Int]?
  /// Whether the viewer confirms each session that somebody books.
  var confirms: Bool?
  var exceptions: [AddException]?

  static let rules: [String: Rule] = [
    "weekly": .list(0...50), "weekly.from": .time, "weekly.to": .time, "weekly_minutes": .number(15...2400),
    "sessions_per_day": .number(1...20),
    "buffer_before": .number(0...120), "buffer_after": .number(0...120), "notice_minutes": .number(0...20160),
    "horizon_days": .number(1...AvailabilityRules.horizonLimit), "exceptions": .list(0...200),
    "lengths": .list(0...4, of: .one(of: Session.lengths)),
  ]

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> AvailabilityPage {
    let writer = AvailabilityWriter(viewer: viewer, tx: tx, world: world)
    try writer.replaceWeek(try windows())
    let standing = try AvailabilityRules.of(viewer.person, org: viewer.org, tx)
    try tx.run(
      """
      INSERT INTO availability_setting (org_id, person_id, weekly_minutes, sessions_per_day, buffer_before, buffer_after, notice_minutes,
        horizon_days, updated_at)
      VALUES (\(viewer.org), \(viewer.person), \(weeklyMinutes), \(sessionsPerDay), \(bufferBefore ?? standing.bufferBefore),
        \(bufferAfter ?? standing.bufferAfter), \(noticeMinutes ?? standing.noticeMinutes), \(horizonDays ?? standing.horizonDays), \(world.now()))
      ON CONFLICT (org_id, person_id) DO UPDATE SET weekly_minutes = excluded.weekly_minutes, sessions_per_day = excluded.sessions_per_day,
        buffer_before = excluded.buffer_before, buffer_after = excluded.buffer_after, notice_minutes = excluded.notice_minutes,
        horizon_days = excluded.horizon_days, updated_at = excluded.updated_at
      """)
    try writer.keepZone(standing.zone)
    try writer.set(BookingWishes.of(viewer.person, org: viewer.org, tx).changed(lengths: lengths, confirms: confirms))
    if let exceptions {
      try tx.run("DELETE FROM availability_exception WHERE org_id = \(viewer.org) AND person_id = \(viewer.person)")
      for exception in exceptions { try exception.insert(tx, viewer, world) }
    }
    try tx.record(viewer, "availability.set", viewer.person, ["windows": "\(weekly.count)"], world)
    return try ShowAvailability()(tx, viewer, world)
  }

  private func windows() throws -> [WeeklyWindow] {
    var messages: [String: String] = [:]
    var windows: [WeeklyWindow] = []
    for (place, row) in weekly.enumerated() {
      let from = row.from ?? ""
      let to = row.to ?? ""
      if from.isEmpty, to.isEmpty { continue }
      if from.isEmpty || to.isEmpty {
        messages["weekly.\(place).\(from.isEmpty ? "from" : "to")"] = "On \(row.weekday.name) give both ends, or leave both empty."
      } else if let window = DayWindow(from: from, to: to) {
        windows.append(WeeklyWindow(row.weekday.weekday, window))
      } else {
        messages["weekly.\(place).to"] = "On \(row.weekday.name) the end must differ from the start."
      }
    }
    if !messages.isEmpty { throw Problem.invalid(messages) }
    return windows
  }
}

/// A day of the week by its English name, as in requests.
enum DayOfWeek: String, Choice {
  case monday, tuesday, wednesday, thursday, friday, saturday, sunday

  var weekday: Weekday { Weekday(rawValue: (DayOfWeek.allCases.firstIndex(of: self) ?? 0) + 1) ?? .monday }

  init(_ weekday: Weekday) { self = DayOfWeek.allCases[weekday.rawValue - 1] }

  var name: String { rawValue.capitalized }
}

extension DayWindow {
  /// Reads wall times such as `9:00` and `24:00`; nil when they are none, or equal.
  init?(from: String, to: String) {
    guard let from = WallTime(typed: from), let to = WallTime(typed: to), from != to else { return nil }
    self.init(from: from, to: to)
  }
}

extension WallTime {
  init?(typed text: String) {
    let parts = text.trimmed.split(separator: ":")
    guard parts.count == 2, let hour = Int(parts[0]), let minute = Int(parts[1]), hour < 24 || minute == 0 else { return nil }
    self.init(hour: hour == 24 ? 0 : hour, minute: minute)
  }
}
