import Foundation
import Kit
import Scheduling
import SpacedRepetition
import Store
import Web

/// How one person wants to learn.
struct Learner: Sendable {
  var options = SchedulerOptions.defaults
  /// Weights fitted to their own answers; nil while the defaults are used.
  var parameters: Parameters?
  /// At most so many minutes of review a day.
  var dailyMinutes = 10
  /// Weekdays on which they plan to learn, Monday first.
  var days: Set<Int> = [1, 2, 3, 4, 5]
  /// Whether all four answers are shown.
  var showsFour = false

  var scheduler: Scheduler { Scheduler(parameters: parameters ?? .defaults, options: options) }

  static func load(_ person: ID<Person>, org: ID<Organisation>, _ tx: Transaction) throws -> Learner {
    let row = try tx.row(
      """
      SELECT (\(MemoryFit.current(of: person, org: org))) AS weights, s.options, s.daily_minutes, s.days, s.shows_four
      FROM person LEFT JOIN learning_setting s ON s.org_id = person.org_id AND s.person_id = person.id
      WHERE person.org_id = \(org) AND person.id = \(person)
      """)
    var learner = Learner()
    guard let row else { return learner }
    learner.parameters = try row.optional("weights", as: String.self).map { try tx.decoded($0) }
    guard let options: String = try row.optional("options") else { return learner }
    let bits: Int = try row("days")
    learner.options = try tx.decoded(options)
    learner.dailyMinutes = try row("daily_minutes")
    learner.days = Set((1...7).filter { bits & 1 << ($0 - 1) != 0 })
    learner.showsFour = try row("shows_four")
    return learner
  }

  func save(_ person: ID<Person>, org: ID<Organisation>, _ tx: Transaction, _ world: World) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let text = String(decoding: try encoder.encode(options), as: UTF8.self)
    let bits = days.reduce(0) { $0 | 1 << ($1 - 1) }
    try tx.run(
      """
      INSERT INTO learning_setting (org_id, person_id, options, daily_minutes, days, shows_four, updated_at)
      VALUES (\(org), \(person), \(text), \(dailyMinutes), \(bits), \(showsFour), \(world.now()))
      ON CONFLICT (org_id, person_id) DO UPDATE SET options = excluded.options, daily_minutes = excluded.daily_minutes,
        days = excluded.days, shows_four = excluded.shows_four, updated_at = excluded.updated_at
      """)
  }
}

/// A person's clock: where their learning day begins and ends.
struct LearningClock: Sendable {
  let now: Kit.Instant
  /// Minutes east of UTC now.
  let zoneOffset: Int

  init(zone: String, _ world: World) { self.init(zone: zone, at: world.now()) }

  init(zone: String, at now: Kit.Instant) {
    self.now = now
    zoneOffset = Zones.zone(zone).offset(at: now.microseconds) / 60
  }

  var moment: SpacedRepetition.Moment { SpacedRepetition.Moment(instant: now.microseconds, zoneOffset: zoneOffset) }
  var today: DayNumber { moment.day }

  func start(of day: DayNumber) -> Kit.Instant { Instant(microseconds: day.start(zoneOffset: zoneOffset)) }
}
