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

  /// A person's time, and from when to when it is so while its number stays.
  struct Known {
    let version: Int64
    let since: Instant
    let until: Instant
    /// The usual length of their sessions, which `time` is prepared for.
    let minutes: Int
    let time: HostTime
  }

  private let known = Mutex<[Key: Known]>([:])

  /// Most people kept; about 2 KB each.
  private static let most = 2_000
  static let lasts = Span.days(1)

  fileprivate func times(_ wanted: [Wanted], org: ID<Organisation>, at now: Instant) -> [ID<Person>: Known] {
    known.withLock { known in
      var times: [ID<Person>: Known] = Dictionary(minimumCapacity: wanted.count)
      for one in wanted {
        guard let entry = known[Key(org: org, person: one.person)], entry.version == one.version, entry.since <= now, now < entry.until,
          entry.time.participant.availability.zone == one.zone
        else { continue }
        times[one.person] = entry
      }
      return times
    }
  }

  fileprivate func keep(_ read: [ID<Person>: Known], org: ID<Organisation>) {
    known.withLock { known in
      if known.count + read.count > KnownTimes.most { known.removeAll(keepingCapacity: true) }
      for (person, one) in read { known[Key(org: org, person: person)] = one }
    }
  }
}

extension PersonTime {
  /// The time of people whose rows were read in this transaction, from memory where it still holds.
  static func known(
    _ wanted: [KnownTimes.Wanted], org: ID<Organisation>, _ tx: Transaction, _ world: World
  ) throws -> [ID<Person>: KnownTimes.Known] {
    let now = world.now()
    let memory = tx.memory.value { KnownTimes() }
    // What this transaction has written may yet be undone.
    let times = tx.isWriting ? [:] : memory.times(wanted, org: org, at: now)
    let missing = wanted.filter { times[$0.person] == nil }
    if missing.isEmpty { return times }
    let latest = now + KnownTimes.lasts
    let end = latest + .days(AvailabilityRules.horizonLimit)
    let read = try read(missing.map(\.person), org: org, from: now, to: end, except: nil, tx, world)
    let made: [ID<Person>: KnownTimes.Known] = missing.reduce(into: [:]) { made, one in
      guard let reading = read[one.person] else { return }
      made[one.person] = KnownTimes.Known(
        version: one.version, since: now, until: min(latest, reading.until ?? latest), minutes: reading.minutes,
        time: HostTime(reading.time, minutes: reading.minutes))
    }
    if !tx.isWriting { memory.keep(made, org: org) }
    return times.merging(made) { known, _ in known }
  }
}
