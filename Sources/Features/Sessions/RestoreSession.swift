import Kit
import Store
import Web

/// Takes a cancellation back: the same session and calendar entry, booked once more like any other, if the time is still free.
struct RestoreSession: UseCase {
  var session: ID<Session>

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> SessionSummary {
    let found = try Session.find(session, for: viewer, tx)
    guard found.canBeRestored(by: viewer, now: world.now()) else {
      throw Problem.conflict(code: "not_restorable", detail: "Only who cancelled a session can take that back, before its time.")
    }
    let claim = CalendarClaim(
      org: viewer.org, mentor: found.mentor, mentee: found.mentee, start: found.start, minutes: found.minutes, world: world)
    try claim.check(tx)
    try tx.swap(
      """
      UPDATE session SET state = \("booked"), cancelled_at = NULL, cancelled_by = NULL, cancel_reason = \(""), was_late = 0,
        sequence = sequence + 1
      WHERE org_id = \(viewer.org) AND id = \(session) AND state = \("cancelled") AND sequence = \(found.sequence)
      """, otherwise: .changed)
    try claim.occupy(session, until: nil, tx)
    try Booking.announce(session, viewer, tx, world)
    return try Sessions.summary(session, viewer, tx, world)
  }
}

extension Session {
  func canBeRestored(by viewer: Viewer, now: Instant) -> Bool {
    state == .cancelled && cancelledBy == viewer.person && start > now
  }
}
