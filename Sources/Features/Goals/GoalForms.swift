import Kit
import Scheduling
import Store
import Web

/// The form for a new goal.
struct NewGoal: UseCase {
  /// A skill that the link came with.
  var skill: String?
  // What was chosen in a form that was refused.
  var skills: [String]?

  struct Page: Output {
    var form: Form
    var example: String
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Page {
    let chosen = try skill.flatMap { try Skill.search($0.replacing("-", with: " "), limit: 1, tx).first }
    let picked = try PickedSkills(chosen.map { [$0] } ?? [], typed: skills, tx)
    let seeks = try PersonSkills.of(viewer.person, org: viewer.org, tx).seeks
    let level = chosen.flatMap { skill in seeks.first { $0.skill.id == skill.id }?.level } ?? 2
    let levels = { (name: String, label: String, value: Int) in
      Form.Field.choose(
        .select, name, label,
        (1...5).map { Form.Option("\($0)", "\($0) · \(SkillLevel.words($0))", chosen: $0 == value) })
    }
    return Page(
      form: Form(
        "/goals", button: "Set this goal", cancel: Form.Link("Back to goals", "/goals"),
        [
          .text(
            "title", "What will you do?", help: "One thing, with where: “Lead the planning meeting of my team”.", max: 160),
          .text("measure", "How will you see it?", help: "What changes for others: “The meeting ends on time”.", max: 200),
          .text("target", "Target", help: "A number if you can: “3 of 4 meetings”.", max: 200),
          .choose(
            .chips, "months", "By when?",
            [Form.Option("6", "6 months", chosen: true), Form.Option("12", "12 months")]),
          .skills(
            "skills", "Skills behind it", picked, help: "At most three. They draw your gap bars and find lessons and mentors.",
            optional: true),
          levels("from_level", "Where are you now?", level), levels("to_level", "Where do you want to be?", min(level + 2, 5)),
          .text("why", "Why does it matter?", help: "One line, for the day you doubt it.", optional: true, max: 300),
        ]), example: "“Lead the planning meeting of my team. It ends on time, 3 of 4 times, by May.”")
  }
}

/// The form for changing a goal.
struct GoalToEdit: UseCase {
  var goal: ID<Goal>

  struct Page: Output {
    var goal: GoalCard
    var form: Form
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Page {
    let goal = try Goal.findOpen(goal, for: viewer, tx)
    return Page(
      goal: GoalCard(goal, gaps: [], milestones: [], today: viewer.today(world)),
      form: Form(
        "\(goal.href)/edit", button: "Save", cancel: Form.Link("Back to the goal", goal.href),
        [
          .text("title", "What will you do?", value: goal.title, max: 160),
          .text("measure", "How will you see it?", value: goal.measure, max: 200),
          .text("target", "Target", value: goal.target, max: 200),
          .text("due", "By when?", value: goal.dueOn.description, type: "date"),
          .text("why", "Why does it matter?", value: goal.why, optional: true, max: 300),
          .hidden("version", "\(goal.version)"),
        ]))
  }
}

/// The form for closing a goal.
struct GoalToClose: UseCase {
  var goal: ID<Goal>

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> GoalToEdit.Page {
    let goal = try Goal.findOpen(goal, for: viewer, tx)
    return GoalToEdit.Page(
      goal: GoalCard(goal, gaps: [], milestones: [], today: viewer.today(world)),
      form: Form(
        "\(goal.href)/close", button: "Close this goal", cancel: Form.Link("Keep it open", goal.href),
        [
          .choose(
            .radio, "outcome", "How did it end?",
            [
              Form.Option("reached", "Reached", help: "You see what you wanted to see.", chosen: true),
              Form.Option("dropped", "Dropped", help: "It stopped mattering, or something else came first. Both are fine."),
            ]),
          .area("learned", "What did you learn on the way?", rows: 3, optional: true, max: 500),
        ]))
  }
}
