import Interchange
import Kit
import Scheduling
import Store
import Web

/// What somebody sees before a lesson, and when they come back to it.
struct LessonCover: Output {
  let author: String
  let skills: [String]
  /// "6 short texts, 4 questions, a situation and 5 cards."
  let contents: String
  let start: Button
  /// "You did this on Mon 23 Nov: 3 of 4 right."
  let past: String?
  let assignment: Asked?
  let sheets: [SafeHTML]
  let editHref: String?
  let assignHref: String
  let state: String?
  /// Publishing a draft, or withdrawing what is published; for its author.
  let publish: Publish?

  struct Publish: Output {
    let action: String
    let label: String
    let withdraw: Bool
  }

  struct Button: Output {
    let label: String
    let href: String
  }

  struct Asked: Output {
    let text: String
    let why: String
  }

  init(
    _ lesson: Lesson, _ document: LessonDocument, _ attempt: Attempt?, _ viewer: Viewer, _ tx: Transaction, _ world: World
  ) throws {
    let href = "/lessons/\(lesson.id)"
    author = lesson.authorName
    skills = try LessonSkills.labels([lesson.id], org: viewer.org, tx)[lesson.id] ?? []
    contents = LessonCover.contents(document)
    let isOpen = attempt.map { !$0.isFinished } ?? false
    start = Button(
      label: isOpen ? "Continue" : attempt == nil ? "Start" : "Do it again",
      href: "\(href)?part=\(isOpen ? min(attempt?.part ?? 1, lesson.parts) : 1)")
    past = attempt.flatMap { attempt in
      guard attempt.isFinished else { return nil }
      guard let scored = attempt.scored, scored > 0 else { return "You have done this lesson." }
      return "You have done this lesson: \(attempt.right ?? 0) of \(scored) questions right."
    }
    let asked: Assignment? = try tx.first(
      """
      \(Assignment.select) WHERE assignment.org_id = \(viewer.org) AND assignment.person_id = \(viewer.person)
        AND assignment.lesson_id = \(lesson.id) AND assignment.done_at IS NULL AND assignment.withdrawn_at IS NULL
      """)
    assignment = asked.map { asked in
      let by = asked.assignedBy == viewer.person ? "You planned this" : "\(asked.byName) suggests this"
      return Asked(text: by + (asked.due.flatMap(CivilDate.init).map { " until \(DisplayTime.day($0))." } ?? "."), why: asked.why)
    }
    let isDone = attempt?.isFinished == true
    sheets =
      isDone
      ? document.parts.compactMap { if case .cheatsheet(let text) = $0 { SafeHTML(Markdown.html(text, headingShift: 2)) } else { nil } }
      : []
    editHref = lesson.mayEdit(viewer) ? "\(href)/edit" : nil
    assignHref = "\(href)/assign"
    publish =
      lesson.mayEdit(viewer)
      ? Publish(
        action: "\(href)/publish",
        label: lesson.state == .published ? "Withdraw" : lesson.audience == .mentees ? "Publish to my mentees" : "Publish to everybody",
        withdraw: lesson.state == .published) : nil
    state = lesson.state == .draft ? "Draft" : lesson.state == .withdrawn ? "Withdrawn" : nil
  }

  private static func contents(_ document: LessonDocument) -> String {
    let screens = Screen.screens(of: document)
    var words: [String] = []
    let texts = screens.count { if case .prose = $0 { true } else { false } }
    let questions = screens.count { if case .question = $0 { true } else { false } }
    if texts > 0 { words.append(counted(texts, "short text")) }
    if screens.contains(where: { if case .scenario = $0 { true } else { false } }) { words.append("a situation to try") }
    if questions > 0 { words.append(counted(questions, "question")) }
    let cards = document.cards.count
    if cards > 0 { words.append(counted(cards, "card") + " to keep") }
    if screens.contains(where: { if case .reflection = $0 { true } else { false } }) { words.append("a thought of your own") }
    return listed(words) + "."
  }
}
