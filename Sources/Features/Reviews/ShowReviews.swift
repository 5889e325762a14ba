import Interchange
import Kit
import SpacedRepetition
import Store
import Web

/// The card to answer now, or what comes back when.
struct ShowReviews: UseCase {
  /// All four answers for this card.
  var four: Bool?
  /// Go on beyond today's minutes.
  var more: Bool?

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> ReviewPage {
    let clock = LearningClock(zone: viewer.zone, world)
    let queue = try ReviewQueue.load(viewer.person, org: viewer.org, clock: clock, isUncapped: more == true, tx)
    let total = queue.answeredToday + queue.count
    var page = ReviewPage(
      due: queue.count, answered: queue.answeredToday, waiting: queue.waiting,
      progress: total == 0
        ? nil : .init(label: "Today", done: queue.answeredToday, total: total, percent: queue.answeredToday * 100 / total))
    page.undo = try LastAnswer.load(viewer, clock, tx)
    if let first = queue.first {
      let card = try Card.find(first.id, for: viewer, tx)
      let source = try card.lesson.flatMap {
        try tx.value("SELECT title FROM lesson WHERE org_id = \(viewer.org) AND id = \($0)", as: String.self)
      }
      let loads = try DayLoads.load(viewer, queue.learner, clock, nil, tx)
      page.card = ReviewCard(
        card, source: source, queue, loads, showsFour: four == true || queue.learner.showsFour, more: more == true, clock, world)
      page.fourHref = four == true || queue.learner.showsFour ? nil : more == true ? "/reviews?four=true&more=true" : "/reviews?four=true"
      page.historyHref = "/reviews/\(card.id)"
      return page
    }
    page.rest = try ReviewRest(queue, viewer, clock, tx)
    return page
  }
}

struct ReviewPage: Output {
  let due: Int
  let answered: Int
  let waiting: Int
  let progress: LessonPlayer.Progress?
  /// Taking back what was answered last.
  var undo: LastAnswer?
  var card: ReviewCard?
  var fourHref: String?
  var historyHref: String?
  var rest: ReviewRest?
}

/// A card as the player shows it.
struct ReviewCard: Output {
  let id: ID<Card>
  let position: String
  let source: String?
  let lang: String
  let frontHtml: SafeHTML
  let backHtml: SafeHTML
  let action: String
  let hidden: [Hidden]
  let answers: [Answer]
  /// Predicted recall, 0 to 1; absent for a new card.
  let recall: Double?

  struct Hidden: Output {
    let name: String
    let value: String
  }

  struct Answer: Output {
    let value: String
    let label: String
    let when: String
    let key: Int
  }

  init(
    _ card: Card, source: String?, _ queue: ReviewQueue, _ loads: DayLoads, showsFour: Bool, more: Bool, _ clock: LearningClock,
    _ world: World
  ) {
    id = card.id
    position = queue.count == 1 ? "Last card" : "\(queue.count) to go"
    self.source = source ?? (card.source == .own ? "Your own card" : nil)
    lang = card.language
    frontHtml = CardWords.html(card.front, headingShift: 1)
    backHtml = CardWords.html(card.back, headingShift: 1)
    action = "/reviews/\(card.id)/answer"
    hidden = [
      Hidden(name: "event", value: EventID.make(world).description), Hidden(name: "shown_at", value: clock.now.description),
      Hidden(name: "more", value: more ? "true" : ""),
    ]
    let previews = queue.learner.scheduler.preview(
      card.progress, at: clock.moment, card: card.id.value, grades: showsFour ? Grade.allCases : Grade.passFail)
    answers = previews.enumerated().map { place, preview in
      let placed = loads.day(for: preview.progress, card: card.id).map { Wait.days(clock.today.days(to: $0)) }
      return Answer(
        value: AnswerCard.Answer(preview.grade).rawValue, label: ReviewWords.label(preview.grade),
        when: DueWords.of(placed ?? preview.wait), key: place + 1)
    }
    recall = queue.first?.recall
  }
}

enum ReviewWords {
  static func label(_ grade: Grade) -> String {
    switch grade {
    case .again: "Forgot"
    case .hard: "With effort"
    case .good: "Recalled"
    case .easy: "Instantly"
    }
  }
}

/// What is said when nothing is to be answered now.
struct ReviewRest: Output {
  let title: String
  let text: String
  /// Go on beyond today's minutes.
  let moreHref: String?
  let hasCards: Bool

  init(_ queue: ReviewQueue, _ viewer: Viewer, _ clock: LearningClock, _ tx: Transaction) throws {
    let tomorrow = clock.start(of: clock.today.advanced(by: 2))
    let row = try tx.row(
      """
      SELECT count(*) AS n, min(due_at) AS first, coalesce(sum(CASE WHEN due_at < \(tomorrow) THEN 1 ELSE 0 END), 0) AS soon FROM card
      WHERE org_id = \(viewer.org) AND person_id = \(viewer.person) AND suspended_at IS NULL AND due_at > \(clock.now)
      """)
    let (later, soon): (Int, Int) = (try row?("n") ?? 0, try row?("soon") ?? 0)
    let first: Kit.Instant? = try row?.optional("first")
    hasCards = later + queue.due > 0
    moreHref = queue.waiting > 0 ? "/reviews?more=true" : nil
    if queue.waiting > 0 {
      title = "That is enough for today"
      text = "\(counted(queue.waiting, "card")) \(queue.waiting == 1 ? "waits" : "wait") until tomorrow. Nothing is lost."
    } else if !hasCards {
      title = "No cards yet"
      text = "Finish a lesson, or write a card of your own, and it will come back before you would forget it."
    } else {
      title = "All caught up"
      let minutes = first.map { ($0 - clock.now).microseconds / 60_000_000 } ?? 0
      if soon > 0, minutes < 60 {
        text = "\(counted(soon, "card")) \(soon == 1 ? "comes" : "come") back soon, the first in \(max(1, minutes)) min."
      } else if soon > 0 {
        text = "\(counted(soon, "card")) \(soon == 1 ? "comes" : "come") back by tomorrow."
      } else {
        let day = first.map { Moment($0, zone: viewer.zone, now: clock.now).day } ?? ""
        text = "\(counted(later, "card")) \(later == 1 ? "is" : "are") kept for you. The next comes back on \(day)."
      }
    }
  }
}
