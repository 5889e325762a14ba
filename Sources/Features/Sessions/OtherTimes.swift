import Kit
import Scheduling
import Store

/// Other times for a session that is off, the first of each half of a day: three starts within one hour are no choice.
enum OtherTimes {
  static let most = 3

  /// - Parameter zone: by whose clock a day has its halves.
  static func of(_ session: Session, zone name: String, _ tx: Transaction, _ world: World) throws -> [Instant] {
    let search = try PersonTime.search(
      host: session.mentor, guest: session.mentee, minutes: session.minutes, org: session.org, tx, world)
    let zone = Zones.zone(name)
    var starts: [Instant] = []
    var from = world.now()
    while starts.count < most, let minute = search.nextFree(from: from.minutes) {
      let start = Instant(minutes: minute)
      starts.append(start)
      from = max(nextHalf(after: start, zone), start + .minutes(session.minutes))
    }
    return starts
  }

  /// The next noon or midnight.
  private static func nextHalf(after start: Instant, _ zone: Zone) -> Instant {
    let local = zone.local(at: start.microseconds)
    guard local.time.hour < 12, let noon = WallTime(hour: 12, minute: 0) else {
      return Instant(microseconds: zone.startOfDay(local.date.adding(days: 1)))
    }
    return Instant(microseconds: zone.instant(of: LocalDateTime(local.date, noon)))
  }
}
