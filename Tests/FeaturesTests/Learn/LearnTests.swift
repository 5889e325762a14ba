import Foundation
import Kit
import SpacedRepetition
import Store
import TandemTesting
import Testing

@testable import Features

@Suite("Learn and assignments")
struct LearnTests {
  @Test(
    "a mentor assigns a lesson to the own mentee with a date and a reason; a mail says so; finishing it is seen", arguments: Databases.each)
  func assigned(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.meet()
      let lesson = try await scene.lesson("feedback-that-lands")
      let (ada, ben) = (try await scene.browser(.ada), try await scene.browser(.ben))
      #expect(try await ada.get("/lessons/\(lesson)/assign").body.contains("Ben Learner"))
      let form: KeyValuePairs = ["person": scene.id(.ben).description, "due": "2026-11-27", "why": "For your talk with Jonas"]
      #expect(try await ada.post("/lessons/\(lesson)/assignments", form).status == 303)
      #expect(try await ada.post("/lessons/\(lesson)/assignments", form).status == 303, "twice is one assignment")
      try await scene.work()
      let mails = scene.outbox.to("ben@north.example")
      #expect(mails.count == 1 && mails.first?.subject.contains("Feedback that lands") == true)
      let page = try await ben.get("/learn").body
      #expect(page.contains("From Ada Mentor") && page.contains("Until Fri 27 Nov") && page.contains("For your talk with Jonas"))
      #expect(try await ben.get("/lessons/\(lesson)").body.contains("Ada Mentor suggests this until Fri 27 Nov."))
      #expect(try await ada.getJSON("/learn").json["given"][0]["is_done"].flag == false)
      try await scene.finish(lesson)
      #expect(try await ada.getJSON("/learn").json["given"][0]["is_done"].flag == true)
      #expect(try await ben.getJSON("/learn").json["assigned"].count == 0)
      let (org, person, time) = (scene.org, scene.id(.ben), scene.clock.now - .days(1))
      let since = try await scene.store.read { tx in try Assignments.since(time, person: person, org: org, tx) }
      #expect(since.map(\.title) == ["Feedback that lands"] && since.first?.doneAt != nil)
    }
  }

  @Test("a mentor cannot assign to strangers, a manager can to all, everybody to themselves", arguments: Databases.each)
  func permissions(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let lesson = try await scene.lesson("story-arc")
      func assign(_ role: Scene.Role, to: ID<Person>?) async throws -> Int {
        let person = to.map { #", "person": "\#($0)""# } ?? ""
        return try await scene.browser(role).postJSON("/lessons/\(lesson)/assignments", #"{"why": "x"\#(person)}"#).status
      }
      #expect(try await assign(.ada, to: scene.id(.ben)) == 403)
      #expect(try await assign(.ben, to: scene.id(.ravi)) == 403)
      #expect(try await assign(.mara, to: scene.id(.ben)) == 201)
      #expect(try await assign(.ravi, to: nil) == 201)
      #expect(try await assign(.mara, to: scene.id(.otto)) == 404, "nobody of another organisation")
      let late = try await scene.browser(.ben).postJSON("/lessons/\(lesson)/assignments", #"{"due": "2026-11-22"}"#)
      #expect(late.status == 422)
    }
  }

  @Test(
    "an open assignment is changed by whoever made it and stays as it is for everybody else; it names only a session of the two",
    arguments: Databases.each)
  func changed(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.meet()
      let (org, ben) = (scene.org, scene.id(.ben))
      let lesson = try await scene.lesson("feedback-that-lands")
      let made = try await scene.do(.ada, AssignLesson(lesson: lesson, person: ben, due: "2026-11-27", why: "For your talk"))
      for role in [Scene.Role.ben, .mara] {
        let other = try await scene.do(role, AssignLesson(lesson: lesson, person: ben, due: "2027-01-30", why: "Some day"))
        #expect(other.id == made.id && other.wasThere && other.due == "2026-11-27", "\(role)")
        #expect(other.why == (role == .ben ? "For your talk" : ""), "\(role)")
      }
      let mara = try await scene.browser(.mara)
      let told = try await mara.post("/lessons/\(lesson)/assignments", ["person": ben.description])
      #expect(try await mara.follow(told).body.contains("Ada Mentor assigned this before."))
      let changed = try await scene.do(.ada, AssignLesson(lesson: lesson, person: ben, due: "2026-11-28"))
      #expect(changed.id == made.id && !changed.wasThere && changed.due == "2026-11-28" && changed.why == "For your talk")
      let noted = try await scene.store.read { tx in
        try tx.count("SELECT count(*) FROM activity WHERE org_id = \(org) AND verb = 'assignment.changed'")
      }
      #expect(noted == 1)

      let second = try await scene.lesson("story-arc")
      let session = try #require(
        try await scene.store.read { tx in try tx.value("SELECT id FROM session WHERE org_id = \(org)", as: ID<Session>.self) })
      await #expect(throws: Problem.notFound) {
        try await scene.do(.mara, AssignLesson(lesson: second, person: ben, session: session))
      }
      await #expect(throws: Problem.self) { try await scene.do(.ada, AssignLesson(lesson: second, person: nil, session: ID(1))) }
      try await scene.do(.ada, AssignLesson(lesson: second, person: ben, session: session))
    }
  }

  @Test("who assigned a lesson takes it back, nobody else does", arguments: Databases.each)
  func withdrawn(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.meet()
      let lesson = try await scene.lesson("story-arc")
      let made = try await scene.do(.ada, AssignLesson(lesson: lesson, person: scene.id(.ben)))
      let path = "/learn/assignments/\(made.id)/withdraw"
      for role in [Scene.Role.ben, .ravi, .otto] { #expect(try await scene.browser(role).postJSON(path).status == 404, "\(role)") }
      let ada = try await scene.browser(.ada)
      #expect(try await ada.postJSON(path).status == 200)
      #expect(try await ada.postJSON(path).status == 409)
      #expect(try await scene.browser(.ben).getJSON("/learn").json["assigned"].count == 0)
    }
  }

  @Test(
    "what is due, in progress and suggested stands on one page, with the same number of statements for little and for much",
    arguments: Databases.each)
  func page(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let ben = try await scene.browser(.ben)
      let empty = try await ben.get("/learn").body
      #expect(empty.contains("Finish a lesson, or write a card of your own") && empty.contains("Suggested"))
      let all = try await scene.store.read { [org = scene.org] tx in
        try tx.values("SELECT id FROM lesson WHERE org_id = \(org) ORDER BY slug", as: ID<Lesson>.self)
      }
      _ = try await scene.cards(2)
      for lesson in all.prefix(3) { try await scene.do(.ben, AssignLesson(lesson: lesson, person: nil)) }
      for lesson in all[3..<5] { _ = try await ben.post("/lessons/\(lesson)/parts", ["part": "2"]) }
      let few = try await scene.statements { _ = try await ben.get("/learn") }
      _ = try await scene.cards(10)
      for lesson in all[5..<12] { try await scene.do(.ben, AssignLesson(lesson: lesson, person: nil)) }
      for lesson in all[12..<16] { _ = try await ben.post("/lessons/\(lesson)/parts", ["part": "2"]) }
      let many = try await scene.statements {
        let page = try await ben.get("/learn").body
        #expect(page.contains("Review 12 cards · 4 min"))
      }
      #expect(few.count == many.count, "\(few.count) and \(many.count)")
    }
  }

  @Test("completion counts the lessons assigned in the window and those of them that were done", arguments: Databases.each)
  func completion(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let old = try await scene.lesson("story-arc")
      try await scene.do(.ben, AssignLesson(lesson: old, person: nil))
      scene.clock.advance(.days(40))
      let new = try await scene.lesson("feedback-that-lands")
      try await scene.do(.ben, AssignLesson(lesson: new, person: nil))
      scene.clock.advance(.days(1))
      let (org, world) = (scene.org, scene.world)
      func figures() async throws -> LearningFigures {
        try await scene.store.read { tx in
          try LearningFigures.load(org: org, from: world.now() - .days(30), to: world.now(), tx, world)
        }
      }
      try await scene.finish(old)
      scene.clock.advance(.hours(1))
      let before = try await figures()
      #expect(before.planned == 1 && before.plannedDone == 0 && before.assignees == 1, "the old one was assigned before the window")
      #expect(before.completed == 1)
      try await scene.finish(new)
      scene.clock.advance(.hours(1))
      #expect(try await figures().plannedDone == 1)
    }
  }

  @Test("recall is of cards that are not set aside and of people who are there", arguments: Databases.each)
  func recall(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let (kept, others) = (try await scene.cards(3), try await scene.cards(2, for: .ravi))
      for card in kept { try await scene.do(.ben, AnswerCard(card: card, answer: .recalled)) }
      for card in others { try await scene.do(.ravi, AnswerCard(card: card, answer: .recalled)) }
      let (org, world) = (scene.org, scene.world)
      func figures() async throws -> LearningFigures {
        try await scene.store.read { tx in
          try LearningFigures.load(org: org, from: world.now() - .days(30), to: world.now(), tx, world)
        }
      }
      let all = try await figures()
      #expect(all.cards == 5 && all.people == 2)
      try await scene.do(.ben, SuspendCard(card: kept[0]))
      try await scene.do(.omar, SuspendMember(person: scene.id(.ravi)))
      let left = try await figures()
      #expect(left.cards == 2 && left.people == 1)
    }
  }

  @Test("suggestions are of the skills sought, and never what is done", arguments: Databases.each)
  func suggested(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let (org, person, world) = (scene.org, scene.id(.ben), scene.world)
      try await scene.store.write { tx in
        let speaking = try #require(try Skill.slug("public-speaking", tx))
        try PersonSkills.set(person: person, org: org, offers: [:], seeks: [speaking: 2], by: nil, tx, world)
      }
      let ben = try await scene.browser(.ben)
      let first = try await ben.getJSON("/learn")
      #expect(first.json["suggested"].items.allSatisfy { $0["skills"].text?.contains("Public speaking") == true })
      let id = try #require(first.json["suggested"][0]["id"].text)
      _ = try await ben.post("/lessons/\(id)/parts", ["part": "1"])
      _ = try await ben.post("/lessons/\(id)/finish")
      let second = try await ben.getJSON("/learn")
      #expect(second.json["suggested"].items.contains { $0["id"].text == id } == false)
      #expect(first.json["suggested_why"].text == "For what you want to learn: Public speaking")
    }
  }

  @Test("where no lesson is of the skills sought the heading does not say so", arguments: Databases.each)
  func heading(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let (org, person, world) = (scene.org, scene.id(.ben), scene.world)
      #expect(try await scene.browser(.ben).getJSON("/learn").json["suggested_why"].text == "Short ones to begin with")
      try await scene.store.write { tx in
        let untaught = try #require(
          try tx.value("SELECT id FROM skill WHERE id NOT IN (SELECT skill_id FROM lesson_skill) LIMIT 1", as: ID<Skill>.self))
        try PersonSkills.set(person: person, org: org, offers: [:], seeks: [untaught: 2], by: nil, tx, world)
      }
      let page = try await scene.browser(.ben).getJSON("/learn").json
      #expect(page["suggested_why"].text == "Nothing new for what you want to learn, so short ones")
      #expect(page["suggested"].count == 3)
    }
  }
}

@Suite("Rhythm")
struct RhythmTests {
  /// 1970-01-05 was a Monday.
  private let monday = DayNumber(rawValue: 4)
  private let workdays: Set<Int> = [1, 2, 3, 4, 5]

  @Test("the last five planned days count, rest days cost nothing, and today is not yet missed")
  func counts() {
    let friday = monday.advanced(by: 11)
    let rhythm = Rhythm(active: [4, 5, 7, 8, 11, 12, 14], plan: workdays, today: friday)
    // Planned before today: Fri 8, Mon 11, Tue 12, Wed 13, Thu 14.
    #expect(rhythm.finding == "4 of your last 5 planned days.")
    #expect(rhythm.days.map(\.kind) == ["rest", "rest", "done", "done", "none", "done", "planned"])
    #expect(rhythm.days.last?.label == "Fri" && rhythm.days.last?.today == true)
  }

  @Test("days before the first one are not missed")
  func beginning() {
    #expect(Rhythm(active: [], plan: workdays, today: monday).finding == "Your first day starts the rhythm.")
    #expect(Rhythm(active: [4], plan: workdays, today: monday).finding == "1 of your last 1 planned day.")
    #expect(Rhythm(active: [2], plan: workdays, today: DayNumber(rawValue: 2)).finding == "Your rhythm has begun.")
    let friday = monday.advanced(by: 4)
    let newcomer = Rhythm(active: [], plan: workdays, today: friday, joined: monday.advanced(by: 2))
    #expect(newcomer.days.map(\.kind) == ["rest", "rest", "rest", "rest", "none", "none", "planned"])
    #expect(newcomer.days[3].words == "before you joined" && newcomer.days[4].words == "not this time")
  }
}
