import Kit
import Store
import Web

/// Says that the viewer is there, or that the other person is.
struct CheckIn: UseCase {
  enum Who: String, Choice { case me, other, both }

  /// How long before the start somebody may check in.
  static let early = Span.minutes(15)

  var session: ID<Session>
  var who: Who?

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> SessionSummary {
    let found = try Session.find(session, for: viewer, tx)
    guard found.state == .booked else { throw Problem.conflict(code: "not_booked", detail: "This session is not open for checking in.") }
    guard world.now() >= found.start - CheckIn.early else {
      throw Problem.conflict(code: "too_early", detail: "You can check in from 15 minutes before the start.")
    }
    let other = found.other(than: viewer.person)
    let people =
      switch who ?? .me {
      case .me: [viewer.person]
      case .other: [other]
      case .both: [viewer.person, other]
      }
    for person in people { try Attendance.set(session, person, .present, by: viewer.person, org: viewer.org, tx, world) }
    try tx.record(viewer, "session.checked_in", session, [:], world)
    if found.end <= world.now(), try Attendance.present(session, org: viewer.org, tx).count == 2 {
      try found.turn(to: .met, tx)
      try tx.record(viewer, "session.met", session, [:], world)
    }
    return try Sessions.summary(session, viewer, tx, world)
  }
}

/// Says that the other person did not come: ten minutes after the start, by somebody who is there, of somebody who is not.
struct MarkNoShow: UseCase {
  static let patience = Span.minutes(10)

  var session: ID<Session>

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> SessionSummary {
    let found = try Session.find(session, for: viewer, tx)
    guard found.state == .booked else { throw Problem.conflict(code: "not_booked", detail: "This session is settled already.") }
    guard world.now() >= found.start + MarkNoShow.patience else {
      throw Problem.conflict(code: "too_early", detail: "Wait until 10 minutes after the start.")
    }
    let other = found.other(than: viewer.person)
    let there = try Attendance.load(session, org: viewer.org, tx)
    guard there[viewer.person] == .present else {
      throw Problem.conflict(code: "not_checked_in", detail: "Check in first: only somebody who is there can say so.")
    }
    guard there[other] != .present else { throw Problem.conflict(code: "was_there", detail: "The other person has checked in.") }
    try found.turn(to: .noShow, tx)
    if let ask = found.ask { try Ask.released(ask, from: session, tx, viewer, world) }
    try Attendance.set(session, other, .absent, by: viewer.person, org: viewer.org, tx, world)
    try tx.record(viewer, "session.missed", session, ["absent": "\(other)"], world)
    return try Sessions.summary(session, viewer, tx, world)
  }
}

/// Answers "Did it take place?" when nobody had checked in.
struct SayTookPlace: UseCase {
  var session: ID<Session>
  var tookPlace: Bool

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> SessionSummary {
    let found = try Session.find(session, for: viewer, tx)
    guard found.state == .booked, found.end <= world.now() else {
      throw Problem.conflict(code: "not_open", detail: "This is asked once the session is over.")
    }
    if tookPlace {
      for person in found.people { try Attendance.set(session, person, .present, by: viewer.person, org: viewer.org, tx, world) }
      try found.turn(to: .met, tx)
      try tx.record(viewer, "session.met", session, [:], world)
    } else {
      // Without blame: nobody was there, so nobody failed to come.
      try tx.swap(
        """
        UPDATE session SET state = \("cancelled"), cancelled_at = \(world.now()), cancelled_by = \(viewer.person)
        WHERE org_id = \(viewer.org) AND id = \(session) AND state = \("booked") AND sequence = \(found.sequence)
        """, otherwise: .changed)
      try tx.run("DELETE FROM occupancy WHERE org_id = \(viewer.org) AND session_id = \(session)")
      if let ask = found.ask { try Ask.released(ask, from: session, tx, viewer, world) }
      try tx.record(viewer, "session.not_held", session, [:], world)
    }
    return try Sessions.summary(session, viewer, tx, world)
  }
}
