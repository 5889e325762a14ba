import Kit
import Scheduling
import Store
import Web

/// One goal: gaps, milestones, evidence, and how well it is worded.
struct ShowGoal: UseCase {
  var goal: ID<Goal>

  struct Page: Output {
    struct Proof: Output {
      var what: String
      var href: String
      var skill: String
      var words: String
      var chip: String
    }

    var goal: GoalCard
    var smart: SmartCheck?
    var levelForm: Form?
    var milestoneForm: Form?
    var proofs: [Proof]
    var proofHref: String
    var noMilestones: Bool
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Page {
    let goal = try Goal.find(goal, for: viewer, tx)
    let today = viewer.today(world)
    let gaps = try GoalGap.of([goal.id], org: viewer.org, tx)[goal.id] ?? []
    let milestones = try Milestone.of([goal.id], org: viewer.org, tx)[goal.id] ?? []
    let isOpen = goal.state == .open
    let proofs = try Application.list(of: viewer.person, goal: goal.id, org: viewer.org, limit: 20, tx)
    return Page(
      goal: GoalCard(goal, gaps: gaps, milestones: milestones, today: today),
      smart: isOpen
        ? SmartCheck(
          SmartCheck.Draft(
            title: goal.title, measure: goal.measure, target: goal.target, why: goal.why, months: goal.months,
            days: goal.dueOn.days(since: today), levels: gaps.map { (from: $0.from, to: $0.to) })) : nil,
      levelForm: isOpen ? ShowGoal.levelForm(goal, gaps) : nil, milestoneForm: isOpen ? ShowGoal.milestoneForm(goal) : nil,
      proofs: proofs.map { Page.Proof(what: $0.what, href: $0.href, skill: $0.skill.label, words: $0.state.words, chip: $0.state.chip) },
      proofHref: "/applications/new?goal=\(goal.id)", noMilestones: milestones.isEmpty)
  }

  private static func levelForm(_ goal: Goal, _ gaps: [GoalGap]) -> Form? {
    guard let first = gaps.first(where: { !$0.isClosed }) ?? gaps.first else { return nil }
    return Form(
      "\(goal.href)/levels", button: "Update one gap", id: "level",
      [
        .choose(
          .select, "skill", "Skill",
          gaps.map { Form.Option($0.skill.id.description, $0.skill.label, chosen: $0.skill.id == first.skill.id) }),
        .choose(
          .select, "level", "Where are you now?",
          (1...5).map { Form.Option("\($0)", "\($0) · \(SkillLevel.words($0))", chosen: $0 == first.now) }),
      ])
  }

  private static func milestoneForm(_ goal: Goal) -> Form {
    Form(
      "\(goal.href)/milestones", button: "Add milestone", id: "mile",
      [
        .text("title", "Next step", help: "Something you can tick off.", max: 160),
        .text("due", "By", type: "date", optional: true),
      ])
  }
}
