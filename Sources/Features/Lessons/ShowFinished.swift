import Kit
import Store
import Web

/// After a lesson: what it gave, and what comes next.
struct ShowFinished: UseCase {
  var lesson: ID<Lesson>

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> FinishedPage {
    let lesson = try Lesson.find(lesson, for: viewer, tx)
    guard let attempt = try Attempt.latest(lesson.id, viewer, tx), attempt.isFinished else {
      throw Problem.conflict(code: "lesson_open", detail: "You have not finished this lesson yet.")
    }
    let cards = try tx.count(
      "SELECT count(*) FROM card WHERE org_id = \(viewer.org) AND person_id = \(viewer.person) AND lesson_id = \(lesson.id)")
    let following: [Lesson] = try tx.all(
      """
      SELECT \(Lesson.columns) FROM track_lesson AS here
        JOIN track_lesson AS later ON later.org_id = here.org_id AND later.track_id = here.track_id AND later.position = here.position + 1
        JOIN lesson ON lesson.org_id = later.org_id AND lesson.id = later.lesson_id
      WHERE here.org_id = \(viewer.org) AND here.lesson_id = \(lesson.id) AND \(Lesson.visible(to: viewer)) LIMIT 1
      """)
    let due = try Cards.due(viewer.person, org: viewer.org, zone: viewer.zone, tx, world)
    let next =
      try following.isEmpty
      ? Lessons.suggest(skills: [], for: viewer, limit: 1, tx) : LessonSummary.list(following, viewer, tx)
    return FinishedPage(
      id: lesson.id, title: lesson.title,
      result: attempt.scored.flatMap { $0 > 0 ? "\(attempt.right ?? 0) of \($0) questions right." : nil },
      cards: cards == 0 ? nil : "\(counted(cards, "card")) will come back just before you would forget \(cards == 1 ? "it" : "them").",
      review: due.count == 0 ? nil : "Review \(counted(due.count, "card")) · \(due.minutes) min", inTrack: !following.isEmpty,
      next: next.first,
      session: try Sessions.next(for: viewer, tx, world).map { Form.Link("\($0.start.text) with \($0.with.name)", "/sessions/\($0.id)") })
  }
}

struct FinishedPage: Output {
  let id: ID<Lesson>
  let title: String
  let result: String?
  let cards: String?
  let review: String?
  /// Whether the next lesson follows in a track.
  let inTrack: Bool
  let next: LessonSummary?
  /// The next session: "Mon 23 Nov, 09:00 with Ada".
  let session: Form.Link?
}
