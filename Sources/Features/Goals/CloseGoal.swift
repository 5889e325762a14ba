import Kit
import Store
import Web

/// Ends a goal, reached or not, with what was learned on the way.
struct CloseGoal: UseCase {
  enum Outcome: String, Choice {
    case reached, dropped
  }

  var goal: ID<Goal>
  var outcome: Outcome
  var learned: String?

  static let rules: [String: Rule] = ["learned": .text(0...500)]

  struct Closed: Output {
    let id: ID<Goal>
    let outcome: Outcome
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Closed {
    let goal = try Goal.find(goal, for: viewer, tx)
    let state: Goal.State = outcome == .reached ? .reached : .dropped
    try tx.swap(
      """
      UPDATE goal SET state = \(state), closed_at = \(world.now()), learned = \((learned ?? "").trimmed), version = version + 1
      WHERE org_id = \(viewer.org) AND id = \(goal.id) AND state = \(Goal.State.open)
      """, otherwise: Goal.closed)
    try tx.record(viewer, "goal.\(outcome.rawValue)", goal.id, [:], world)
    return Closed(id: goal.id, outcome: outcome)
  }
}

/// Takes a closing back.
struct ReopenGoal: UseCase {
  var goal: ID<Goal>

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> OpenGoal.Opened {
    let goal = try Goal.find(goal, for: viewer, tx)
    guard goal.state != .open else { throw ReopenGoal.openAlready }
    try OpenGoal.checkRoom(viewer, tx)
    try tx.swap(
      """
      UPDATE goal SET state = \(Goal.State.open), closed_at = NULL, version = version + 1
      WHERE org_id = \(viewer.org) AND id = \(goal.id) AND state <> \(Goal.State.open)
      """, otherwise: ReopenGoal.openAlready)
    try tx.record(viewer, "goal.reopened", goal.id, [:], world)
    return OpenGoal.Opened(id: goal.id)
  }

  private static let openAlready = Problem.conflict(code: "goal_open", detail: "This goal is open already.")
}
