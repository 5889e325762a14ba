import Kit
import Store
import Web

/// Goals of 6 and 12 months: gaps, milestones, next steps.
extension Feature {
  static let goals = Feature(
    "Goals",
    endpoints: [
      .page("/goals", ListGoals.self, "goals/list", "List my goals"),
      .page("/goals/new", NewGoal.self, "goals/new", "Begin a goal"),
      .act(.post, "/goals", OpenGoal.self, "Set a goal", form: "/goals/new", creates: true) {
        Destination("/goals/\($0.id)", say: "Goal set. Add the first milestone.")
      },
      .page("/goals/:goal", ShowGoal.self, "goals/show", "Show a goal"),
      .page("/goals/:goal/edit", GoalToEdit.self, "goals/edit", "Show the form for changing a goal"),
      .act(.post, "/goals/:goal/edit", EditGoal.self, "Change a goal", form: "/goals/:goal/edit") {
        Destination("/goals/\($0.id)", say: "Saved.")
      },
      .page("/goals/:goal/close", GoalToClose.self, "goals/close", "Show the form for closing a goal"),
      .act(.post, "/goals/:goal/close", CloseGoal.self, "Close a goal", form: "/goals/:goal/close") {
        Destination(
          "/goals/\($0.id)", say: $0.outcome == .reached ? "Goal reached. Well done." : "Goal closed.",
          undo: Destination.undo("/goals/\($0.id)/reopen"))
      },
      .act(.post, "/goals/:goal/reopen", ReopenGoal.self, "Open a closed goal again") {
        Destination("/goals/\($0.id)", say: "The goal is open again.")
      },
      .act(.post, "/goals/:goal/levels", UpdateGap.self, "Say where I am in a skill", form: "/goals/:goal") {
        Destination("/goals/\($0.goal)", say: $0.isClosed ? "\($0.label): gap closed." : "\($0.label) is at \($0.level).")
      },
      .act(.post, "/goals/:goal/milestones", AddMilestone.self, "Add a milestone", form: "/goals/:goal", creates: true) {
        Destination("/goals/\($0.goal)#milestones", say: "Milestone added.")
      },
      .act(.post, "/goals/:goal/milestones/:milestone/tick", TickMilestone.self, "Tick a milestone off") {
        Destination(
          "/goals/\($0.goal)#milestones", say: "Done: \($0.title)", undo: Destination.undo("/goals/\($0.goal)/milestones/\($0.id)/untick"))
      },
      .act(.post, "/goals/:goal/milestones/:milestone/untick", UntickMilestone.self, "Take the tick of a milestone back") {
        Destination("/goals/\($0.goal)#milestones", say: "Open again: \($0.title)")
      },
      .act(.post, "/goals/:goal/milestones/:milestone/remove", RemoveMilestone.self, "Remove a milestone") {
        Destination("/goals/\($0.goal)#milestones", say: "Removed: \($0.title)")
      },
    ],
    migrations: GoalTables.migrations,
    checks: [
      Check("a goal aims above where it began", remedy: "Ask its owner to choose a level above the first.") { tx in
        try tx.count("SELECT count(*) FROM goal_skill WHERE to_level <= from_level")
      }
    ],
    personalData: [
      PersonalColumn("goal", ["org_id", "id", "person_id", "created_at", "version"], .none, .delete),
      PersonalColumn(
        "goal", ["title", "measure", "target", "why", "months", "starts_on", "due_on", "state", "closed_at", "learned"], .content, .delete),
      PersonalColumn("goal_skill", ["org_id", "goal_id", "skill_id", "updated_at"], .none, .delete),
      PersonalColumn("goal_skill", ["from_level", "to_level", "now_level"], .content, .delete),
      PersonalColumn("milestone", ["org_id", "id", "goal_id"], .none, .delete),
      PersonalColumn("milestone", ["title", "due_on", "done_at"], .content, .delete),
    ])
}
