import Kit
import Scheduling
import Store
import TandemTesting
import Testing

@testable import Features

extension Scene {
  func goal(_ role: Role = .ben, _ title: String = "Lead the planning meeting of my team", months: Int = 6) async throws -> ID<Goal> {
    try await self.do(
      role,
      OpenGoal(
        title: title, measure: "The meeting ends on time", target: "3 of 4", months: months, skills: ["public-speaking"], fromLevel: 2,
        toLevel: 4)
    ).id
  }
}

@Suite("Goals")
struct GoalTests {
  @Test("a goal set by form is due in six months and shows its gap as page and as JSON", arguments: Databases.each)
  func open(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let ben = try await scene.browser(.ben)
      let answer = try await ben.post(
        "/goals",
        [
          "title": "Lead the planning meeting of my team", "measure": "It ends on time", "target": "3 of 4", "months": "6",
          "skills": "public-speaking", "from_level": "2", "to_level": "4",
        ])
      #expect(answer.status == 303)
      let path = try #require(answer.location)
      let page = try await ben.get(path)
      #expect(page.status == 200)
      #expect(page.body.contains("2 of 4"))
      let json = try await ben.getJSON(path).json
      #expect(json["goal"]["due_on"].text == "2027-05-23")
      #expect(json["goal"]["gaps"][0]["now"].number == 2)
      #expect(try await ben.get("/goals").body.contains("Lead the planning meeting"))
    }
  }

  @Test("a goal that cannot be taken keeps what was typed", arguments: Databases.each)
  func refused(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let ben = try await scene.browser(.ben)
      let answer = try await ben.post(
        "/goals",
        [
          "title": "Kept words of mine", "measure": "It ends on time", "target": "3 of 4", "months": "6", "skills": "public-speaking",
          "from_level": "4", "to_level": "4",
        ])
      #expect(answer.status == 422)
      #expect(answer.body.contains("Kept words of mine"))
      #expect(answer.body.contains("Choose a level above where you are now."))
    }
  }

  @Test("nobody else sees a goal: a colleague, a manager and another organisation get the answer of a random id", arguments: Databases.each)
  func others(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let goal = try await scene.goal()
      for role in [Scene.Role.ravi, .mara, .omar, .otto] {
        let browser = try await scene.browser(role)
        let (real, random) = (try await browser.getJSON("/goals/\(goal)"), try await browser.getJSON("/goals/0zzzzzzzzzzz7"))
        #expect(real.status == 404)
        #expect(random.status == 404)
        #expect(try await browser.postJSON("/goals/\(goal)/close", #"{"outcome":"dropped"}"#).status == 404)
      }
      let open = try await scene.stranger.get("/goals/\(goal)")
      #expect(open.status == 303)
    }
  }

  @Test("a milestone is ticked once, and the tick can be taken back", arguments: Databases.each)
  func milestones(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let goal = try await scene.goal()
      let mile = try await scene.do(.ben, AddMilestone(goal: goal, title: "Shadow one meeting", due: "2026-12-10")).id
      try await scene.do(.ben, TickMilestone(goal: goal, milestone: mile))
      await #expect(throws: Problem.self) { try await scene.do(.ben, TickMilestone(goal: goal, milestone: mile)) }
      let ben = try await scene.browser(.ben)
      #expect(try await ben.getJSON("/goals/\(goal)").json["goal"]["way"]["done"].number == 1)
      try await scene.do(.ben, UntickMilestone(goal: goal, milestone: mile))
      #expect(try await ben.getJSON("/goals/\(goal)").json["goal"]["way"]["done"].number == 0)
      await #expect(throws: Problem.notFound) { try await scene.do(.ravi, TickMilestone(goal: goal, milestone: mile)) }
    }
  }

  @Test("a closed goal changes no more until it is opened again", arguments: Databases.each)
  func closing(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let goal = try await scene.goal()
      try await scene.do(.ben, CloseGoal(goal: goal, outcome: .reached, learned: "Begin with the question"))
      await #expect(throws: Goal.closed) { try await scene.do(.ben, AddMilestone(goal: goal, title: "One more")) }
      await #expect(throws: Goal.closed) { try await scene.do(.ben, CloseGoal(goal: goal, outcome: .dropped)) }
      try await scene.do(.ben, ReopenGoal(goal: goal))
      try await scene.do(.ben, AddMilestone(goal: goal, title: "One more"))
    }
  }

  @Test("a closed goal is not opened again beside five open ones", arguments: Databases.each)
  func reopening(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let first = try await scene.goal()
      try await scene.do(.ben, CloseGoal(goal: first, outcome: .dropped))
      let second = try await scene.goal(.ben, "Lead planning meeting number 1")
      for number in 2...OpenGoal.mostOpen { _ = try await scene.goal(.ben, "Lead planning meeting number \(number)") }
      let ben = try await scene.browser(.ben)
      let refused = try await ben.postJSON("/goals/\(first)/reopen")
      #expect(refused.status == 409 && refused.json["code"].text == "goals_full")
      try await scene.do(.ben, CloseGoal(goal: second, outcome: .reached))
      #expect(try await ben.postJSON("/goals/\(first)/reopen").status == 200)
      #expect(try await ben.postJSON("/goals/\(first)/reopen").json["code"].text == "goal_open")
    }
  }

  @Test("an edit made from an old version is refused", arguments: Databases.each)
  func stale(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let goal = try await scene.goal()
      let edit = EditGoal(goal: goal, title: "Another title", measure: "It ends on time", target: "3 of 4", due: "2027-05-23", version: 1)
      try await scene.do(.ben, edit)
      await #expect(throws: Problem.self) { try await scene.do(.ben, edit) }
    }
  }

  @Test("the list costs the same statements for one goal and for five", arguments: Databases.each)
  func cost(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      _ = try await scene.goal()
      let ben = try await scene.browser(.ben)
      let few = try await scene.statements { _ = try await ben.get("/goals") }.count
      for number in 2...5 { _ = try await scene.goal(.ben, "Lead planning meeting number \(number)") }
      let many = try await scene.statements { _ = try await ben.get("/goals") }.count
      #expect(few == many)
      await #expect(throws: Problem.self) { _ = try await scene.goal(.ben, "One goal more than five") }
    }
  }

  @Test("six months after 31 August is the last day of February")
  func months() throws {
    let august = try #require(CivilDate(year: 2026, month: 8, day: 31))
    #expect(GoalDates.adding(6, to: august).description == "2027-02-28")
    #expect(GoalDates.adding(12, to: august).description == "2027-08-31")
  }
}
