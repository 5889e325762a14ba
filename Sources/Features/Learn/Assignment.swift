import Kit
import Scheduling
import Store
import Web

/// A lesson that somebody is to do.
public struct Assignment: Output, Hashable {
  public let id: ID<Assignment>
  public let person: ID<Person>
  public let lesson: ID<Lesson>
  public let title: String
  public let minutes: Int
  public let assignedBy: ID<Person>
  public let byName: String
  /// A date such as 2026-11-30.
  public let due: String?
  public let why: String
  public let doneAt: Kit.Instant?
}

extension Assignment: RowDecodable {
  static let select: SQL =
    """
    SELECT assignment.id, assignment.person_id, assignment.lesson_id, lesson.title, lesson.minutes, assignment.assigned_by,
      person.name AS by_name, assignment.due_on, assignment.why, assignment.done_at
    FROM assignment JOIN lesson ON lesson.org_id = assignment.org_id AND lesson.id = assignment.lesson_id
      JOIN person ON person.org_id = assignment.org_id AND person.id = assignment.assigned_by
    """

  public init(row: Row) throws {
    id = try row("id")
    person = try row("person_id")
    lesson = try row("lesson_id")
    title = try row("title")
    minutes = try row("minutes")
    assignedBy = try row("assigned_by")
    byName = try row("by_name")
    due = try row.optional("due_on")
    why = try row("why")
    doneAt = try row.optional("done_at")
  }

  static func find(_ id: ID<Assignment>, org: ID<Organisation>, _ tx: Transaction) throws -> Assignment {
    guard let assignment: Assignment = try tx.first("\(select) WHERE assignment.org_id = \(org) AND assignment.id = \(id)") else {
      throw Problem.notFound
    }
    return assignment
  }
}

/// What other parts ask about assigned lessons.
public enum Assignments {
  /// What a person still has to do, the nearest date first.
  public static func open(_ person: ID<Person>, org: ID<Organisation>, limit: Int = 50, _ tx: Transaction) throws -> [Assignment] {
    try tx.all(
      """
      \(Assignment.select)
      WHERE assignment.org_id = \(org) AND assignment.person_id = \(person) AND assignment.done_at IS NULL
        AND assignment.withdrawn_at IS NULL AND lesson.state = 'published'
      ORDER BY CASE WHEN assignment.due_on IS NULL THEN 1 ELSE 0 END, assignment.due_on, assignment.created_at, assignment.id LIMIT \(limit)
      """)
  }

  /// What was assigned to a person since a moment, done or not, oldest first: the agenda of the next session reads it.
  public static func since(_ time: Kit.Instant, person: ID<Person>, org: ID<Organisation>, limit: Int = 50, _ tx: Transaction) throws
    -> [Assignment]
  {
    try tx.all(
      """
      \(Assignment.select)
      WHERE assignment.org_id = \(org) AND assignment.person_id = \(person) AND assignment.withdrawn_at IS NULL
        AND (assignment.created_at >= \(time) OR assignment.done_at >= \(time) OR assignment.done_at IS NULL)
      ORDER BY assignment.created_at, assignment.id LIMIT \(limit)
      """)
  }
}

/// Takes back what one assigned, or what one set oneself.
struct WithdrawAssignment: UseCase {
  var assignment: ID<Assignment>

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Done {
    let row = try tx.row(
      """
      SELECT id FROM assignment WHERE org_id = \(viewer.org) AND id = \(assignment) AND assigned_by = \(viewer.person)
      """)
    guard row != nil else { throw Problem.notFound }
    try tx.swap(
      """
      UPDATE assignment SET withdrawn_at = \(world.now())
      WHERE org_id = \(viewer.org) AND id = \(assignment) AND done_at IS NULL AND withdrawn_at IS NULL
      """, otherwise: .conflict(code: "assignment_over", detail: "This is done or taken back already."))
    try tx.record(viewer, "assignment.withdrawn", assignment, [:], world)
    return Done()
  }
}
