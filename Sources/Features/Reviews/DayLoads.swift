import Kit
import SpacedRepetition
import Store
import Web

/// What is due on the coming days, so that a card goes to one of the days that suit it with room on it.
struct DayLoads: Sendable {
  let learner: Learner
  /// Cards due by day.
  let counts: [Int: Int]

  /// The days that suit a card; nil when there is nothing to choose.
  static func days(_ scheduler: Scheduler, _ progress: CardProgress) -> (first: DayNumber, last: DayNumber)? {
    guard let last = progress.lastReview?.day, let range = scheduler.fuzzRange(of: progress), range.lower < range.upper else { return nil }
    return (last.advanced(by: range.lower), last.advanced(by: range.upper))
  }

  /// - Parameter days: those that matter; all that a card may be put on when it is nil.
  static func load(
    _ viewer: Viewer, _ learner: Learner, _ clock: LearningClock, _ days: (first: DayNumber, last: DayNumber)?, _ tx: Transaction
  ) throws -> DayLoads {
    let soonest = clock.now + Span(microseconds: 1)
    let begin = days.map { max(clock.start(of: $0.first), soonest) } ?? soonest
    let end = clock.start(of: (days?.last ?? clock.today.advanced(by: Scheduler.longestBalancedInterval * 2)).advanced(by: 1))
    let rows = try tx.rows(
      """
      SELECT due_at, count(*) AS n FROM card WHERE org_id = \(viewer.org) AND person_id = \(viewer.person) AND suspended_at IS NULL
        AND due_at >= \(begin) AND due_at < \(end) GROUP BY due_at
      """)
    var counts: [Int: Int] = [:]
    for row in rows {
      let due = SpacedRepetition.Moment(instant: try row("due_at", as: Kit.Instant.self).microseconds, zoneOffset: clock.zoneOffset)
      counts[due.day.rawValue, default: 0] += try row("n", as: Int.self)
    }
    return DayLoads(learner: learner, counts: counts)
  }

  /// The day for a card after an answer; nil when the one it has is kept.
  func day(for progress: CardProgress, card: ID<Card>) -> DayNumber? {
    let day = learner.scheduler.balancedDay(for: progress, card: card.value) { day in
      PlanDay(
        load: Double((counts[day.rawValue] ?? 0) * ReviewQueue.usualPace) / 60, budget: Double(learner.dailyMinutes),
        ease: learner.days.isEmpty || learner.days.contains(day.weekday) ? .normal : .free)
    }
    return day.flatMap { progress.due == .day($0) ? nil : $0 }
  }
}

extension DayNumber {
  /// 1 for Monday to 7 for Sunday; 1970-01-01 was a Thursday.
  var weekday: Int { ((rawValue + 3) % 7 + 7) % 7 + 1 }
}
