import Kit
import SpacedRepetition
import Store
import Web

/// How a person forgets, what they would recall now and in 30 days, and whether the model foretells them better than a guess.
struct ShowMemory: UseCase {
  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> MemoryPage {
    let clock = LearningClock(zone: viewer.zone, world)
    let learner = try Learner.load(viewer.person, org: viewer.org, tx)
    let recall = try RecallOutlook.load(viewer, learner.scheduler.model, today: clock.today, tx)
    let seen = try FirstReturns.load(viewer, tx)
    let fits = try MemoryFit.all(of: viewer.person, org: viewer.org, tx)
    let answers = try tx.count(
      "SELECT count(*) FROM review_event WHERE org_id = \(viewer.org) AND person_id = \(viewer.person) AND kind = 'review'")
    return MemoryPage(
      answers: answers, recall: recall.cards == 0 ? nil : recall, aim: learner.options.desiredRetention,
      isFitted: learner.parameters != nil,
      curve: recall.cards == 0 ? nil : MemoryCurve(learner, seen),
      verdict: MemoryVerdict(fits.first, inUse: learner.parameters != nil, answers: answers),
      history: fits.prefix(12).map {
        .init(
          day: Moment($0.fittedAt, zone: viewer.zone, now: clock.now).day, answers: counted($0.reviews, "answer"), isAdopted: $0.isAdopted)
      })
  }
}

struct MemoryPage: Output {
  /// Answers given so far.
  let answers: Int
  /// Absent until a card was answered.
  let recall: RecallOutlook?
  /// The recall they aim for, 0 to 1.
  let aim: Double
  /// Whether weights of their own are in use.
  let isFitted: Bool
  let curve: MemoryCurve?
  let verdict: MemoryVerdict
  let history: [Attempt]

  struct Attempt: Output {
    let day: String
    let answers: String
    let isAdopted: Bool
  }
}

/// Predicted recall of all cards of a person that are not set aside.
struct RecallOutlook: Output {
  /// Cards with at least one answer.
  let cards: Int
  /// Mean predicted recall, 0 to 1.
  let now: Double
  /// The same in 30 days, if nothing were reviewed until then.
  let in30Days: Double
  /// "You would recall 41 of 48 cards now, and 30 in 30 days without a review."
  let finding: String
  let nowWords: String
  let laterWords: String

  static func load(_ viewer: Viewer, _ model: MemoryModel, today: DayNumber, _ tx: Transaction) throws -> RecallOutlook {
    var (cards, now, later) = (0, 0.0, 0.0)
    for row in try tx.rows(
      """
      SELECT stability, last_day, count(*) AS n FROM card
      WHERE org_id = \(viewer.org) AND person_id = \(viewer.person) AND suspended_at IS NULL AND stability IS NOT NULL
        AND last_day IS NOT NULL GROUP BY stability, last_day
      """)
    {
      let memory = MemoryState(stability: try row("stability"), difficulty: 5)
      let days = Double(max(0, DayNumber(rawValue: try row("last_day")).days(to: today)))
      let count: Int = try row("n")
      cards += count
      now += Double(count) * model.retrievability(of: memory, afterDays: days)
      later += Double(count) * model.retrievability(of: memory, afterDays: days + 30)
    }
    return RecallOutlook(cards: cards, now: now, later: later)
  }

  private init(cards: Int, now: Double, later: Double) {
    self.cards = cards
    self.now = cards == 0 ? 0 : now / Double(cards)
    in30Days = cards == 0 ? 0 : later / Double(cards)
    nowWords = MemoryWords.percent(self.now)
    laterWords = MemoryWords.percent(in30Days)
    finding =
      "You would recall \(Int(now.rounded())) of \(counted(cards, "card")) now, and \(Int(later.rounded())) in 30 days without a review."
  }
}

enum MemoryWords {
  static func percent(_ share: Double) -> String { "\(Int((share * 100).rounded()))\u{A0}%" }

  /// Log loss to four places, for the table of guesses.
  static func loss(_ value: Double) -> String {
    let tenThousandths = Int((min(max(value, 0), 99) * 10_000).rounded())
    let digits = String(tenThousandths % 10_000)
    return "\(tenThousandths / 10_000)." + String(repeating: "0", count: 4 - digits.count) + digits
  }
}
