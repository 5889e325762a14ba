import Kit
import Store
import Web

extension Booking {
  /// Takes a session to another time: own rows out, the check, new rows in. The id and the UID stay; what was booked is one sequence on.
  ///
  /// A session that still waits for the mentor's word is booked by it, since both have named the time.
  static func move(
    _ found: Session, to start: Instant, minutes: Int, agreed: Bool = false, _ viewer: Viewer, _ tx: Transaction, _ world: World
  ) throws {
    let claim = CalendarClaim(
      org: viewer.org, mentor: found.mentor, mentee: found.mentee, start: start, minutes: minutes, moving: found.id, isAgreed: agreed,
      world: world)
    try claim.check(tx)
    let wall = try claim.wall(tx)
    let isFirst = found.state == .held
    try tx.swap(
      """
      UPDATE session SET starts_at = \(claim.start), ends_at = \(claim.end), zone = \(wall.zone), wall = \(wall.text),
        sequence = sequence + \(isFirst ? 0 : 1), state = \("booked"), held_until = NULL, booked_at = coalesce(booked_at, \(world.now()))
      WHERE org_id = \(viewer.org) AND id = \(found.id) AND state = \(found.state) AND sequence = \(found.sequence)
        AND starts_at = \(found.start) AND (held_until IS NULL OR held_until > \(world.now()))
      """, otherwise: .changed)
    try claim.occupy(found.id, until: nil, tx)
    try tx.run("DELETE FROM attendance WHERE org_id = \(viewer.org) AND session_id = \(found.id)")
    try ProposedTimes.clear(found.id, org: viewer.org, tx)
    if isFirst { return try announce(found.id, viewer, tx, world) }
    guard let moved = try Session.find(found.id, org: viewer.org, tx) else { throw Problem.notFound }
    try tx.record(viewer, "session.moved", found.id, ["from": "\(found.start)", "to": "\(moved.start)"], world)
    try SessionMail.plan(moved, .moved, by: viewer.person, tx, world)
    try SessionReminder.plan(moved, tx, world)
  }
}
