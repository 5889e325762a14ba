import Kit
import Store
import Web

/// Moves a booked session to another slot: the same session and calendar entry, one sequence on. Either side may.
struct MoveSession: UseCase {
  var session: ID<Session>
  var start: Instant
  /// The length stays when it is left out.
  var minutes: Int?

  static let rules: [String: Rule] = ["minutes": .one(of: Session.lengths)]

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> SessionSummary {
    let found = try Session.find(session, for: viewer, tx)
    guard found.state == .booked else { throw Problem.conflict(code: "not_booked", detail: "Only a booked session can be moved.") }
    guard found.start > world.now() else {
      throw Problem.conflict(code: "session_began", detail: "This session has begun. Book another instead.")
    }
    let length = minutes ?? found.minutes
    if found.start == start, found.minutes == length { return try Sessions.summary(session, viewer, tx, world) }
    let claim = CalendarClaim(
      org: viewer.org, mentor: found.mentor, mentee: found.mentee, start: start, minutes: length, moving: session, world: world)
    try claim.check(tx)
    let wall = try claim.wall(tx)
    try tx.swap(
      """
      UPDATE session SET starts_at = \(claim.start), ends_at = \(claim.end), zone = \(wall.zone), wall = \(wall.text), sequence = sequence + 1
      WHERE org_id = \(viewer.org) AND id = \(session) AND state = \("booked") AND sequence = \(found.sequence)
      """, otherwise: .changed)
    try claim.occupy(session, until: nil, tx)
    try tx.run("DELETE FROM attendance WHERE org_id = \(viewer.org) AND session_id = \(session)")
    guard let moved = try Session.find(session, org: viewer.org, tx) else { throw Problem.notFound }
    try tx.record(viewer, "session.moved", session, ["from": "\(found.start)", "to": "\(moved.start)"], world)
    try SessionMail.plan(moved, .moved, by: viewer.person, tx, world)
    try SessionReminder.plan(moved, tx, world)
    return try Sessions.summary(session, viewer, tx, world)
  }
}
