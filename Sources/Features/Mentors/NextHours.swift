import Kit
import Scheduling
import Store
import Synchronization
import Web

/// The next hours of mentors as their viewers were told of them, kept in memory for as long as they are true: until something of either
/// one's time changes (`PersonTimeTables`) or the hour itself comes too near.
final class NextHours: Sendable {
  private struct Key: Hashable {
    let org: ID<Organisation>
    let viewer: ID<Person>
  }

  private struct Hour {
    let version: Int64
    let name: String
    let start: NextStart
    let choice: HourChoice?
  }

  /// What one viewer was told.
  private struct Told {
    let version: Int64
    let zone: String
    var hours: [ID<Person>: Hour] = [:]

    func holds(_ mentor: MentorList.Listed, _ now: Kit.Instant) -> Bool {
      guard let hour = hours[mentor.id] else { return false }
      return hour.version == mentor.timeVersion && hour.start.since <= now && now < hour.start.until && hour.name == mentor.name
        && hour.start.zone.name == mentor.zone
    }
  }

  private struct State {
    var told: [Key: Told] = [:]
    var count = 0
  }

  /// Most hours kept, about half a KB each.
  private static let most = 4_000

  private let state = Mutex(State())

  /// The first hour that a mentor and the viewer have free, for those who have one; said as of now.
  static func of(
    _ mentors: [MentorList.Listed], _ viewer: Viewer, _ tx: Transaction, _ world: World
  ) throws -> [ID<Person>: HourChoice] {
    guard let ownVersion = mentors.first?.ownVersion else { return [:] }
    let memory = tx.memory.value { NextHours() }
    let now = world.now()
    // What this transaction has written may yet be undone.
    var told = tx.isWriting ? Told(version: ownVersion, zone: viewer.zone) : memory.told(viewer, ownVersion)
    let missing = mentors.filter { !told.holds($0, now) }
    if !missing.isEmpty {
      let own = Zones.zone(viewer.zone)
      let starts = try PersonTime.nextFree(
        hosts: missing.map(\.time), guest: .init(person: viewer.person, version: ownVersion, zone: viewer.zone), org: viewer.org, tx, world)
      for mentor in missing {
        guard let found = starts[mentor.id] else { continue }
        told.hours[mentor.id] = Hour(
          version: mentor.timeVersion, name: mentor.name, start: found,
          choice: found.start.map { HourChoice($0, mentor: mentor.name, zone: found.zone, own: own, now: now) })
      }
      if !tx.isWriting { memory.keep(told, viewer) }
    }
    return mentors.reduce(into: Dictionary(minimumCapacity: mentors.count)) { hours, mentor in
      hours[mentor.id] = told.hours[mentor.id]?.choice?.seen(at: now)
    }
  }

  private func told(_ viewer: Viewer, _ version: Int64) -> Told {
    let told = state.withLock { $0.told[Key(org: viewer.org, viewer: viewer.person)] }
    if let told, told.version == version, told.zone == viewer.zone { return told }
    return Told(version: version, zone: viewer.zone)
  }

  private func keep(_ told: Told, _ viewer: Viewer) {
    state.withLock { state in
      let key = Key(org: viewer.org, viewer: viewer.person)
      state.count += told.hours.count - (state.told[key]?.hours.count ?? 0)
      if state.count > NextHours.most { state = State(count: told.hours.count) }
      state.told[key] = told
    }
  }
}
