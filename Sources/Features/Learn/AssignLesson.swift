import Kit
import Scheduling
import Store
import Web

/// Asks somebody to do a lesson: a mentor a mentee, a manager a member, anybody themselves.
struct AssignLesson: UseCase {
  var lesson: ID<Lesson>
  /// Nobody named: oneself.
  var person: ID<Person>?
  /// A date such as 2026-11-30.
  var due: String?
  var why: String?
  /// The session of the two that it came from.
  var session: ID<Session>?

  static var rules: [String: Rule] { ["due": .date, "why": .text(0...300)] }

  init(lesson: ID<Lesson>, person: ID<Person>?, due: String? = nil, why: String? = nil, session: ID<Session>? = nil) {
    self.lesson = lesson
    self.person = person
    self.due = due
    self.why = why
    self.session = session
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> AssignedLesson {
    let lesson = try Lesson.find(lesson, for: viewer, tx)
    guard lesson.state == .published else {
      throw Problem.conflict(code: "lesson_not_published", detail: "Publish this lesson first, then assign it.")
    }
    let receiver = try receiver(viewer, tx)
    if let due, due < viewer.today(world).description { throw Problem.invalid("due", "Choose today or a later day.") }
    if let session, try !Session.find(session, for: viewer, tx).includes(receiver.id) {
      throw Problem.invalid("session", "\(receiver.name) is not one of the two in this session.")
    }
    let before: Assignment? = try tx.first(
      """
      \(Assignment.select) WHERE assignment.org_id = \(viewer.org) AND assignment.person_id = \(receiver.id)
        AND assignment.lesson_id = \(lesson.id) AND assignment.done_at IS NULL AND assignment.withdrawn_at IS NULL
      """)
    // Date and reason stand under the name of whoever assigned it, so nobody else changes them.
    if let before, before.assignedBy != viewer.person { return AssignedLesson(before, viewer) }
    let made: ID<Assignment> = world.id()
    let row = try tx.row(
      """
      INSERT INTO assignment (org_id, id, person_id, lesson_id, assigned_by, session_id, due_on, why, created_at)
      VALUES (\(viewer.org), \(made), \(receiver.id), \(lesson.id), \(viewer.person), \(session), \(due), \((why ?? "").trimmed),
        \(world.now()))
      ON CONFLICT (org_id, person_id, lesson_id) WHERE done_at IS NULL AND withdrawn_at IS NULL
      DO UPDATE SET due_on = coalesce(excluded.due_on, assignment.due_on),
        why = CASE WHEN excluded.why = '' THEN assignment.why ELSE excluded.why END
      RETURNING id
      """)
    let id: ID<Assignment> = try row?("id") ?? made
    let after = try Assignment.find(id, org: viewer.org, tx)
    let facts = ["person": receiver.id.description, "lesson": lesson.id.description]
    if id == made {
      try tx.record(viewer, "assignment.made", id, facts, world)
      if receiver.id != viewer.person { try tell(receiver, id, lesson, viewer, tx, world) }
    } else if after != before {
      try tx.record(viewer, "assignment.changed", id, facts, world)
    }
    return AssignedLesson(after, viewer)
  }

  private func receiver(_ viewer: Viewer, _ tx: Transaction) throws -> Member {
    let id = person ?? viewer.person
    let isManager = Permission.manager.allows(viewer.roles)
    let receiver = try isManager ? Member.find(id, for: viewer, tx) : Member.find(meetable: id, for: viewer, tx)
    guard try id == viewer.person || isManager || Mentees.contains(id, of: viewer, tx) else {
      throw Problem.forbidden("You can assign lessons to your own mentees. \(receiver.name) has no session with you.")
    }
    return receiver
  }

  private func tell(
    _ receiver: Member, _ id: ID<Assignment>, _ lesson: Lesson, _ viewer: Viewer, _ tx: Transaction, _ world: World
  ) throws {
    let until = due.flatMap(CivilDate.init).map { " by \(DisplayTime.day($0))" } ?? ""
    let reason = (why ?? "").trimmed
    try tx.send(
      Letter(
        to: receiver.id, .learning, subject: "\(viewer.name) suggests a lesson: \(lesson.title)",
        ["\(viewer.name) thinks this lesson of \(counted(lesson.minutes, "minute")) helps you\(until)."],
        quote: reason.isEmpty ? nil : reason, buttons: [.init("Start the lesson", "/lessons/\(lesson.id)")]),
      org: viewer.org, key: "assignment/\(id)", world)
  }
}

/// What an assigning came to.
struct AssignedLesson: Output {
  let id: ID<Assignment>
  let person: ID<Person>
  let lesson: ID<Lesson>
  let title: String
  let minutes: Int
  let assignedBy: ID<Person>
  let byName: String
  let due: String?
  /// Empty where it is between two others.
  let why: String
  /// Whether somebody else had assigned it before; their date and reason stay.
  let wasThere: Bool

  init(_ assignment: Assignment, _ viewer: Viewer) {
    id = assignment.id
    person = assignment.person
    lesson = assignment.lesson
    title = assignment.title
    minutes = assignment.minutes
    assignedBy = assignment.assignedBy
    byName = assignment.byName
    due = assignment.due
    wasThere = assignment.assignedBy != viewer.person
    why = assignment.assignedBy == viewer.person || assignment.person == viewer.person ? assignment.why : ""
  }

  var said: String { wasThere ? "\(byName) assigned this before. That date and reason stay." : "Assigned." }
}
