import Kit
import TandemTesting
import Web

@testable import Features

extension SceneObjects {
  /// A goal with a milestone, a use at work that a mentor may confirm, and a program, in both organisations.
  mutating func addGrowth(_ scene: Scene) async throws {
    let (own, theirs) = (
      try await Growth(scene, .ben, asks: "ada@north.example", .mara), try await Growth(scene, .olga, asks: "otto@south.example", .oskar)
    )
    add("goal", own.goal, theirs.goal, [.ben])
    add("milestone", own.milestone, theirs.milestone, [.ben])
    add("application", own.application, theirs.application, [.ben, .ada])
    add("program", own.program, theirs.program, [])
    add("nudges/kind", "backlog", "backlog", [])
    let keys = scene.site.keys
    add(
      "unsubscribe/token", Unsubscribe.token(scene.id(.ben), org: scene.org, .program, keys),
      Unsubscribe.token(scene.id(.olga), org: scene.other, .program, keys), [])
  }

  private struct Growth {
    let goal: String
    let milestone: String
    let application: String
    let program: String

    init(_ scene: Scene, _ learner: Scene.Role, asks colleague: String, _ manager: Scene.Role) async throws {
      let goal = try await scene.do(
        learner, OpenGoal(title: "Lead the planning meeting", measure: "It ends on time", target: "3 of 4", months: 6)
      ).id
      self.goal = goal.description
      milestone = try await scene.do(learner, AddMilestone(goal: goal, title: "Shadow one meeting")).id.description
      application = try await scene.do(
        learner, AddApplication(what: "Opened with the question.", place: "Plan review", skill: "public-speaking", confirmer: colleague)
      ).id.description
      program = try await scene.do(
        manager, CreateProgram(name: "Flash days", template: .flash, startsOn: "2026-11-23", endsOn: "2027-02-23")
      ).id.description
    }
  }
}
