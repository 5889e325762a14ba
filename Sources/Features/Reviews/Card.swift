import Kit
import SpacedRepetition
import Store
import Web

/// One question of one person, asked again before it would be forgotten.
public struct Card: Sendable, RowDecodable {
  /// Where its words come from.
  public enum Source: String, Choice, Bindable { case lesson, insight, own }

  public let id: ID<Card>
  public let person: ID<Person>
  /// Markdown.
  public let front: String
  /// Markdown.
  public let back: String
  public let language: String
  public let source: Source
  public let lesson: ID<Lesson>?
  public let createdAt: Kit.Instant
  public let isSuspended: Bool
  /// The cache of the replay of its events.
  public private(set) var progress: CardProgress
  public private(set) var dueAt: Kit.Instant
  public private(set) var lastEvent: EventID?

  static let columns: SQL =
    """
    card.id, card.person_id, card.front, card.back, card.language, card.source, card.lesson_id, card.created_at, card.suspended_at,
    card.progress, card.due_at, card.last_event
    """

  public init(row: Row) throws {
    id = try row("id")
    person = try row("person_id")
    front = try row("front")
    back = try row("back")
    language = try row("language")
    source = try row("source")
    lesson = try row.optional("lesson_id")
    createdAt = try row("created_at")
    isSuspended = try row.optional("suspended_at", as: Kit.Instant.self) != nil
    progress = try ProgressText.read(try row("progress"))
    dueAt = try row("due_at")
    lastEvent = try row.optional("last_event", as: String.self).flatMap(EventID.init)
  }

  /// A card of the viewer's own; a card of anybody else does not exist for them.
  static func find(_ id: ID<Card>, for viewer: Viewer, _ tx: Transaction, locking: Bool = false) throws -> Card {
    let lock: SQL = locking ? tx.dialect.forUpdate : ""
    let card: Card? = try tx.first(
      "SELECT \(columns) FROM card WHERE org_id = \(viewer.org) AND id = \(id) AND person_id = \(viewer.person)\(lock)")
    guard let card else { throw Problem.notFound }
    return card
  }

  /// The card as a replay leaves it. A new card is due since it was made.
  func standing(_ replay: Replay, zoneOffset: Int) -> Card {
    var card = self
    card.progress = replay.progress
    card.dueAt = replay.progress.due.map { Instant(microseconds: $0.opens(zoneOffset: zoneOffset)) } ?? createdAt
    card.lastEvent = replay.lastEvent
    return card
  }

  /// Gives a person a card. A card of a lesson is made once: finishing the lesson again updates its words and keeps what is known of it.
  ///
  /// - Parameters:
  ///   - insight: the insight it was made from.
  ///   - note: the identity of the card inside its lesson.
  @discardableResult
  static func make(
    org: ID<Organisation>, person: ID<Person>, front: String, back: String, source: Source, insight: ID<Insight>? = nil,
    lesson: ID<Lesson>? = nil, note: String? = nil, language: String = "en", _ tx: Transaction, _ world: World
  ) throws -> ID<Card> {
    let id: ID<Card> = world.id()
    let now = world.now()
    let row = try tx.row(
      """
      INSERT INTO card (org_id, id, person_id, front, back, language, source, lesson_id, note, insight_id, created_at, state, due_at,
        reviews, lapses, progress)
      VALUES (\(org), \(id), \(person), \(front), \(back), \(language), \(source), \(lesson), \(note), \(insight), \(now), 'new', \(now),
        0, 0, \(ProgressText.write(.new)))
      ON CONFLICT (org_id, person_id, lesson_id, note) DO UPDATE SET front = excluded.front, back = excluded.back
      RETURNING id
      """)
    let kept: ID<Card> = try row?("id") ?? id
    if kept == id { try tx.record(org: org, actor: person, origin: "session", "card.made", id, ["source": source.rawValue], world) }
    return kept
  }
}

/// The columns of a card that follow from its events.
enum CardCache {
  static func word(_ state: CardState) -> String {
    switch state {
    case .new, .suspended: "new"
    case .learning: "learning"
    case .review: "review"
    case .relearning: "relearning"
    }
  }

  /// Writes what a replay gave.
  static func write(_ replay: Replay, _ card: Card, org: ID<Organisation>, dueAt: Kit.Instant, _ tx: Transaction) throws {
    let progress = replay.progress
    try tx.run(
      """
      UPDATE card SET state = \(word(progress.state)), due_at = \(dueAt), stability = \(progress.memory?.stability),
        difficulty = \(progress.memory?.difficulty), last_day = \(progress.lastReview?.day.rawValue), reviews = \(progress.reviews),
        lapses = \(progress.lapses), progress = \(ProgressText.write(progress)), last_event = \(replay.lastEvent?.description),
        scheduled_by = \(replay.scheduledBy?.description)
      WHERE org_id = \(org) AND id = \(card.id)
      """)
  }
}
