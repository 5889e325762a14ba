import Kit
import Scheduling
import Store
import Web

/// What one side takes away: an insight, promises, a lesson, what comes next, and how it was. Only the insight is required.
struct WrapUp: UseCase {
  enum Owner: String, Choice { case me, other }

  struct Promise: Input, Codable {
    var text: String?
    /// A date; in two weeks when left out.
    var due: String?
    var owner: Owner?
  }

  var session: ID<Session>
  var insight: String
  var makeCard: Bool?
  var actions: [Promise]?
  var lesson: ID<Lesson>?
  var next: WrapUpRow.Next?
  /// The time of the next session, when `next` is `book`.
  var nextStart: Instant?
  /// 1 to 5.
  var points: Int?
  var line: String?

  static let rules: [String: Rule] = [
    "insight": .text(1...500), "actions": .list(0...3), "actions.text": .text(0...200), "actions.due": .date, "points": .number(1...5),
    "line": .text(0...300),
  ]

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> SessionSummary {
    let found = try Session.find(session, for: viewer, tx)
    try open(found, tx, viewer, world)
    let other = found.other(than: viewer.person)
    let booked = try Sessions.next(after: found, tx, world)
    if next == .book, let booked, booked.start != nextStart { throw nextBooked(booked, viewer) }
    let written = try Insights.add(insight.trimmed, found, tx, viewer, world)
    if makeCard == true { try InsightCard.make(written, tx, viewer, world) }
    for (place, promise) in (actions ?? []).enumerated() {
      guard let text = promise.text?.trimmed, !text.isEmpty else { continue }
      let owner = promise.owner == .other ? other : viewer.person
      try ActionItems.add(
        text, due: try due(promise, place, viewer, world), owner: owner, to: owner == other ? viewer.person : other, session, tx, viewer,
        world)
    }
    if let lesson { try assign(lesson, found, before: booked?.start ?? nextStart, tx, viewer, world) }
    try tx.run(
      """
      INSERT INTO wrap_up (org_id, session_id, author_id, lesson_id, next, sent_at)
      VALUES (\(viewer.org), \(session), \(viewer.person), \(lesson), \(next ?? .none), \(world.now()))
      """)
    try rate(other, tx, viewer, world)
    try tx.record(viewer, "session.wrapped_up", session, [:], world)
    try settle(found, tx, viewer, world)
    if next == .book, booked == nil { try bookNext(found, tx, viewer, world) }
    return try Sessions.summary(session, viewer, tx, world)
  }

  /// It must have begun, and not have been missed; a wrap-up says that it took place.
  private func open(_ found: Session, _ tx: Transaction, _ viewer: Viewer, _ world: World) throws {
    guard [.booked, .met].contains(found.state), found.start <= world.now() else {
      throw Problem.conflict(code: "not_open", detail: "A session can be wrapped up once it has begun and took place.")
    }
    if try WrapUpRow.exists(session, by: viewer.person, org: viewer.org, tx) {
      throw Problem.conflict(code: "already_sent", detail: "You have sent your wrap-up of this session.")
    }
    guard found.state == .booked else { return }
    for person in found.people { try Attendance.set(session, person, .present, by: viewer.person, org: viewer.org, tx, world) }
    try found.turn(to: .met, tx)
    try tx.record(viewer, "session.met", session, [:], world)
  }

  private func due(_ promise: Promise, _ place: Int, _ viewer: Viewer, _ world: World) throws -> CivilDate {
    let today = viewer.today(world)
    guard let text = promise.due, !text.isEmpty else { return today.adding(days: 14).workingDay }
    guard let date = CivilDate(text), date >= today, date.days(since: today) <= 366 else {
      throw Problem.invalid("actions.\(place).due", "Choose a date within a year from today.")
    }
    return date
  }

  /// The lesson is for the mentee, whoever chose it, and is due before the next session.
  private func assign(
    _ lesson: ID<Lesson>, _ found: Session, before meeting: Instant?, _ tx: Transaction, _ viewer: Viewer, _ world: World
  ) throws {
    // Whoever keeps the other away is sent nothing, and the other's words are kept like any.
    guard try !Block.stands(between: found.mentor, and: found.mentee, org: found.org, tx) else { return }
    let day = meeting.map { Zones.zone(viewer.zone).local(at: $0.microseconds).date } ?? viewer.today(world).adding(days: 14).workingDay
    _ = try AssignLesson(
      lesson: lesson, person: found.mentee, due: day.description, why: "For your session: \(found.title)".shortened(to: 300))(
        tx, viewer, world)
  }

  private func rate(_ other: ID<Person>, _ tx: Transaction, _ viewer: Viewer, _ world: World) throws {
    guard let points else { return }
    try tx.run(
      """
      INSERT INTO rating (org_id, session_id, author_id, subject_id, points, line, at)
      VALUES (\(viewer.org), \(session), \(viewer.person), \(other), \(points), \(line?.trimmed ?? ""), \(world.now()))
      """)
  }

  /// The first one answers the ask; the second opens each side's words to the other.
  private func settle(_ found: Session, _ tx: Transaction, _ viewer: Viewer, _ world: World) throws {
    if let ask = found.ask { try Ask.answered(ask, by: found.id, metAt: found.start, tx, viewer, world) }
    guard try WrapUpRow.of(session, org: viewer.org, tx).count == 2 else { return }
    try tx.swap(
      "UPDATE session SET state = \("wrapped") WHERE org_id = \(viewer.org) AND id = \(session) AND state = \("met")", otherwise: .changed)
    try Insights.release(found, tx, world)
    try ActionItems.release(session, org: viewer.org, tx, world)
    try tx.record(viewer, "session.wrapped", session, [:], world)
  }

  /// The other was first: a second session beside theirs would help nobody.
  private func nextBooked(_ booked: Session, _ viewer: Viewer) -> Problem {
    .conflict(
      code: "next_booked", detail: "Your next session is booked already: \(booked.startWords(viewer)). Choose another answer.")
  }

  private func bookNext(_ found: Session, _ tx: Transaction, _ viewer: Viewer, _ world: World) throws {
    guard let nextStart else { throw Problem.invalid("next_start", "Choose a time for the next session, or choose another answer.") }
    do {
      _ = try Booking.book(
        tx, viewer, mentor: found.mentor, mentee: found.mentee, start: nextStart, minutes: found.minutes, kind: found.kind,
        title: found.title, question: "", world)
    } catch Problem.notFound {
      // One of the two has left since, or keeps the other away: as with a full calendar, so that what was written is kept.
      throw Problem.noSlot
    }
  }
}

extension CivilDate {
  /// The day itself, or the Monday after its weekend.
  var workingDay: CivilDate { weekday < .saturday ? self : adding(days: 8 - weekday.rawValue) }
}
