import Kit
import Scheduling
import Store
import Web

/// Asks one colleague. A second question takes the place of the first.
struct OfferHandOver: UseCase {
  var session: ID<Session>
  var mentor: ID<Person>
  var words: String?

  static let rules: [String: Rule] = ["words": .text(0...500)]

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> SessionSummary {
    let found = try Session.toHandOver(session, viewer, tx, world)
    guard let colleague = try Addressee.find(mentor, org: viewer.org, tx), colleague.isActive, colleague.roles.contains(.mentor),
      !found.includes(mentor), try !Block.stands(between: mentor, and: viewer.person, org: viewer.org, tx),
      try !Block.stands(between: mentor, and: found.mentee, org: viewer.org, tx)
    else { throw Problem.invalid("mentor", "Choose a colleague who mentors.") }
    try HandOver.open(session, org: viewer.org, tx)?.settle(.withdrawn, org: viewer.org, tx, world)
    let id: ID<HandOver> = world.id()
    try tx.run(
      """
      INSERT INTO hand_over (org_id, id, session_id, from_id, to_id, sequence, words, asked_at, state)
      VALUES (\(viewer.org), \(id), \(session), \(viewer.person), \(mentor), \(found.sequence), \(words?.trimmed ?? ""), \(world.now()),
        \(HandOver.State.asked))
      """)
    try tx.record(viewer, "session.offered", session, [:], world)
    let time = DisplayTime.dayAndTime(found.start.microseconds, Zones.zone(colleague.zone))
    var lines = ["\(viewer.name) asks you to take over a session: \(found.title), \(time) your time, \(found.minutes) minutes."]
    if let words, !words.trimmed.isEmpty { lines.append("“\(words.trimmed)”") }
    try tx.send(
      Letter(
        to: mentor, .session, subject: "\(viewer.name) asks you to take over a session", lines,
        buttons: [.init("Look at it", "/sessions/hand-overs/\(id)")]), org: viewer.org, key: "hand-over/\(id)", world)
    return try Sessions.summary(session, viewer, tx, world)
  }
}

/// What a colleague sees before saying yes or no. Once there is nothing to answer any more, the session is none of their business.
struct AskedToTakeOver: UseCase {
  var handOver: ID<HandOver>

  struct Page: Output {
    let handOver: ID<HandOver>
    let isOpen: Bool
    let asked: Asked?
  }

  struct Asked: Output {
    let from: String
    let mentee: String
    let title: String
    let question: String
    let words: String
    let start: Moment
    let minutes: Int
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Page {
    let asked = try HandOver.find(handOver, for: viewer, tx)
    guard let session = try Session.find(asked.session, org: viewer.org, tx) else { throw Problem.notFound }
    guard asked.state == .asked, asked.isTrue(of: session, now: world.now()),
      try !Block.stands(between: viewer.person, and: session.mentee, org: viewer.org, tx)
    else {
      return Page(handOver: handOver, isOpen: false, asked: nil)
    }
    let names = try Member.named([asked.from, session.mentee], org: viewer.org, tx).mapValues(\.name)
    return Page(
      handOver: handOver, isOpen: true,
      asked: Asked(
        from: names[asked.from] ?? "", mentee: names[session.mentee] ?? "", title: session.title, question: session.question,
        words: asked.words, start: Moment(session.start, viewer, now: world.now()), minutes: session.minutes))
  }
}

/// Takes the session over: the old mentor's time is freed, the own is taken, the session's id and UID stay.
struct TakeOver: UseCase {
  var handOver: ID<HandOver>

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> SessionSummary {
    let asked = try HandOver.find(handOver, for: viewer, tx)
    guard let found = try Session.find(asked.session, org: viewer.org, tx) else { throw Problem.notFound }
    guard asked.state == .asked, asked.isTrue(of: found, now: world.now()),
      try !Block.stands(between: viewer.person, and: found.mentee, org: viewer.org, tx)
    else {
      throw Problem.conflict(code: "not_asked", detail: "This session is not handed over any more.")
    }
    try asked.settle(.accepted, org: viewer.org, tx, world)
    let claim = CalendarClaim(
      org: viewer.org, mentor: viewer.person, mentee: found.mentee, start: found.start, minutes: found.minutes, moving: found.id,
      world: world)
    try claim.check(tx)
    let wall = try claim.wall(tx)
    try tx.swap(
      """
      UPDATE session SET mentor_id = \(viewer.person), zone = \(wall.zone), wall = \(wall.text), sequence = sequence + 1
      WHERE org_id = \(viewer.org) AND id = \(found.id) AND state = \("booked") AND sequence = \(found.sequence)
      """, otherwise: .changed)
    try tx.run("DELETE FROM occupancy WHERE org_id = \(viewer.org) AND session_id = \(found.id)")
    try tx.run("DELETE FROM attendance WHERE org_id = \(viewer.org) AND session_id = \(found.id)")
    // What the old mentor noted for themselves is for nobody else.
    try tx.run("DELETE FROM session_note WHERE org_id = \(viewer.org) AND session_id = \(found.id) AND owner = 'mentor'")
    try SessionSeries.leave(found.id, org: viewer.org, tx)
    try ProposedTimes.clear(found.id, org: viewer.org, tx)
    try claim.booking.occupy(found.id, until: nil, tx)
    guard let taken = try Session.find(found.id, org: viewer.org, tx) else { throw Problem.notFound }
    try tx.record(viewer, "session.handed_over", found.id, ["from": "\(found.mentor)"], world)
    try SessionMail.planLeave(taken, of: found.mentor, by: viewer.person, tx, world)
    try SessionMail.plan(taken, .takenOver, by: viewer.person, from: found.mentor, tx, world)
    try SessionReminder.plan(taken, tx, world)
    return try Sessions.summary(found.id, viewer, tx, world)
  }
}

/// Leaves it with the colleague.
struct DeclineHandOver: UseCase {
  var handOver: ID<HandOver>

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Done {
    let asked = try HandOver.find(handOver, for: viewer, tx)
    try asked.settle(.declined, org: viewer.org, tx, world)
    try tx.record(viewer, "session.kept", asked.session, [:], world)
    try tx.send(
      Letter(
        to: asked.from, .session, subject: "\(viewer.name) cannot take it over", ["The session stays yours."],
        buttons: [.init("Open the session", "/sessions/\(asked.session)")]), org: viewer.org, key: "hand-over-no/\(handOver)", world)
    return Done()
  }
}

extension HandOver {
  /// Whether the session still is what was asked about.
  func isTrue(of session: Session, now: Instant) -> Bool {
    session.state == .booked && session.start > now && session.mentor == from && session.sequence == sequence
  }
}
