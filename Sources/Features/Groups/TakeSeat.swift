import Kit
import Store
import Web

/// Takes a seat when one is free or was offered; else a place at the end of the line. Taking it is a booking of the person's time.
struct TakeSeat: UseCase {
  var group: ID<GroupSession>

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> GroupPage {
    let found = try GroupSession.find(group, for: viewer, tx)
    guard found.isOpen(world.now()) else {
      throw Problem.conflict(code: "group_closed", detail: "This session has begun or was cancelled.")
    }
    guard found.mentor != viewer.person else { throw Problem.conflict(code: "own_group", detail: "This is your own session.") }
    let own = try Seat.of(viewer.person, in: group, org: viewer.org, tx)
    switch own?.state {
    case .seated?, .waiting?: break
    case .offered?: try sit(found, place: own?.place ?? 1, viewer, tx, world)
    case .left?, nil: try join(found, viewer, tx, world)
    }
    return try ShowGroup(group: group)(tx, viewer, world)
  }

  private func join(_ found: GroupSession, _ viewer: Viewer, _ tx: Transaction, _ world: World) throws {
    let place = try Seat.nextPlace(in: group, org: viewer.org, tx)
    let line = try tx.count(
      "SELECT count(*) FROM group_seat WHERE org_id = \(viewer.org) AND group_id = \(group) AND state = \(Seat.State.waiting)")
    if line == 0, found.taken < found.seats {
      // The person's time first: whoever is not free leaves the seat as it was.
      try sit(found, place: place, viewer, tx, world)
      guard try Seat.count(up: group, org: viewer.org, tx) else { throw Problem.changed }
      return
    }
    try Seat.set(viewer.person, in: group, .waiting, place: place, org: viewer.org, tx, world)
    try tx.record(viewer, "group.waited", group, [:], world)
  }

  private func sit(_ found: GroupSession, place: Int, _ viewer: Viewer, _ tx: Transaction, _ world: World) throws {
    try Occupancy.take(group.value, viewer.person, from: found.start, to: found.end, org: viewer.org, tx, world)
    try Seat.set(viewer.person, in: group, .seated, place: place, org: viewer.org, tx, world)
    try tx.record(viewer, "group.joined", group, [:], world)
    try GroupMail.plan(found, to: viewer.person, .seated, tx, world)
    try GroupReminder.plan(found, viewer.person, tx, world)
  }
}

/// Gives a seat, an offer or a place in line back; the next in line is asked.
struct LeaveGroup: UseCase {
  var group: ID<GroupSession>

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> GroupPage {
    let found = try GroupSession.find(group, for: viewer, tx)
    guard let own = try Seat.of(viewer.person, in: group, org: viewer.org, tx), own.state != .left else {
      throw Problem.conflict(code: "no_seat", detail: "You have no seat here.")
    }
    guard found.isOpen(world.now()) else {
      throw Problem.conflict(code: "group_closed", detail: "This session has begun or was cancelled.")
    }
    try Self.release(own, of: found, tx, viewer, world)
    return try ShowGroup(group: group)(tx, viewer, world)
  }

  /// Gives back what somebody has in a group session in the name of the viewer, who need not be that person.
  static func release(_ own: Seat, of found: GroupSession, _ tx: Transaction, _ viewer: Viewer, _ world: World) throws {
    try Seat.set(own.person, in: found.id, .left, place: own.place, org: viewer.org, tx, world)
    try tx.record(viewer, "group.left", found.id, [:], world)
    if own.state == .seated {
      try Occupancy.free(found.id.value, own.person, org: viewer.org, tx)
      try GroupReminder.withdraw(found, own.person, tx)
      try GroupMail.plan(found, to: own.person, .left, tx, world)
    }
    if own.state != .waiting { try Seat.passOn(found, tx, world) }
  }
}

/// Calls it off and tells everybody who had a seat or waited.
struct CancelGroup: UseCase {
  var group: ID<GroupSession>
  var reason: String?

  static let rules: [String: Rule] = ["reason": .text(0...500)]

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> GroupPage {
    let found = try GroupSession.find(group, for: viewer, tx)
    guard found.mentor == viewer.person else { throw Problem.notFound }
    try Self.cancel(found, reason: reason?.trimmed ?? "", tx, viewer, world)
    return try ShowGroup(group: group)(tx, viewer, world)
  }

  /// Calls it off in the name of the viewer, who need not be the mentor: an administrator may let somebody go.
  static func cancel(_ found: GroupSession, reason: String, _ tx: Transaction, _ viewer: Viewer, _ world: World) throws {
    let group = found.id
    try tx.swap(
      """
      UPDATE group_session SET cancelled_at = \(world.now()), cancel_reason = \(reason), sequence = sequence + 1
      WHERE org_id = \(viewer.org) AND id = \(group) AND cancelled_at IS NULL AND starts_at > \(world.now())
      """, otherwise: .conflict(code: "group_closed", detail: "This session has begun or was cancelled."))
    guard let cancelled = try GroupSession.find(group, org: viewer.org, tx) else { throw Problem.notFound }
    let seats = try Seat.all(in: group, org: viewer.org, tx)
    try tx.run("DELETE FROM occupancy WHERE org_id = \(viewer.org) AND session_id = \(group)")
    for person in [found.mentor] + seats.filter({ $0.state == .seated }).map(\.person) {
      try GroupReminder.withdraw(found, person, tx)
      try GroupMail.plan(cancelled, to: person, .cancelled, tx, world)
    }
    for seat in seats where seat.state != .seated { try GroupLetter.cancelled(cancelled, to: seat.person, tx, world) }
    try tx.record(viewer, "group.cancelled", group, [:], world)
  }
}
