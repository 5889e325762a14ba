import Jobs
import Kit
import Scheduling
import Store
import Web

/// Every quarter of an hour: plans the reminder of today for everybody whose window comes within the hour.
struct PlanLearning: Job {
  static let kind = "plan-learning"

  static let handler = JobHandler(PlanLearning.self) { _, run in
    // Of all organisations: this is the installation's own work.
    let people = try await run.store.read { tx in
      try tx.all(
        """
        SELECT org_id, id, email, name, zone, state, roles FROM person WHERE state = 'active'
          AND EXISTS (SELECT 1 FROM learning_window WHERE learning_window.org_id = person.org_id AND learning_window.person_id = person.id)
        """, as: Addressee.self)
    }
    for person in people { try await run.store.write { tx in try plan(person, tx, run.world) } }
  }

  /// A meeting on a window moves it within the day, or drops it.
  static func plan(_ person: Addressee, _ tx: Transaction, _ world: World) throws {
    let now = world.now()
    let zone = Zones.zone(person.zone)
    let today = zone.local(at: now.microseconds).date
    guard let row = try LearningTime.rows(of: person.id, org: person.org, tx).first(where: { $0.window.weekday == today.weekday }) else {
      return
    }
    let own = Instant(minutes: row.window.interval(on: today, zone).start)
    guard own >= now, own - now <= .hours(1) else { return }
    let busy = try LearningPlan.load(person, tx, world).busy
    let start = LearningDay.start(
      of: row.window, on: today, busy: busy, from: LearningPlan.opens, to: LearningPlan.closes, earliest: now.minutes, zone)
    let at = start.map { Instant(minutes: $0) } ?? own
    let made = try tx.run(
      """
      INSERT INTO learning_turn (org_id, person_id, day, window_id, starts_at, state)
      VALUES (\(person.org), \(person.id), \(today.description), \(row.id), \(at), \(start == nil ? "dropped" : "planned"))
      ON CONFLICT (org_id, person_id, day) DO NOTHING
      """)
    guard made == 1, start != nil else { return }
    let job = RemindLearning(person: person.id, day: today.description)
    try tx.enqueue(job, for: person.org, key: "\(person.id)/\(today)", at: at, world)
  }
}

/// Reminds of learning at the beginning of the day's window: once, and not when there is nothing to do or it was done.
struct RemindLearning: Job {
  static let kind = "remind-learning"
  let person: ID<Person>
  let day: String

  func callAsFunction(_ tx: Transaction, org: ID<Organisation>, _ world: World) throws {
    let now = world.now()
    let row = try tx.row(
      """
      SELECT w.minutes AS minutes, t.starts_at AS starts_at FROM learning_turn t
      JOIN learning_window w ON w.org_id = t.org_id AND w.id = t.window_id
      WHERE t.org_id = \(org) AND t.person_id = \(person) AND t.day = \(day) AND t.state = 'planned'
      """)
    guard let row, let own = try Addressee.find(person, org: org, tx), own.isActive else { return }
    let minutes: Int = try row("minutes")
    let start: Instant = try row("starts_at")
    let cards = try Cards.due(person, org: org, zone: own.zone, tx, world)
    let lessons = try Assignments.open(person, org: org, limit: 3, tx)
    // Too late to be of use, or nothing to do: the day goes by without a word.
    let isOfUse = now - start < .minutes(max(10, minutes)) && (cards.count > 0 || !lessons.isEmpty)
    try tx.run(
      """
      UPDATE learning_turn SET state = \(isOfUse ? "told" : "dropped"), told_at = \(now)
      WHERE org_id = \(org) AND person_id = \(person) AND day = \(day) AND state = 'planned'
      """)
    guard isOfUse else { return }
    let things = [
      cards.count > 0 ? counted(cards.count, "card") : nil, lessons.isEmpty ? nil : counted(lessons.count, "lesson"),
    ].compactMap { $0 }
    var letter = Letter(
      to: person, .learning, subject: "\(minutes) minutes for learning: \(listed(things))", ["This is the time you keep for it."],
      buttons: [
        cards.count > 0 ? .init("Review", "/reviews") : .init("Learn", "/learn"), .init("Change the time", "/you/learning-time"),
      ])
    letter.isAtOnce = true
    try tx.send(letter, org: org, key: "learning/\(person)/\(day)", world)
  }
}
