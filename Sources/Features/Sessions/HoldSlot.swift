import Kit
import Store
import Web

/// Keeps a slot with a mentor free for the viewer for five minutes.
struct HoldSlot: UseCase {
  var mentor: ID<Person>
  var start: Instant
  var minutes: Int
  var ask: ID<Ask>?
  var title: String?
  var question: String?

  static let rules: [String: Rule] = [
    "minutes": .one(of: Session.lengths), "title": .text(0...120), "question": .text(0...2000),
  ]

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> SessionSummary {
    let draft = try askDraft(tx, viewer)
    if ask == nil { try BookingWishes.of(mentor, org: viewer.org, tx).check(minutes) }
    let id = try Booking.hold(
      tx, viewer, mentor: mentor, mentee: viewer.person, start: start, minutes: minutes, kind: draft.kind, title: draft.title,
      question: draft.question, ask: draft.ask, world)
    return try Sessions.summary(id, viewer, tx, world)
  }

  private func askDraft(_ tx: Transaction, _ viewer: Viewer) throws -> SessionDraft {
    guard let ask else { return SessionDraft(title: title ?? "", question: question ?? "") }
    let own = try Ask.find(ask, for: viewer, tx)
    return SessionDraft(kind: own.kind, title: title ?? "", question: question ?? own.question, ask: ask)
  }
}

/// Five more minutes, once.
struct ExtendHold: UseCase {
  var session: ID<Session>

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> SessionSummary {
    let held = try Session.find(session, for: viewer, tx)
    guard held.state == .held, held.approvalDue == nil, let until = held.heldUntil, until > world.now() else { throw Problem.holdEnded }
    guard !held.wasExtended else {
      throw Problem.conflict(code: "hold_extended", detail: "A hold can be extended once. Book it now, or choose the time again later.")
    }
    let later = until + Booking.holdLength
    try tx.swap(
      """
      UPDATE session SET held_until = \(later), extensions = 1
      WHERE org_id = \(viewer.org) AND id = \(session) AND state = \("held") AND extensions = 0 AND held_until > \(world.now())
      """, otherwise: .holdEnded)
    try tx.run("UPDATE occupancy SET until = \(later) WHERE org_id = \(viewer.org) AND session_id = \(session)")
    try tx.record(viewer, "session.extended", session, [:], world)
    return try Sessions.summary(session, viewer, tx, world)
  }
}

/// Lets a held slot go.
struct ReleaseHold: UseCase {
  var session: ID<Session>

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> SessionSummary {
    let held = try Session.find(session, for: viewer, tx)
    guard held.state == .held else { throw Problem.changed }
    guard held.approvalDue == nil || held.mentee == viewer.person else {
      throw Problem.conflict(code: "waits_for_you", detail: "Confirm this time or decline it.")
    }
    try Booking.lapse(session, org: viewer.org, isEarly: true, tx)
    try tx.record(viewer, "session.released", session, [:], world)
    if held.isPending(world.now()) { try Approval.tellTakenBack(held, viewer, tx, world) }
    return try Sessions.summary(session, viewer, tx, world)
  }
}

/// Turns a hold into a booking.
struct BookHeld: UseCase {
  var session: ID<Session>
  var question: String?
  var link: String?

  static let rules: [String: Rule] = ["question": .text(0...2000), "link": .text(0...300)]

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> SessionSummary {
    let held = try Session.find(session, for: viewer, tx)
    let now = world.now()
    guard held.state == .held, !held.isLapsed(now) else { throw held.state == .booked ? Problem.changed : .holdEnded }
    if held.approvalDue != nil { return try Sessions.summary(session, viewer, tx, world) }
    let asked = question?.trimmed ?? held.question
    let title = held.title == SessionDraft(kind: held.kind).named ? SessionDraft(kind: held.kind, question: asked).named : held.title
    let said: SQL = "question = \(asked), title = \(title), link = \(try MeetingPlace.checked(link ?? held.link))"
    if try Approval.isWanted(mentor: held.mentor, by: viewer, tx) {
      try tx.swap(
        "UPDATE session SET \(said) WHERE org_id = \(viewer.org) AND id = \(session) AND state = \("held") AND held_until > \(now)",
        otherwise: .holdEnded)
      try Approval.ask(session, due: Approval.due(start: held.start, world), viewer, tx, world)
      return try Sessions.summary(session, viewer, tx, world)
    }
    try tx.swap(
      """
      UPDATE session SET state = \("booked"), booked_at = \(now), held_until = NULL, \(said)
      WHERE org_id = \(viewer.org) AND id = \(session) AND state = \("held") AND held_until > \(now)
      """, otherwise: .holdEnded)
    try tx.run("UPDATE occupancy SET until = NULL WHERE org_id = \(viewer.org) AND session_id = \(session)")
    try Booking.announce(session, viewer, tx, world)
    return try Sessions.summary(session, viewer, tx, world)
  }
}

extension Problem {
  static let holdEnded = Problem.conflict(
    code: "hold_ended", detail: "This time was kept for five minutes and is free for others again. Choose it once more, or another.")
}
