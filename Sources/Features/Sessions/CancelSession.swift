import Kit
import Store
import Web

/// Calls a booked session off and frees its time at once. The reason is for the other person only.
struct CancelSession: UseCase {
  var session: ID<Session>
  var reason: String?
  /// Whether this and all later sessions of its series are called off.
  var following: Bool?

  init(session: ID<Session>, reason: String? = nil, following: Bool? = nil) {
    self.session = session
    self.reason = reason
    self.following = following
  }

  static let rules: [String: Rule] = ["reason": .text(0...500)]

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> SessionSummary {
    let found = try Session.find(session, for: viewer, tx)
    guard found.state == .booked else { throw Problem.conflict(code: "not_booked", detail: "Only a booked session can be cancelled.") }
    guard world.now() < found.end else {
      throw Problem.conflict(code: "session_over", detail: "This session is over. Say whether it took place.")
    }
    if following == true { try EndSeries.cancelLater(than: session, reason: reason, tx, viewer, world) }
    try Self.cancel(found, reason: reason?.trimmed ?? "", tx, viewer, world)
    return try Sessions.summary(session, viewer, tx, world)
  }

  /// Whether a cancellation now would count as late, by the organisation's own rule.
  static func isLate(_ session: Session, _ tx: Transaction, _ world: World) throws -> Bool {
    session.start - world.now() < .hours(try OrganisationSettings.find(session.org, tx).lateCancelHours)
  }

  /// Calls a booked session off in the name of the viewer, who need not be of the two: an administrator may let somebody go.
  static func cancel(_ found: Session, reason: String, _ tx: Transaction, _ viewer: Viewer, _ world: World) throws {
    let (session, now) = (found.id, world.now())
    let isLate = try isLate(found, tx, world)
    try tx.swap(
      """
      UPDATE session SET state = \("cancelled"), cancelled_at = \(now), cancelled_by = \(viewer.person), cancel_reason = \(reason),
        was_late = \(isLate), sequence = sequence + 1
      WHERE org_id = \(viewer.org) AND id = \(session) AND state = \("booked") AND sequence = \(found.sequence)
      """, otherwise: .changed)
    try tx.run("DELETE FROM occupancy WHERE org_id = \(viewer.org) AND session_id = \(session)")
    try tx.record(viewer, "session.cancelled", session, ["late": isLate ? "1" : "0"], world)
    try ProposedTimes.clear(session, org: viewer.org, tx)
    if let ask = found.ask { try Ask.released(ask, from: session, tx, viewer, world) }
    guard let cancelled = try Session.find(session, org: viewer.org, tx) else { throw Problem.notFound }
    try SessionReminder.withdraw(session, org: viewer.org, tx, world)
    try SessionMail.plan(cancelled, .cancelled, by: viewer.person, tx, world)
  }
}
