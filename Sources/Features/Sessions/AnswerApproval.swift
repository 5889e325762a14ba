import Jobs
import Kit
import Store
import Web

/// The mentor says yes: a booking, decided by whether the time is still kept.
struct ConfirmSession: UseCase {
  var session: ID<Session>

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> SessionSummary {
    let found = try Session.waiting(session, for: viewer, tx, world)
    let now = world.now()
    guard found.start > now else {
      throw Problem.conflict(code: "too_late", detail: "This time is past. The other times that you proposed can still be picked.")
    }
    try tx.swap(
      """
      UPDATE session SET state = \("booked"), booked_at = \(now), held_until = NULL
      WHERE org_id = \(viewer.org) AND id = \(session) AND state = \("held") AND approval_due IS NOT NULL AND held_until > \(now)
      """, otherwise: .changed)
    try tx.run("UPDATE occupancy SET until = NULL WHERE org_id = \(viewer.org) AND session_id = \(found.id)")
    try ProposedTimes.clear(session, org: viewer.org, tx)
    try Booking.announce(session, viewer, tx, world)
    return try Sessions.summary(session, viewer, tx, world)
  }
}

/// The mentor cannot take this time. The mentee hears it kindly, with other times.
struct DeclineSession: UseCase {
  var session: ID<Session>

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> SessionSummary {
    let found = try Session.waiting(session, for: viewer, tx, world)
    try tx.run("UPDATE session SET declined_at = \(world.now()) WHERE org_id = \(viewer.org) AND id = \(session)")
    try Booking.lapse(session, org: viewer.org, tx)
    try tx.record(viewer, "session.declined", session, [:], world)
    try Approval.tellRefused(found, "\(viewer.name) cannot take this time", key: "declined", tx, world)
    return try Sessions.summary(session, viewer, tx, world)
  }
}

/// Nobody answered in time: the hold has ended by itself, and the mentee hears of it.
struct EndApproval: Job {
  static let kind = "session-approval-end"

  let session: ID<Session>
  let due: Instant

  static func plan(_ session: Session, due: Instant, _ tx: Transaction, _ world: World) throws {
    let job = EndApproval(session: session.id, due: due)
    try tx.enqueue(job, for: session.org, key: "\(session.id)/\(due.microseconds)", at: due, world)
  }

  func callAsFunction(_ tx: Transaction, org: ID<Organisation>, _ world: World) throws {
    guard let found = try Session.find(session, org: org, tx), found.approvalDue == due, found.declinedAt == nil,
      found.state == .held || found.state == .lapsed, world.now() >= due
    else { return }
    try Booking.lapse(session, org: org, tx)
    try tx.record(org: org, actor: nil, origin: "job", "session.unanswered", session, [:], world)
    try Approval.tellRefused(found, "No answer in time", key: "unanswered", tx, world)
  }
}

extension Session {
  /// A session that waits for this mentor's word.
  static func waiting(_ id: ID<Session>, for viewer: Viewer, _ tx: Transaction, _ world: World) throws -> Session {
    let found = try find(id, for: viewer, tx)
    guard found.isPending(world.now()) else {
      throw Problem.conflict(code: "not_waiting", detail: "This time does not wait for an answer any more.")
    }
    guard found.mentor == viewer.person else { throw Problem.conflict(code: "not_yours", detail: "The mentor says yes or no.") }
    return found
  }
}
