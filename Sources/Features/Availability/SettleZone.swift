import Kit
import Scheduling
import Store
import Web

/// Somebody's zone has changed: the windows keep their clock times, or the moments they stood for.
struct SettleZone: UseCase {
  enum Keep: String, Choice {
    /// 12:00 stays 12:00, on the new clock.
    case wall
    /// 12:00 in Berlin becomes 06:00 in New York.
    case moments
  }

  var keep: Keep

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> AvailabilityPage {
    let writer = AvailabilityWriter(viewer: viewer, tx: tx, world: world)
    if let change = try ZoneChange.of(viewer, tx), keep == .moments {
      try writer.replaceWeek(change.shifted(at: world.now()))
    }
    try writer.keepZone(AvailabilityRules.of(viewer.person, org: viewer.org, tx).zone)
    try tx.record(viewer, "availability.zone_settled", viewer.person, ["keep": keep.rawValue], world)
    return try ShowAvailability()(tx, viewer, world)
  }
}

/// A week that was written in another zone than the person's present one.
struct ZoneChange {
  let before: String
  let after: String
  let week: [WeeklyWindow]

  /// Nil when nothing changed, or there is no window it could matter for.
  static func of(_ viewer: Viewer, _ tx: Transaction) throws -> ZoneChange? {
    let rules = try AvailabilityRules.of(viewer.person, org: viewer.org, tx)
    let before: String? = try tx.value(
      "SELECT zone FROM availability_setting WHERE org_id = \(viewer.org) AND person_id = \(viewer.person)")
    guard let before, !before.isEmpty, before != rules.zone, !rules.weekly.isEmpty else { return nil }
    return ZoneChange(before: before, after: rules.zone, week: rules.weekly)
  }

  /// The windows on the new clock, by the two offsets of the week from `now` on: each keeps the moment of its next occurrence.
  func shifted(at now: Instant) -> [WeeklyWindow] {
    let (from, to) = (Zones.zone(before), Zones.zone(after))
    let today = from.local(at: now.microseconds).date
    return week.compactMap { weekly in
      let ahead = (weekly.weekday.rawValue - today.weekday.rawValue + 7) % 7
      let opens = from.instant(of: LocalDateTime(today.adding(days: ahead), weekly.window.from))
      let length = (weekly.window.to.minuteOfDay - weekly.window.from.minuteOfDay + 1_439) % 1_440 + 1
      let local = to.local(at: opens)
      guard let ends = WallTime(minuteOfDay: (local.time.minuteOfDay + length) % 1_440) else { return nil }
      return WeeklyWindow(local.date.weekday, DayWindow(from: local.time, to: ends, kinds: weekly.window.kinds))
    }
  }
}
