import Kit
import Store
import Web

/// Up to three other times that one of the two proposes for a session; the other picks one, and that is the booking.
struct ProposedTimes: Sendable {
  let by: ID<Person>
  let starts: [Instant]

  static let most = 3

  static func of(_ session: ID<Session>, org: ID<Organisation>, _ tx: Transaction, after now: Instant) throws -> ProposedTimes? {
    let rows = try tx.rows(
      """
      SELECT start_at, proposed_by FROM proposed_time WHERE org_id = \(org) AND session_id = \(session) AND start_at > \(now)
      ORDER BY start_at
      """)
    guard let first = rows.first else { return nil }
    return ProposedTimes(by: try first("proposed_by"), starts: try rows.map { try $0("start_at") })
  }

  static func clear(_ session: ID<Session>, org: ID<Organisation>, _ tx: Transaction) throws {
    try tx.run("DELETE FROM proposed_time WHERE org_id = \(org) AND session_id = \(session)")
  }
}

/// Proposes other times instead of moving at once.
struct ProposeMove: UseCase {
  var session: ID<Session>
  var starts: [Instant]

  static let rules: [String: Rule] = ["starts": .list(1...ProposedTimes.most)]

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> SessionSummary {
    let found = try Session.find(session, for: viewer, tx)
    let now = world.now()
    let isPending = found.isPending(now)
    guard isPending || found.state == .booked && found.start > now else {
      throw Problem.conflict(code: "not_open", detail: "Other times can be proposed until a session begins.")
    }
    guard !isPending || found.mentor == viewer.person else {
      throw Problem.conflict(code: "not_yours", detail: "Take it back and choose another time.")
    }
    let times = Set(starts).sorted()
    let search = try PersonTime.search(
      host: found.mentor, guest: found.mentee, minutes: found.minutes, org: viewer.org, except: session, tx, world)
    guard times.allSatisfy({ $0 == Instant(minutes: $0.minutes) && search.isSlot($0.minutes) && $0 != found.start }) else {
      throw Problem.conflict(code: "slot_taken", detail: "One of these times is not free any more. Choose from those shown now.")
    }
    try ProposedTimes.clear(session, org: viewer.org, tx)
    for time in times {
      try tx.run(
        """
        INSERT INTO proposed_time (org_id, session_id, start_at, proposed_by, proposed_at)
        VALUES (\(viewer.org), \(session), \(time), \(viewer.person), \(now))
        """)
    }
    if isPending, let last = times.last { try keepWaiting(found, until: min(last, now + Approval.patience), viewer, tx, world) }
    try tx.record(viewer, "session.proposed", session, ["times": "\(times.count)"], world)
    try Approval.tell(
      found, found.other(than: viewer.person), "\(viewer.name) proposes another time",
      { words in
        let texts = times.map { SharedTime.words($0, zone: words.own.zone, other: (words.other.zone, words.other.name)) }
        return ["Instead of \(words.when)", "Proposed: \(texts.joined(separator: " or "))."]
      }, button: .init("Pick a time", "/sessions/\(session)"), key: "proposed", tx, world)
    return try Sessions.summary(session, viewer, tx, world)
  }

  /// The mentor has answered: the mentee has as long to pick as a mentor has for an answer, also beyond the time first wished for.
  private func keepWaiting(_ found: Session, until due: Instant, _ viewer: Viewer, _ tx: Transaction, _ world: World) throws {
    guard let former = found.approvalDue, due > former else { return }
    try tx.run("UPDATE session SET held_until = \(due), approval_due = \(due) WHERE org_id = \(viewer.org) AND id = \(session)")
    try tx.run("UPDATE occupancy SET until = \(due) WHERE org_id = \(viewer.org) AND session_id = \(session)")
    try EndApproval.plan(found, due: due, tx, world)
  }
}

/// Picks one of the times that the other proposed: a booking like any other.
struct AcceptMove: UseCase {
  var session: ID<Session>
  var start: Instant

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> SessionSummary {
    let found = try Session.find(session, for: viewer, tx)
    try ProposedTimes.toAnswer(found, viewer, naming: start, tx, world)
    try Booking.move(found, to: start, minutes: found.minutes, viewer, tx, world)
    return try Sessions.summary(session, viewer, tx, world)
  }
}

/// None of the times suits: what was agreed stays, and a wish that waits ends.
struct DeclineMove: UseCase {
  var session: ID<Session>

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> SessionSummary {
    let found = try Session.find(session, for: viewer, tx)
    try ProposedTimes.toAnswer(found, viewer, naming: nil, tx, world)
    try ProposedTimes.clear(session, org: viewer.org, tx)
    if found.isPending(world.now()) { try Booking.lapse(session, org: viewer.org, isEarly: true, tx) }
    try tx.record(viewer, "session.unproposed", session, [:], world)
    try Approval.tell(
      found, found.other(than: viewer.person), "The times did not fit",
      { [found.state == .booked ? "It stays at \($0.when)" : "None of the times suited \($0.other.name)."] },
      button: .init("Open the session", "/sessions/\(session)"), key: "unproposed", tx, world)
    return try Sessions.summary(session, viewer, tx, world)
  }
}

extension ProposedTimes {
  /// Refuses whoever was not asked, and a time that was not named.
  static func toAnswer(_ found: Session, _ viewer: Viewer, naming start: Instant?, _ tx: Transaction, _ world: World) throws {
    let now = world.now()
    guard found.isPending(now) || found.state == .booked && found.start > now,
      let proposed = try of(found.id, org: viewer.org, tx, after: now), proposed.by != viewer.person
    else { throw Problem.conflict(code: "not_proposed", detail: "No other time is proposed to you for this session.") }
    guard let start, !proposed.starts.contains(start) else { return }
    throw Problem.invalid("start", "Choose one of the times proposed.")
  }
}
