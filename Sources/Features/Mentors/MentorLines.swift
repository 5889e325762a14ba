import Kit
import Scheduling
import Store
import Synchronization
import Web

/// Lines of the list, kept in memory for as long as they are true. With the next free hour each viewer has their own, until the mentor's
/// row changes, something of either one's time does (`PersonTimeTables`), or the hour itself comes too near; without it they are
/// everybody's.
final class MentorLines: Sendable {
  private struct Key: Hashable {
    let org: ID<Organisation>
    let viewer: ID<Person>
  }

  private struct Known {
    let listed: MentorList.Listed
    let next: NextStart
    var line: ListMentors.MentorLine

    func holds(_ listed: MentorList.Listed, _ now: Instant) -> Bool { next.since <= now && now < next.until && self.listed == listed }
  }

  /// What one viewer was told.
  private struct Told {
    let version: Int64
    let zone: String
    /// When, in half minutes: "in 5 min" is said until half a minute has passed.
    var half: Int64
    var lines: [ID<Person>: Known] = [:]

    /// Forgets the lines of other pages when there are many.
    mutating func makeRoom(_ mentors: [MentorList.Listed]) {
      if lines.count + mentors.count <= MentorLines.mostOfOne { return }
      let shown = Set(mentors.map(\.id))
      lines = lines.filter { shown.contains($0.key) }
    }

    /// Says the same at another time.
    mutating func renew(_ half: Int64, _ now: Instant) {
      if half == self.half { return }
      self.half = half
      for (id, known) in lines {
        guard let start = known.next.start else { continue }
        lines[id]?.line.next = known.line.next?.seen(start, at: now)
      }
    }
  }

  /// Most lines kept of one viewer, who may walk through thousands.
  private static let mostOfOne = 200

  private struct Plain {
    let listed: MentorList.Listed
    let line: ListMentors.MentorLine
  }

  private struct State {
    var told: [Key: Told] = [:]
    var count = 0
    var plain: [ID<Person>: Plain] = [:]
  }

  /// Most lines kept, about a KB each.
  private static let most = 2_000

  private let state = Mutex(State())

  /// The lines of these mentors for the viewer, as of now. No statement for those that are known, nine for all others together.
  static func of(
    _ mentors: [MentorList.Listed], _ viewer: Viewer, _ tx: Transaction, _ world: World
  ) throws -> [ListMentors.MentorLine] {
    guard let version = mentors.first?.ownVersion else { return [] }
    let memory = tx.memory.value { MentorLines() }
    let now = world.now()
    // An hour begins with a minute, so what is rounded to minutes changes at the full and the half minute, just after.
    let half = (now.microseconds - 1) / 30_000_000
    // What this transaction has written may yet be undone.
    let known = tx.isWriting ? nil : memory.told(viewer, version)
    var told = known ?? Told(version: version, zone: viewer.zone, half: half)
    told.renew(half, now)
    let missing = mentors.filter { told.lines[$0.id]?.holds($0, now) != true }
    if !missing.isEmpty {
      told.makeRoom(mentors)
      let starts = try PersonTime.nextFree(
        hosts: missing.map(\.time), guest: .init(person: viewer.person, version: version, zone: viewer.zone), org: viewer.org, tx, world)
      let own = Zones.zone(viewer.zone)
      for mentor in missing {
        told.lines[mentor.id] = starts[mentor.id].map { next in
          let hour = next.start.map { HourChoice($0, mentor: mentor.name, zone: next.zone, own: own, now: now) }
          return Known(listed: mentor, next: next, line: .init(mentor, next: hour))
        }
      }
    }
    if !tx.isWriting, known?.half != half || !missing.isEmpty { memory.keep(told, viewer) }
    return mentors.map { told.lines[$0.id]?.line ?? .init($0, next: nil) }
  }

  /// The lines of these mentors without hours.
  static func plain(_ mentors: [MentorList.Listed], _ tx: Transaction) -> [ListMentors.MentorLine] {
    let memory = tx.memory.value { MentorLines() }
    var known = memory.state.withLock { $0.plain }
    var isNew = false
    let lines = mentors.map { mentor in
      if let plain = known[mentor.id], plain.listed.reads(like: mentor) { return plain.line }
      let line = ListMentors.MentorLine(mentor, next: nil)
      if known.count >= most { known = [:] }
      known[mentor.id] = Plain(listed: mentor, line: line)
      isNew = true
      return line
    }
    if isNew, !tx.isWriting { memory.state.withLock { $0.plain = known } }
    return lines
  }

  private func told(_ viewer: Viewer, _ version: Int64) -> Told? {
    let told = state.withLock { $0.told[Key(org: viewer.org, viewer: viewer.person)] }
    return told.flatMap { $0.version == version && $0.zone == viewer.zone ? $0 : nil }
  }

  private func keep(_ told: Told, _ viewer: Viewer) {
    state.withLock { state in
      let key = Key(org: viewer.org, viewer: viewer.person)
      state.count += told.lines.count - (state.told[key]?.lines.count ?? 0)
      if state.count > MentorLines.most { (state.told, state.count) = ([:], told.lines.count) }
      state.told[key] = told
    }
  }
}
