import Interchange
import Kit
import Store
import Web

/// Closes the attempt: the lesson's cards become the person's own, what was assigned is done.
public struct FinishLesson: UseCase {
  public var lesson: ID<Lesson>

  public init(lesson: ID<Lesson>) { self.lesson = lesson }

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
    try tx.run(
      """
      UPDATE assignment SET done_at = \(now)
      WHERE org_id = \(viewer.org) AND person_id = \(viewer.person) AND lesson_id = \(lesson.id) AND done_at IS NULL AND withdrawn_at IS NULL
      """)
    try tx.record(
      viewer, "lesson.finished", lesson.id, ["right": "\(right)", "scored": "\(credits.count)", "minutes": "\(lesson.minutes)"], world)
    return Finished(lesson: lesson.id, cards: cards.count, right: right, scored: credits.count)
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
