import Kit
import Scheduling
import Store
import Web

/// What is known of a person's week: working hours, what is taken, how learning went.
struct LearningPlan {
  /// Outside of these nothing is proposed.
  static let opens = WallTime(hour: 8, minute: 0) ?? .midnight
  static let closes = WallTime(hour: 18, minute: 0) ?? .midnight
  static let workdays: [Weekday] = [.monday, .tuesday, .wednesday, .thursday, .friday]

  let zone: Zone
  let today: CivilDate
  let busy: [Interval]
  let outcomes: [LearningOutcome]

  /// Everything that takes the person's time from four weeks ago to two weeks ahead.
  static func load(_ person: Addressee, _ tx: Transaction, _ world: World) throws -> LearningPlan {
    let now = world.now()
    let zone = Zones.zone(person.zone)
    let (from, to) = (now - .days(29), now + .days(15))
    let rows = try tx.rows(
      """
      SELECT starts_at, ends_at FROM busy_time WHERE org_id = \(person.org) AND person_id = \(person.id)
        AND starts_at < \(to) AND ends_at > \(from)
      UNION ALL
      SELECT starts_at, ends_at FROM session WHERE org_id = \(person.org) AND (mentor_id = \(person.id) OR mentee_id = \(person.id))
        AND state IN ('booked', 'met', 'wrapped', 'no_show') AND starts_at < \(to) AND starts_at > \(from)
      UNION ALL
      SELECT seat.starts_at, seat.ends_at FROM occupancy AS seat
      JOIN group_session ON group_session.org_id = seat.org_id AND group_session.id = seat.session_id
      WHERE seat.org_id = \(person.org) AND seat.person_id = \(person.id) AND seat.starts_at < \(to) AND seat.ends_at > \(from)
      """)
    let busy = try rows.map { Interval(startMicroseconds: try $0("starts_at"), endMicroseconds: try $0("ends_at")) }
    let outcomes = try turns(of: person, since: now - .days(60), until: now - LearningPlan.use, tx).map { turn in
      let local = zone.local(at: turn.start.microseconds)
      return LearningOutcome(local.date.weekday, at: local.time, offered: 1, done: turn.isDone ? 1 : 0)
    }
    return LearningPlan(zone: zone, today: zone.local(at: now.microseconds).date, busy: busy, outcomes: outcomes)
  }

  /// How long after its beginning a reminder is still what somebody learned by.
  private static let use = Span.hours(1)

  /// Reminders that were sent, and whether a card was answered or a lesson worked on within the hour.
  private static func turns(
    of person: Addressee, since: Instant, until: Instant, _ tx: Transaction
  ) throws -> [(start: Instant, isDone: Bool)] {
    let day = Span.days(1).microseconds
    return try tx.rows(
      """
      SELECT starts_at, CASE WHEN EXISTS (
          SELECT 1 FROM review_event AS answer WHERE answer.org_id = turn.org_id AND answer.person_id = turn.person_id
            AND answer.kind IN ('review', 'practice') AND answer.day BETWEEN turn.starts_at / \(day) - 1 AND turn.starts_at / \(day) + 1
            AND answer.corrected_at BETWEEN turn.starts_at AND turn.starts_at + \(use.microseconds))
        OR EXISTS (
          SELECT 1 FROM attempt WHERE attempt.org_id = turn.org_id AND attempt.person_id = turn.person_id
            AND (attempt.seen_at BETWEEN turn.starts_at AND turn.starts_at + \(use.microseconds)
              OR attempt.finished_at BETWEEN turn.starts_at AND turn.starts_at + \(use.microseconds)))
        THEN 1 ELSE 0 END AS done
      FROM learning_turn AS turn WHERE org_id = \(person.org) AND person_id = \(person.id) AND state = 'told'
        AND starts_at BETWEEN \(since) AND \(until) ORDER BY starts_at LIMIT 100
      """
    ).map { row in (try row("starts_at"), try row("done", as: Int.self) == 1) }
  }

  func proposals(minutes: Int) -> [LearningProposal] {
    LearningAudit(
      busy: busy, zone: zone, today: today, from: LearningPlan.opens, to: LearningPlan.closes, minutes: minutes,
      weekdays: LearningPlan.workdays, outcomes: outcomes
    ).proposals()
  }
}
