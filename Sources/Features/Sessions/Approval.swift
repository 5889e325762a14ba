import Jobs
import Kit
import Scheduling
import Store
import Web

/// A booking that waits for the mentor's word: a hold that lasts until the mentor has answered, for 48 hours at most.
enum Approval {
  static let patience = Span.hours(48)
  /// So many at a time: whoever waits for answers does not block more calendars.
  static let most = 3

  /// Whether the mentor is asked before a booking by this viewer holds.
  static func isWanted(mentor: ID<Person>, by viewer: Viewer, _ tx: Transaction) throws -> Bool {
    guard viewer.person != mentor else { return false }
    return try BookingWishes.of(mentor, org: viewer.org, tx).confirms
  }

  static func due(start: Instant, _ world: World) -> Instant { min(world.now() + patience, start) }

  /// Until when at the latest an hour for this ask waits for a mentor's word; nil when none does.
  static func latestDue(for ask: ID<Ask>, org: ID<Organisation>, _ tx: Transaction, _ world: World) throws -> Instant? {
    try tx.value(
      """
      SELECT max(held_until) FROM session WHERE org_id = \(org) AND ask_id = \(ask) AND state = \("held")
        AND approval_due IS NOT NULL AND held_until > \(world.now())
      """)
  }

  /// Turns a hold into a question to the mentor.
  static func ask(_ id: ID<Session>, due: Instant, _ viewer: Viewer, _ tx: Transaction, _ world: World) throws {
    let waiting = try tx.count(
      """
      SELECT count(*) FROM session WHERE org_id = \(viewer.org) AND mentee_id = \(viewer.person) AND state = \("held")
        AND approval_due IS NOT NULL AND held_until > \(world.now()) AND id <> \(id)
      """)
    guard waiting < most else {
      throw Problem.conflict(code: "too_many_waiting", detail: "\(most) of your wishes wait for an answer. Take one back first.")
    }
    try tx.run("UPDATE session SET held_until = \(due), approval_due = \(due) WHERE org_id = \(viewer.org) AND id = \(id)")
    try tx.run("UPDATE occupancy SET until = \(due) WHERE org_id = \(viewer.org) AND session_id = \(id)")
    try tx.record(viewer, "session.asked", id, [:], world)
    guard let session = try Session.find(id, org: viewer.org, tx) else { throw Problem.notFound }
    try EndApproval.plan(session, due: due, tx, world)
    let asker = try HiddenAsker.name(of: session, tx) ?? viewer.name
    try tell(
      session, session.mentor, "\(asker) would like to meet you",
      {
        ["\(asker) chose a time of yours: \($0.when)", "It is kept until you answer, at the latest \(dated(due, $0.own)) your time."]
      },
      button: .init("Answer", "/sessions/\(id)"), key: "asked", tx, world)
  }

  static func tellTakenBack(_ session: Session, _ viewer: Viewer, _ tx: Transaction, _ world: World) throws {
    let asker = try HiddenAsker.name(of: session, tx) ?? viewer.name
    try tell(
      session, session.mentor, "\(asker) took the request back", { ["The time is free again: \($0.when)"] }, button: nil,
      key: "taken-back", tx, world)
  }

  /// Tells the mentee that it will not be this time, with three others.
  static func tellRefused(_ session: Session, _ subject: String, key: String, _ tx: Transaction, _ world: World) throws {
    let free = try OtherTimes.of(session, zone: session.zone, tx, world)
    try tell(
      session, session.mentee, subject,
      { words in
        var lines = ["It was about \(words.when)"]
        let texts = free.map { SharedTime.words($0, zone: words.own.zone, other: (words.other.zone, words.other.name)) }
        if !texts.isEmpty { lines.append("Free next: \(listed(texts)).") }
        return lines
      }, button: .init("Choose another time", "/sessions/\(session.id)"), key: key, tx, world)
  }

  static func tell(
    _ session: Session, _ person: ID<Person>, _ subject: String, _ lines: (SessionWords) -> [String], button: Letter.Button?, key: String,
    _ tx: Transaction, _ world: World
  ) throws {
    guard let own = try Addressee.find(person, org: session.org, tx), own.isActive,
      let other = try Addressee.find(session.other(than: person), org: session.org, tx)
    else { return }
    let isNameless = try HiddenAsker.name(of: session, tx) != nil
    let told = isNameless && person == session.mentor ? Addressee(hiddenFrom: own) : other
    let words = SessionWords(session: session, own: own, other: told)
    try tx.send(
      Letter(
        to: person, .session, subject: subject, lines(words), quote: session.question.isEmpty ? nil : session.question,
        buttons: button.map { [$0] } ?? []),
      org: session.org, key: "session-\(key)/\(session.id)/\(session.sequence)/\(world.now().microseconds)/\(person)", world)
  }

  private static func dated(_ instant: Instant, _ person: Addressee) -> String {
    DisplayTime.dayAndTime(instant.microseconds, Zones.zone(person.zone))
  }
}
