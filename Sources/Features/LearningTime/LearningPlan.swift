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
      """)
    let busy = try rows.map { Interval(startMicroseconds: try $0("starts_at"), endMicroseconds: try $0("ends_at")) }
    let turns = try tx.rows(
      """
      SELECT starts_at, state FROM learning_turn WHERE org_id = \(person.org) AND person_id = \(person.id) AND starts_at > \(now - .days(60))
        AND starts_at < \(now) AND state <> 'dropped' ORDER BY starts_at LIMIT 100
      """)
    let outcomes = try turns.map { row in
      let local = zone.local(at: try row("starts_at"))
      return LearningOutcome(local.date.weekday, at: local.time, offered: 1, done: try row("state", as: String.self) == "done" ? 1 : 0)
    }
    return LearningPlan(zone: zone, today: zone.local(at: now.microseconds).date, busy: busy, outcomes: outcomes)
  }

  func proposals(minutes: Int) -> [LearningProposal] {
    LearningAudit(
      busy: busy, zone: zone, today: today, from: LearningPlan.opens, to: LearningPlan.closes, minutes: minutes,
      weekdays: LearningPlan.workdays, outcomes: outcomes
    ).proposals()
  }
}
