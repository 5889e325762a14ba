import Jobs
import Kit
import Scheduling
import Store
import Web

/// Makes a pair meet every few weeks: the sessions of the next eight weeks at once, later ones as time goes on.
struct StartSeries: UseCase {
  /// What to do about a date that is not free.
  struct Choice: Input, Codable {
    var date: String
    /// Another time of that week; empty to leave the date out.
    var start: String?
  }

  var session: ID<Session>
  var everyWeeks: Int
  var first: String
  var time: String
  var minutes: Int
  var count: Int?
  var until: String?
  var choices: [Choice] = []

  static let rules: [String: Rule] = [
    "every_weeks": .number(1...4), "first": .date, "time": .time, "minutes": .one(of: Session.lengths),
    "count": .number(2...SessionSeries.most), "until": .date, "choices": .list(0...10), "choices.date": .date,
    "choices.start": .text(0...30),
  ]

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> SeriesMade {
    let origin = try Session.find(session, for: viewer, tx)
    let rule = try SeriesRule(self, origin, viewer, tx, world)
    let wishes = try BookingWishes.of(origin.mentor, org: viewer.org, tx)
    try wishes.check(minutes)
    guard viewer.person == origin.mentor || !wishes.confirms else {
      throw Problem.conflict(
        code: "mentor_confirms", detail: "This mentor confirms each session. Ask for the series to be set up from there.")
    }
    let id: ID<SessionSeries> = world.id()
    try tx.run(
      """
      INSERT INTO session_series (org_id, id, mentor_id, mentee_id, made_by, kind, title, every_weeks, first_date, last_date, wall_minute,
        zone, minutes, made_at)
      VALUES (\(viewer.org), \(id), \(origin.mentor), \(origin.mentee), \(viewer.person), \(origin.kind), \(origin.title), \(everyWeeks),
        \(rule.first.description), \(rule.last.description), \(rule.wall.minuteOfDay), \(rule.zone), \(minutes), \(world.now()))
      """)
    guard let series = try SessionSeries.find(id, org: viewer.org, tx) else { throw Problem.notFound }
    try tx.record(viewer, "series.started", id, ["every": "\(everyWeeks)"], world)
    let plan = try rule.plan(tx, world)
    let unsettled = plan.conflicts.filter { entry in !choices.contains { $0.date == entry.date.description } }
    guard unsettled.isEmpty else { throw SeriesRule.refusal(unsettled, of: plan) }
    for entry in plan.entries { try make(entry, series, tx, viewer, world) }
    try ExtendSeries.plan(series, tx, world)
    return SeriesMade(session: session, made: try series.following(series.first, tx, after: world.now()).count, words: series.words)
  }

  private func make(_ entry: SeriesPlan.Entry, _ series: SessionSeries, _ tx: Transaction, _ viewer: Viewer, _ world: World) throws {
    let chosen = choices.first { $0.date == entry.date.description }
    var start: Instant? = entry.start
    if let chosen, !entry.isFree {
      let text = chosen.start?.trimmed ?? ""
      guard text.isEmpty || Instant(text) != nil else { throw Problem.invalid("choices", "Choose one of the times offered.") }
      start = Instant(text)
    }
    guard let start else { return try series.note(entry.date, nil, state: "skipped", tx) }
    let made = try series.book(at: start, by: viewer, tx, world)
    try series.note(entry.date, made, state: "made", tx)
  }
}

struct SeriesMade: Output {
  let session: ID<Session>
  /// Sessions made at once.
  let made: Int
  let words: String
}

extension SessionSeries {
  func book(at start: Instant, by viewer: Viewer, _ tx: Transaction, _ world: World) throws -> ID<Session> {
    try Booking.book(
      tx, viewer, mentor: mentor, mentee: mentee, start: start, minutes: minutes, kind: kind, title: title, question: "", agreed: true,
      world)
  }
}

/// Makes the session of the next date when it comes within eight weeks. Where the time is gone both are told, and nothing is lost.
struct ExtendSeries: Job {
  static let kind = "session-series"

  let series: ID<SessionSeries>

  /// Plans the next step; none when every date has been dealt with.
  static func plan(_ series: SessionSeries, _ tx: Transaction, _ world: World) throws {
    guard let next = try series.nextOpen(tx) else { return }
    let due = max(series.start(on: next) - .days(SessionSeries.ahead), world.now())
    try tx.enqueue(ExtendSeries(series: series.id), for: series.org, key: "\(series.id)/\(next)", at: due, world)
  }

  func callAsFunction(_ tx: Transaction, org: ID<Organisation>, _ world: World) throws {
    guard let found = try SessionSeries.find(series, org: org, tx), let next = try found.nextOpen(tx),
      let maker = try Addressee.find(found.madeBy, org: org, tx)
    else { return }
    let people = try [found.mentor, found.mentee].compactMap { try Addressee.find($0, org: org, tx) }
    guard people.count == 2 else { return }
    let start = found.start(on: next)
    guard start - .days(SessionSeries.ahead) <= world.now() else { return try ExtendSeries.plan(found, tx, world) }
    let plan = try SeriesPlan.of(
      [next], wall: found.wall, zone: found.zone, mentor: found.mentor, mentee: found.mentee, minutes: found.minutes, org: org, tx, world)
    // Whoever is suspended, or gives no sessions for a while, may come back: the date is gone, the series is not.
    let areThere = people.allSatisfy(\.isActive) && people[0].roles.contains(.mentor)
    if areThere, plan.conflicts.isEmpty {
      try found.note(next, found.book(at: start, by: maker.viewer(), tx, world), state: "made", tx)
    } else {
      // Of somebody who is away each date goes by; the first of them is word enough. A block is told to nobody.
      let isBlocked = try Block.stands(between: found.mentor, and: found.mentee, org: org, tx)
      let isTold = try isBlocked || !areThere && found.hasMissedLast(tx)
      try found.note(next, nil, state: "missed", tx)
      if !isTold { try tell(people, found, next, tx, world) }
    }
    try ExtendSeries.plan(found, tx, world)
  }

  private func tell(_ people: [Addressee], _ series: SessionSeries, _ date: CivilDate, _ tx: Transaction, _ world: World) throws {
    for person in people where person.isActive {
      let isMentor = person.id == series.mentor
      try tx.send(
        Letter(
          to: person.id, .session, subject: "\(DisplayTime.day(date)) is not free for \(series.title)",
          ["One date of your series could not be booked: \(DisplayTime.dayAndYear(date)). The others stay. Choose another time for it."],
          buttons: [.init("Choose a time", isMentor ? "/sessions" : "/sessions/new?mentor=\(series.mentor)&minutes=\(series.minutes)")]),
        org: series.org, key: "series-missed/\(series.id)/\(date)/\(person.id)", world)
    }
  }
}

extension SessionSeries {
  /// Whether the latest date that something became of was missed.
  func hasMissedLast(_ tx: Transaction) throws -> Bool {
    let last: String? = try tx.value(
      "SELECT state FROM series_date WHERE org_id = \(org) AND series_id = \(id) ORDER BY date DESC LIMIT 1")
    return last == "missed"
  }

  /// The first date nothing has become of yet.
  func nextOpen(_ tx: Transaction) throws -> CivilDate? {
    let done: [String] = try tx.values("SELECT date FROM series_date WHERE org_id = \(org) AND series_id = \(id)")
    return dates.first { !Set(done).contains($0.description) }
  }
}
