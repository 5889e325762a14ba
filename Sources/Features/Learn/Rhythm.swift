import Kit
import SpacedRepetition
import Store
import Web

/// The last seven days, and how many of the last planned ones were kept. A missed day costs nothing.
struct Rhythm: Output, Hashable {
  let days: [Day]
  let finding: String

  struct Day: Output, Hashable {
    /// "Mon".
    let label: String
    /// `done`, `planned`, `rest` or `none`.
    let kind: String
    let words: String
    let today: Bool
  }

  /// How far back planned days are looked for.
  private static let reach = 28

  static func load(_ viewer: Viewer, _ learner: Learner, _ clock: LearningClock, _ tx: Transaction) throws -> Rhythm {
    let today = clock.today
    let first = today.advanced(by: -reach)
    let reviewed: [Int] = try tx.values(
      """
      SELECT DISTINCT day FROM review_event
      WHERE org_id = \(viewer.org) AND person_id = \(viewer.person) AND day >= \(first.rawValue) AND kind = 'review'
      """)
    let finished: [Kit.Instant] = try tx.values(
      """
      SELECT seen_at FROM attempt WHERE org_id = \(viewer.org) AND person_id = \(viewer.person) AND seen_at >= \(clock.start(of: first))
      """)
    let day = { (time: Kit.Instant) in SpacedRepetition.Moment(instant: time.microseconds, zoneOffset: clock.zoneOffset).day }
    let joined: Kit.Instant? = try tx.value(
      "SELECT coalesce(joined_at, created_at) FROM person WHERE org_id = \(viewer.org) AND id = \(viewer.person)")
    return Rhythm(
      active: Set(reviewed + finished.map { day($0).rawValue }), plan: learner.days, today: today, joined: joined.map(day))
  }

  /// - Parameter joined: the day on which the person came; nothing was missed before it.
  init(active: Set<Int>, plan: Set<Int>, today: DayNumber, joined: DayNumber? = nil) {
    days = (-6...0).map { back in
      let day = today.advanced(by: back)
      let isDone = active.contains(day.rawValue)
      if !isDone, let joined, day < joined {
        return Day(label: Rhythm.names[day.weekday - 1], kind: "rest", words: "before you joined", today: false)
      }
      let isPlanned = plan.contains(day.weekday)
      return Day(
        label: Rhythm.names[day.weekday - 1], kind: isDone ? "done" : isPlanned ? back == 0 ? "planned" : "none" : "rest",
        words: isDone ? "learnt" : isPlanned ? back == 0 ? "planned" : "not this time" : "a rest day", today: back == 0)
    }
    // Today counts once something is done; until then the day is not over.
    // Nobody has missed a day before the first one.
    let first = active.min() ?? today.rawValue
    let planned = (-Rhythm.reach...0).map { today.advanced(by: $0) }
      .filter { $0.rawValue >= first && plan.contains($0.weekday) && ($0 < today || active.contains($0.rawValue)) }.suffix(5)
    let kept = planned.count { active.contains($0.rawValue) }
    if plan.isEmpty {
      finding = "You plan no days. Whatever you do counts."
    } else if active.isEmpty {
      finding = "Your first day starts the rhythm."
    } else if planned.isEmpty {
      finding = "Your rhythm has begun."
    } else {
      finding = "\(kept) of your last \(counted(planned.count, "planned day"))."
    }
  }

  private static let names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
}
