import Kit
import SpacedRepetition
import Store
import Web

/// What is to be reviewed today, in the order of need, within the day's minutes.
struct ReviewQueue: Sendable {
  struct Entry: Sendable {
    let id: ID<Card>
    /// Predicted recall; nil for a card that was never answered.
    let recall: Double?

    fileprivate init(row: Row, _ learner: Learner, _ today: DayNumber) throws {
      id = try row("id")
      if let stability: Double = try row.optional("stability"), let difficulty: Double = try row.optional("difficulty"),
        let last: Int = try row.optional("last_day")
      {
        let memory = MemoryState(stability: stability, difficulty: difficulty)
        recall = learner.scheduler.model.retrievability(of: memory, afterDays: Double(DayNumber(rawValue: last).days(to: today)))
      } else {
        recall = nil
      }
    }
  }

  let learner: Learner
  /// The card that needs it most; nil when nothing is due within the day's minutes.
  let first: Entry?
  /// Cards that are due now and within the day's minutes.
  let count: Int
  /// Due now, whatever the day's minutes say.
  let due: Int
  /// Answers given today.
  let answeredToday: Int
  /// Seconds that an answer takes this person.
  let pace: Int

  /// Cards that are due and wait for another day.
  var waiting: Int { due - count }
  var minutes: Int { Self.minutes(count, pace: pace) }

  /// Most cards looked at; a backlog beyond it shows itself as it is worked off.
  static let horizon = 500
  /// Seconds an answer takes until a person's own pace is known.
  static let usualPace = 20

  static func minutes(_ count: Int, pace: Int) -> Int { count == 0 ? 0 : max(1, (count * pace + 30) / 60) }

  /// - Parameter isUncapped: whether to show everything that is due.
  static func load(
    _ person: ID<Person>, org: ID<Organisation>, clock: LearningClock, isUncapped: Bool = false, _ tx: Transaction
  ) throws -> ReviewQueue {
    let learner = try Learner.load(person, org: org, tx)
    let today = clock.today.rawValue
    let due: SQL =
      """
      (SELECT id, due_at, stability, difficulty, last_day, CASE WHEN state IN ('learning', 'relearning') THEN 1 ELSE 0 END AS step FROM card
        WHERE org_id = \(org) AND person_id = \(person) AND suspended_at IS NULL AND due_at <= \(clock.now)
        ORDER BY due_at, id LIMIT \(horizon)) AS due
      """
    let counts = try tx.row("SELECT count(*) AS n, coalesce(sum(step), 0) AS steps FROM \(due)")
    let (all, steps) = try (counts?("n") ?? 0, counts?("steps") ?? 0) as (Int, Int)
    let answered = try tx.count(
      "SELECT count(*) FROM review_event WHERE org_id = \(org) AND person_id = \(person) AND day = \(today) AND kind = 'review'")
    let pace = try pace(of: person, org: org, tx)
    let room = isUncapped ? horizon : max(0, max(5, learner.dailyMinutes * 60 / pace) - answered)
    // Steps finish what today began, so they do not count against the minutes.
    let count = steps + min(room, all - steps)
    // Steps as they come, then whatever is closest to being forgotten: recall falls with the days since the last answer by the stability.
    let first =
      count == 0
      ? nil
      : try tx.row(
        """
        SELECT id, step, stability, difficulty, last_day FROM \(due)
        ORDER BY step DESC, CASE WHEN step = 0 AND stability IS NULL THEN 1 ELSE 0 END,
          CASE WHEN step = 1 OR stability IS NULL OR last_day > \(today) THEN 0 ELSE (\(today) - last_day) / stability END DESC, due_at, id
        LIMIT 1
        """)
    return ReviewQueue(
      learner: learner, first: try first.map { try Entry(row: $0, learner, clock.today) }, count: count, due: all, answeredToday: answered,
      pace: pace)
  }

  /// The middle of the last answering times, each cut at a minute.
  private static func pace(of person: ID<Person>, org: ID<Organisation>, _ tx: Transaction) throws -> Int {
    let times: [Int] = try tx.values(
      """
      SELECT milliseconds FROM (SELECT milliseconds FROM review_event WHERE org_id = \(org) AND person_id = \(person) AND kind = 'review'
        ORDER BY day DESC, corrected_at DESC LIMIT 50) AS latest
      WHERE milliseconds IS NOT NULL
      """)
    guard times.count >= 10 else { return usualPace }
    let middle = times.map { min($0, 60_000) }.sorted()[times.count / 2]
    return max(3, (middle + 999) / 1000)
  }
}

/// Cards to review now.
public struct DueCards: Output, Hashable {
  public let count: Int
  /// About how long they take, rounded.
  public let minutes: Int
}

/// A card whose recall has fallen below a bound.
public struct FadingCard: Output, Hashable {
  public let id: ID<Card>
  public let front: String
  /// Predicted recall, 0 to 1.
  public let recall: Double
}

/// What other parts ask about cards.
public enum Cards {
  /// What the plan of today holds for a person; a zone is needed to know when their day begins.
  public static func due(_ person: ID<Person>, org: ID<Organisation>, zone: String, _ tx: Transaction, _ world: World) throws -> DueCards {
    let queue = try ReviewQueue.load(person, org: org, clock: LearningClock(zone: zone, world), tx)
    return DueCards(count: queue.count, minutes: queue.minutes)
  }

  /// Cards that would be recalled with less than `retention`, the weakest first.
  public static func fading(
    _ person: ID<Person>, org: ID<Organisation>, zone: String, below retention: Double, limit: Int, _ tx: Transaction, _ world: World
  ) throws -> [FadingCard] {
    let today = LearningClock(zone: zone, world).today
    let model = try Learner.load(person, org: org, tx).scheduler.model
    let cards: [FadingCard] = try tx.rows(
      """
      SELECT id, front, stability, difficulty, last_day FROM card
      WHERE org_id = \(org) AND person_id = \(person) AND suspended_at IS NULL AND stability IS NOT NULL AND last_day < \(today.rawValue)
      ORDER BY due_at, id LIMIT \(ReviewQueue.horizon)
      """
    ).map { row in
      let memory = MemoryState(stability: try row("stability"), difficulty: try row("difficulty"))
      let days = DayNumber(rawValue: try row("last_day")).days(to: today)
      return FadingCard(
        id: try row("id"), front: CardWords.title(try row("front"), to: 120),
        recall: model.retrievability(of: memory, afterDays: Double(days)))
    }
    return Array(cards.filter { $0.recall < retention }.sorted { ($0.recall, $0.id) < ($1.recall, $1.id) }.prefix(limit))
  }
}
