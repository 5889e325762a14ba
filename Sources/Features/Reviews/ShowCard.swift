import Interchange
import Kit
import SpacedRepetition
import Store
import Web

/// One card with its history.
struct ShowCard: UseCase {
  var card: ID<Card>

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> CardPage {
    let card = try Card.find(card, for: viewer, tx)
    let clock = LearningClock(zone: viewer.zone, world)
    let events = try ReviewLog.events(of: [card.id], org: viewer.org, tx)
    let undone = Set(events.compactMap { if case .undo(let target) = $0.kind { target } else { nil } })
    let scheduler = try Learner.load(viewer.person, org: viewer.org, tx).scheduler
    let answers = events.compactMap { event -> CardPage.Answer? in
      guard case .review(let grade) = event.kind else { return nil }
      let at = Moment(Instant(microseconds: event.moment.instant), viewer, now: clock.now)
      return CardPage.Answer(
        at: at, answer: ReviewWords.label(grade), isForgotten: grade == .again, isUndone: undone.contains(event.id))
    }
    let recall = scheduler.retrievability(of: card.progress, on: clock.today)
    let source = try card.lesson.flatMap {
      try tx.value("SELECT title FROM lesson WHERE org_id = \(viewer.org) AND id = \($0)", as: String.self)
    }
    return CardPage(
      id: card.id, front: CardWords.html(card.front, headingShift: 2), back: CardWords.html(card.back, headingShift: 2),
      title: CardWords.title(card.front, to: 60), source: source, lessonHref: card.lesson.map { "/lessons/\($0)" },
      isSuspended: card.isSuspended, next: card.isSuspended ? "Set aside" : DueWords.of(card.progress.due, clock),
      recall: recall.map { "\(Int(($0 * 100).rounded())) %" },
      lasts: card.progress.memory.map { counted(max(1, Int($0.stability.rounded())), "day") }, answers: answers.reversed(),
      canUndo: answers.contains { !$0.isUndone })
  }
}

struct CardPage: Output {
  let id: ID<Card>
  let front: SafeHTML
  let back: SafeHTML
  let title: String
  let source: String?
  let lessonHref: String?
  let isSuspended: Bool
  /// When it comes back, in words.
  let next: String
  /// Predicted recall today.
  let recall: String?
  /// How long until recall falls to 90 %.
  let lasts: String?
  let answers: [Answer]
  let canUndo: Bool

  struct Answer: Output {
    let at: Moment
    let answer: String
    let isForgotten: Bool
    let isUndone: Bool
  }
}

/// All cards of a person.
struct ListCards: UseCase {
  var after: ID<Card>?

  static let pageSize = 50

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> CardsPage {
    let clock = LearningClock(zone: viewer.zone, world)
    let further: SQL = after.map { " AND card.id < \($0)" } ?? ""
    let cards: [Card] = try tx.all(
      """
      SELECT \(Card.columns) FROM card WHERE org_id = \(viewer.org) AND person_id = \(viewer.person)\(further)
      ORDER BY card.id DESC LIMIT \(Self.pageSize + 1)
      """)
    let total = try tx.count("SELECT count(*) FROM card WHERE org_id = \(viewer.org) AND person_id = \(viewer.person)")
    let shown = cards.prefix(Self.pageSize)
    return CardsPage(
      total: total, words: counted(total, "card"),
      cards: shown.map {
        .init(
          href: "/reviews/\($0.id)", front: CardWords.title($0.front, to: 120),
          next: $0.isSuspended ? "Set aside" : $0.progress.reviews == 0 ? "New" : DueWords.of($0.progress.due, clock))
      },
      nextHref: cards.count > Self.pageSize ? shown.last.map { "/reviews/cards?after=\($0.id)" } : nil)
  }
}

struct CardsPage: Output {
  let total: Int
  let words: String
  let cards: [Entry]
  let nextHref: String?

  struct Entry: Output {
    let href: String
    let front: String
    let next: String
  }
}
