import Interchange
import Kit
import Store
import Web

/// Closes the open attempt: the lesson's cards become the person's own, what was assigned is done.
public struct FinishLesson: UseCase {
  public var lesson: ID<Lesson>

  public init(lesson: ID<Lesson>) { self.lesson = lesson }

  /// Done pressed twice, or sent again, is one finish.
  private static let repeats = Span.minutes(10)

  public struct Finished: Output {
    public let lesson: ID<Lesson>
    /// Cards of this lesson that will come up for review.
    public let cards: Int
    public let right: Int
    public let scored: Int
  }

  public func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Finished {
    let lesson = try Lesson.find(lesson, for: viewer, tx)
    let document = try lesson.document(org: viewer.org, tx)
    let latest = try Attempt.latest(lesson.id, viewer, tx)
    if let finished = latest?.finishedAt, world.now() - finished < Self.repeats {
      // Somebody may have asked for it meanwhile.
      try endAssignment(lesson.id, viewer, tx, world)
      return Finished(lesson: lesson.id, cards: document.cards.count, right: latest?.right ?? 0, scored: latest?.scored ?? 0)
    }
    // A lesson of one screen is read on a page that stores nothing.
    guard latest?.isFinished == false || lesson.parts == 1 else {
      throw Problem.conflict(code: "lesson_not_open", detail: "You have not begun this lesson. Start it, then finish it on its last part.")
    }
    let attempt = try Attempt.open(lesson, at: lesson.parts, viewer, tx, world)
    let credits = try attempt.answers(viewer, version: lesson.version, tx).values.compactMap(\.credit)
    let right = credits.count { $0 >= 1 }
    let now = world.now()
    try tx.swap(
      """
      UPDATE attempt SET finished_at = \(now), seen_at = \(now), part = \(lesson.parts), right_answers = \(right),
        scored_answers = \(credits.count)
      WHERE org_id = \(viewer.org) AND id = \(attempt.id) AND finished_at IS NULL
      """, otherwise: .conflict(code: "lesson_finished", detail: "This lesson was finished in another window."))
    let cards = document.cards
    for card in cards {
      try Card.make(
        org: viewer.org, person: viewer.person, front: card.front, back: card.back, source: .lesson, lesson: lesson.id, note: card.id,
        language: lesson.language, tx, world)
    }
    try endAssignment(lesson.id, viewer, tx, world)
    try tx.record(
      viewer, "lesson.finished", lesson.id, ["right": "\(right)", "scored": "\(credits.count)", "minutes": "\(lesson.minutes)"], world)
    return Finished(lesson: lesson.id, cards: cards.count, right: right, scored: credits.count)
  }

  private func endAssignment(_ lesson: ID<Lesson>, _ viewer: Viewer, _ tx: Transaction, _ world: World) throws {
    try tx.run(
      """
      UPDATE assignment SET done_at = \(world.now())
      WHERE org_id = \(viewer.org) AND person_id = \(viewer.person) AND lesson_id = \(lesson) AND done_at IS NULL AND withdrawn_at IS NULL
      """)
  }
}

extension LessonDocument {
  /// The cards it gives to whoever finishes it.
  var cards: [CardNote.Card] {
    parts.flatMap { part -> [CardNote.Card] in
      if case .flashcards(let notes) = part { return notes.flatMap(\.cards) }
      return []
    }
  }
}
