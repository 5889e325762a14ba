import Kit
import Scheduling
import Store
import Web

extension Play {
  /// Open action items are done within about a week; a few are dropped.
  mutating func promisesAreKept(_ tx: Transaction) throws {
    let rows = try tx.rows("SELECT id, owner_id FROM action_item WHERE org_id = \(company.org) AND state = 'open' ORDER BY id")
    for row in rows {
      guard let someone = company.someone(try row("owner_id")), dice.below(900) < someone.diligence else { continue }
      let id: ID<ActionItem> = try row("id")
      if dice.percent(93) {
        try attempt { try FinishAction(action: id)(tx, someone.viewer, world) }
      } else {
        try attempt { try DropAction(action: id)(tx, someone.viewer, world) }
      }
    }
  }

  /// Goals, milestones, what was used at work, who confirms it, and who moves on.
  mutating func growthIsShown(_ tx: Transaction) throws {
    for _ in 0..<daily(perThousand: 9) { try openGoal(tx) }
    let milestones = try tx.rows(
      """
      SELECT milestone.id AS id, milestone.goal_id AS goal_id, goal.person_id AS person_id FROM milestone
      JOIN goal ON goal.org_id = milestone.org_id AND goal.id = milestone.goal_id
      WHERE milestone.org_id = \(company.org) AND milestone.done_at IS NULL AND goal.state = 'open' ORDER BY milestone.id
      """)
    for row in milestones {
      guard let someone = company.someone(try row("person_id")), someone.viewer.person != story?.learner.person,
        dice.below(5000) < someone.diligence
      else { continue }
      let tick = TickMilestone(goal: try row("goal_id"), milestone: try row("id"))
      try attempt { try tick(tx, someone.viewer, world) }
    }
    for _ in 0..<daily(perThousand: 11) { try useAtWork(tx) }
    try confirm(tx)
    if dice.below(3000) < company.people.count { try moveOn(tx) }
  }

  private mutating func openGoal(_ tx: Transaction) throws {
    guard let someone = dice.one(of: company.people), someone.viewer.person != story?.learner.person, let place = someone.themes.first,
      try tx.count("SELECT count(*) FROM goal WHERE org_id = \(company.org) AND person_id = \(someone.viewer.person)") == 0
    else { return }
    let theme = company.themes[place]
    let from = dice.within(1...2)
    let goal = OpenGoal(
      title: theme.goal.title, measure: theme.goal.measure, target: theme.goal.target, months: dice.percent(70) ? 6 : 12,
      skills: company.skillIDs(theme).prefix(2).map(\.description), fromLevel: from, toLevel: from + dice.within(1...2))
    guard let opened = try attempt({ try goal(tx, someone.viewer, world) }) else { return }
    for action in theme.actions.prefix(3) {
      try attempt { try AddMilestone(goal: opened.id, title: action)(tx, someone.viewer, world) }
    }
  }

  private mutating func useAtWork(_ tx: Transaction) throws {
    guard let someone = dice.one(of: company.people), dice.percent(someone.diligence), let place = someone.themes.first,
      let witness = dice.one(of: company.people.filter { $0.department == someone.department && $0.viewer.person != someone.viewer.person })
    else { return }
    let theme = company.themes[place]
    guard let what = dice.one(of: theme.uses), let skill = company.skillIDs(theme).first else { return }
    let use = AddApplication(
      what: what, place: "At work in my department", skill: skill.description, confirmer: witness.viewer.person.description)
    try attempt { try use(tx, someone.viewer, world) }
  }

  private mutating func confirm(_ tx: Transaction) throws {
    let rows = try tx.rows(
      """
      SELECT id, asked_id FROM application WHERE org_id = \(company.org) AND state = 'asked' ORDER BY id
      """)
    for row in rows {
      guard let witness = company.viewer(try row("asked_id")), dice.percent(25) else { continue }
      let id: ID<Application> = try row("id")
      try attempt { try ConfirmApplication(application: id)(tx, witness, world) }
    }
  }

  private mutating func moveOn(_ tx: Transaction) throws {
    guard let manager = company.people.first(where: { $0.viewer.has(.manager) })?.viewer, let someone = dice.one(of: company.people),
      someone.viewer.person != story?.learner.person, let place = someone.themes.first
    else { return }
    let today = manager.today(world).description
    let step = RecordAdvancement(
      kind: dice.percent(50) ? .title : .role,
      words: dice.one(of: ["Team lead", "Senior in the same field", "Shift lead", "Project lead"]) ?? "Team lead",
      happenedOn: today, skills: company.skillIDs(company.themes[place]).prefix(2).map(\.description), person: someone.viewer.person)
    try attempt { try step(tx, manager, world) }
  }
}
