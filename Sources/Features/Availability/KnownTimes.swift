import Kit
import Scheduling
import Store
import Synchronization

/// People's time as it was read, kept in memory until the database says that something of it changed (`PersonTimeTables`), a hold ends, or
/// a day has passed. Nothing in it decides on a booking: `CalendarClaim` reads anew.
final class KnownTimes: Sendable {
  /// A person with the number and the zone that stand in their row.
  struct Wanted {
    let person: ID<Person>
    let version: Int64
    let zone: String
  }

  private struct Key: Hashable {
    let org: ID<Organisation>
    let person: ID<Person>
  }

  private struct Known {
    let version: Int64
    let since: Instant
    let until: Instant
    let time: HostTime
  }

  private let known = Mutex<[Key: Known]>([:])

  /// Most people kept; about 2 KB each.
  private static let most = 2_000
  static let lasts = Span.days(1)
  /// The length of sessions that hosts are prepared for.
  static let minutes = 30

  fileprivate func times(_ wanted: [Wanted], org: ID<Organisation>, at now: Instant) -> [ID<Person>: HostTime] {
    known.withLock { known in
      var times: [ID<Person>: HostTime] = Dictionary(minimumCapacity: wanted.count)
      for one in wanted {
        guard let entry = known[Key(org: org, person: one.person)], entry.version == one.version, entry.since <= now, now < entry.until,
          entry.time.participant.availability.zone == one.zone
        else { continue }
        times[one.person] = entry.time
      }
      return times
    }
  }

  fileprivate func keep(
    _ read: [ID<Person>: HostTime], until: [ID<Person>: Instant], _ wanted: [Wanted], org: ID<Organisation>, at now: Instant
  ) {
    known.withLock { known in
      if known.count + read.count > KnownTimes.most { known.removeAll(keepingCapacity: true) }
      for one in wanted {
        guard let time = read[one.person] else { continue }
        known[Key(org: org, person: one.person)] = Known(
          version: one.version, since: now, until: min(now + KnownTimes.lasts, until[one.person] ?? now + KnownTimes.lasts), time: time)
      }
    }
  }
}

extension PersonTime {
  /// The time of people whose rows were read in this transaction, from memory where it still holds.
  static func known(_ wanted: [KnownTimes.Wanted], org: ID<Organisation>, _ tx: Transaction, _ world: World) throws -> [ID<Person>:
    HostTime]
  {
    let now = world.now()
    let memory = tx.memory.value { KnownTimes() }
    // What this transaction has written may yet be undone.
    let times = tx.isWriting ? [:] : memory.times(wanted, org: org, at: now)
    let missing = wanted.filter { times[$0.person] == nil }
    if missing.isEmpty { return times }
    let end = now + .days(AvailabilityRules.horizonLimit) + KnownTimes.lasts
    let read = try read(missing.map(\.person), org: org, from: now, to: end, except: nil, tx, world)
    let made = read.mapValues { HostTime($0.time, minutes: KnownTimes.minutes) }
    if !tx.isWriting { memory.keep(made, until: read.compactMapValues(\.until), missing, org: org, at: now) }
    return times.merging(made) { known, _ in known }
  }
}
