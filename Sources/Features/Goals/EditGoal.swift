import Kit
import Scheduling
import Store
import Web

/// Changes the words and the date of an open goal.
struct EditGoal: UseCase {
  var goal: ID<Goal>
  var title: String
  var measure: String
  var target: String
  var why: String?
  var due: String
  /// The version the form was made from.
  var version: Int

  static let rules: [String: Rule] = [
    "title": .text(3...160), "measure": .text(3...200), "target": .text(1...200), "why": .text(0...300), "due": .date,
  ]

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> OpenGoal.Opened {
    let goal = try Goal.findOpen(goal, for: viewer, tx)
    guard let date = CivilDate(due) else { throw Problem.invalid("due", "Enter a date such as 2026-11-23.") }
    // A date that was set before may lie in the past; only a new one must not.
    let due = date == goal.dueOn ? date : try GoalDates.due(due, months: goal.months, today: viewer.today(world))
    try tx.swap(
      """
      UPDATE goal SET title = \(title.trimmed), measure = \(measure.trimmed), target = \(target.trimmed), why = \((why ?? "").trimmed),
        due_on = \(due.description), version = version + 1
      WHERE org_id = \(viewer.org) AND id = \(goal.id) AND state = \(Goal.State.open) AND version = \(version)
      """, otherwise: .conflict(code: "goal_changed", detail: "This goal was changed in another window. Your words are kept below."))
    try tx.record(viewer, "goal.changed", goal.id, [:], world)
    return OpenGoal.Opened(id: goal.id)
  }
}

/// Says where one is now in a skill of a goal.
struct UpdateGap: UseCase {
  var goal: ID<Goal>
  var skill: ID<Skill>
  var level: Int

  static let rules: [String: Rule] = ["level": .number(1...5)]

  struct Result: Output {
    let goal: ID<Goal>
    let label: String
    let was: Int
    let level: Int
    let isClosed: Bool
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Result {
    let goal = try Goal.findOpen(goal, for: viewer, tx)
    guard let gap = try GoalGap.of([goal.id], org: viewer.org, tx)[goal.id]?.first(where: { $0.skill.id == skill }) else {
      throw Problem.notFound
    }
    try tx.run(
      """
      UPDATE goal_skill SET now_level = \(level), updated_at = \(world.now())
      WHERE org_id = \(viewer.org) AND goal_id = \(goal.id) AND skill_id = \(skill)
      """)
    try tx.record(viewer, "goal.level_set", goal.id, ["from": "\(gap.now)", "to": "\(level)"], world)
    return Result(goal: goal.id, label: gap.skill.label, was: gap.now, level: level, isClosed: level >= gap.to)
  }
}
