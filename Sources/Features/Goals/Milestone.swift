import Kit
import Scheduling
import Store
import Web

/// One step on the way to a goal.
public struct Milestone: Sendable, RowDecodable {
  let id: ID<Milestone>
  let goal: ID<Goal>
  let title: String
  let dueOn: CivilDate?
  let isDone: Bool

  public init(row: Row) throws {
    id = try row("id")
    goal = try row("goal_id")
    title = try row("title")
    dueOn = try row.optional("due_on", as: String.self).flatMap(CivilDate.init(_:))
    isDone = try row.optional("done_at", as: Kit.Instant.self) != nil
  }

  /// The milestones of several goals in one statement, in the order of their dates.
  static func of(_ goals: [ID<Goal>], org: ID<Organisation>, _ tx: Transaction) throws -> [ID<Goal>: [Milestone]] {
    if goals.isEmpty { return [:] }
    let all: [Milestone] = try tx.all(
      """
      SELECT id, goal_id, title, due_on, done_at FROM milestone WHERE org_id = \(org) AND goal_id IN \(SQL.list(goals))
      ORDER BY CASE WHEN due_on IS NULL THEN 1 ELSE 0 END, due_on, id
      """)
    return Dictionary(grouping: all, by: \.goal)
  }
}

/// A goal takes so many; more are a plan of their own.
private let most = 20

struct AddMilestone: UseCase {
  var goal: ID<Goal>
  var title: String
  var due: String?

  static let rules: [String: Rule] = ["title": .text(3...160), "due": .date]

  struct Result: Output {
    let id: ID<Milestone>
    let goal: ID<Goal>
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Result {
    let goal = try Goal.findOpen(goal, for: viewer, tx)
    guard try tx.count("SELECT count(*) FROM milestone WHERE org_id = \(viewer.org) AND goal_id = \(goal.id)") < most else {
      throw Problem.conflict(code: "milestones_full", detail: "A goal has at most \(most) milestones.")
    }
    if let due, let date = CivilDate(due), date > goal.dueOn {
      throw Problem.invalid("due", "Choose a date up to \(DisplayTime.dayAndYear(goal.dueOn)), when the goal is due.")
    }
    let id: ID<Milestone> = world.id()
    try tx.run(
      "INSERT INTO milestone (org_id, id, goal_id, title, due_on) VALUES (\(viewer.org), \(id), \(goal.id), \(title.trimmed), \(due))")
    try tx.record(viewer, "goal.milestone_added", goal.id, [:], world)
    return Result(id: id, goal: goal.id)
  }
}

/// What a milestone's acts answer.
struct MilestoneState: Output {
  let id: ID<Milestone>
  let goal: ID<Goal>
  let title: String
}

struct TickMilestone: UseCase {
  var goal: ID<Goal>
  var milestone: ID<Milestone>

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> MilestoneState {
    try MilestoneState.change(goal, milestone, "goal.milestone_reached", tx, viewer, world) { row in
      "UPDATE milestone SET done_at = \(world.now()) WHERE \(row) AND done_at IS NULL"
    }
  }
}

struct UntickMilestone: UseCase {
  var goal: ID<Goal>
  var milestone: ID<Milestone>

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> MilestoneState {
    try MilestoneState.change(goal, milestone, "goal.milestone_reopened", tx, viewer, world) { row in
      "UPDATE milestone SET done_at = NULL WHERE \(row) AND done_at IS NOT NULL"
    }
  }
}

struct RemoveMilestone: UseCase {
  var goal: ID<Goal>
  var milestone: ID<Milestone>

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> MilestoneState {
    try MilestoneState.change(goal, milestone, "goal.milestone_removed", tx, viewer, world) { row in "DELETE FROM milestone WHERE \(row)" }
  }
}

extension MilestoneState {
  fileprivate static func change(
    _ goal: ID<Goal>, _ milestone: ID<Milestone>, _ verb: String, _ tx: Transaction, _ viewer: Viewer, _ world: World,
    _ statement: (SQL) -> SQL
  ) throws -> MilestoneState {
    let goal = try Goal.findOpen(goal, for: viewer, tx)
    let row: SQL = "org_id = \(viewer.org) AND goal_id = \(goal.id) AND id = \(milestone)"
    guard let title: String = try tx.value("SELECT title FROM milestone WHERE \(row)") else { throw Problem.notFound }
    try tx.swap(statement(row), otherwise: .conflict(code: "milestone_changed", detail: "This milestone was changed a moment ago."))
    try tx.record(viewer, verb, goal.id, [:], world)
    return MilestoneState(id: milestone, goal: goal.id, title: title)
  }
}
