import Kit
import Scheduling
import SpacedRepetition
import Store
import Web

/// What to learn next: assigned, in progress, due, suggested, in that order.
struct ShowLearn: UseCase {
  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> LearnPage {
    let clock = LearningClock(zone: viewer.zone, world)
    let today = viewer.today(world)
    let queue = try ReviewQueue.load(viewer.person, org: viewer.org, clock: clock, tx)
    let assigned = try Assignments.open(viewer.person, org: viewer.org, tx)
    let open: [Lesson] = try tx.all(
      """
      SELECT \(Lesson.columns) FROM attempt JOIN lesson ON lesson.org_id = attempt.org_id AND lesson.id = attempt.lesson_id
      WHERE attempt.org_id = \(viewer.org) AND attempt.person_id = \(viewer.person) AND attempt.finished_at IS NULL
        AND \(Lesson.visible(to: viewer)) ORDER BY attempt.seen_at DESC LIMIT 20
      """)
    let given: [GivenLesson] = try tx.all(
      """
      SELECT assignment.id, assignment.lesson_id, lesson.title, person.name, assignment.due_on, assignment.done_at
      FROM assignment JOIN lesson ON lesson.org_id = assignment.org_id AND lesson.id = assignment.lesson_id
        JOIN person ON person.org_id = assignment.org_id AND person.id = assignment.person_id
      WHERE assignment.org_id = \(viewer.org) AND assignment.assigned_by = \(viewer.person) AND assignment.person_id <> \(viewer.person)
        AND assignment.withdrawn_at IS NULL ORDER BY assignment.created_at DESC, assignment.id DESC LIMIT 20
      """)
    let sought = try PersonSkills.of(viewer.person, org: viewer.org, tx).seeks.map(\.skill)
    let taken = Set(assigned.map(\.lesson) + open.map(\.id))
    let free = try Lessons.suggest(skills: sought.map(\.id), for: viewer, limit: 3 + taken.count, tx).filter { !taken.contains($0.id) }
    let suggested = Suggested(free, sought: sought.map(\.label))
    return LearnPage(
      review: queue.count == 0
        ? nil : .init("Review \(counted(queue.count, "card")) · \(queue.minutes) min", "/reviews"),
      reviewText: try queue.count == 0 ? ReviewRest(queue, viewer, clock, tx).text : nil,
      assigned: assigned.map { LearnPage.Assigned($0, viewer, today: today) },
      inProgress: try LessonSummary.list(open, viewer, tx),
      suggested: suggested.lessons, suggestedWhy: suggested.why,
      given: given.map { LearnPage.Given($0) }, tracks: try TrackProgress.begun(viewer, tx),
      rhythm: try Rhythm.load(viewer, queue.learner, clock, tx))
  }
}

/// Lessons of the skills sought and nothing else; where there is none, the shortest, under words that do not promise more.
struct Suggested {
  let lessons: [LessonSummary]
  let why: String

  init(_ free: [LessonSummary], sought: [String]) {
    let trains = { (lesson: LessonSummary, label: String) in ", \(lesson.skills), ".contains(", \(label), ") }
    let fitting = free.filter { lesson in sought.contains { trains(lesson, $0) } }.prefix(3)
    lessons = Array(fitting.isEmpty ? free.prefix(3) : fitting)
    if fitting.isEmpty {
      why = sought.isEmpty ? "Short ones to begin with" : "Nothing new for what you want to learn, so short ones"
    } else {
      let labels = sought.filter { label in fitting.contains { trains($0, label) } }
      why = "For what you want to learn: \(listed(Array(labels.prefix(3))))"
    }
  }
}

struct GivenLesson: RowDecodable {
  let id: ID<Assignment>
  let lesson: ID<Lesson>
  let title: String
  let name: String
  let due: String?
  let isDone: Bool

  init(row: Row) throws {
    id = try row("id")
    lesson = try row("lesson_id")
    title = try row("title")
    name = try row("name")
    due = try row.optional("due_on")
    isDone = try row.optional("done_at", as: Kit.Instant.self) != nil
  }
}

struct LearnPage: Output {
  /// "Review 12 cards · 4 min"; absent when nothing is due.
  let review: Form.Link?
  /// Said when nothing is due.
  let reviewText: String?
  let assigned: [Assigned]
  let inProgress: [LessonSummary]
  let suggested: [LessonSummary]
  let suggestedWhy: String
  /// What the viewer assigned to others.
  let given: [Given]
  let tracks: [TrackProgress]
  let rhythm: Rhythm

  struct Assigned: Output {
    let id: ID<Assignment>
    let lesson: ID<Lesson>
    let title: String
    let href: String
    let length: String
    /// "From Ada"; absent for what one planned oneself.
    let from: String?
    /// "Until Fri 27 Nov".
    let due: String?
    let isLate: Bool
    let why: String
    let isOwn: Bool

    init(_ assignment: Assignment, _ viewer: Viewer, today: CivilDate) {
      id = assignment.id
      lesson = assignment.lesson
      title = assignment.title
      href = "/lessons/\(assignment.lesson)"
      length = "\(assignment.minutes) min"
      isOwn = assignment.assignedBy == viewer.person
      from = isOwn ? nil : "From \(assignment.byName)"
      let date = assignment.due.flatMap(CivilDate.init)
      due = date.map { $0 == today ? "Until today" : "Until \(DisplayTime.day($0))" }
      isLate = date.map { $0 < today } ?? false
      why = assignment.why
    }
  }

  struct Given: Output {
    let id: ID<Assignment>
    let title: String
    let href: String
    let name: String
    let due: String?
    let isDone: Bool

    init(_ lesson: GivenLesson) {
      id = lesson.id
      title = lesson.title
      href = "/lessons/\(lesson.lesson)"
      name = lesson.name
      due = lesson.due.flatMap(CivilDate.init).map { "Until \(DisplayTime.day($0))" }
      isDone = lesson.isDone
    }
  }
}
