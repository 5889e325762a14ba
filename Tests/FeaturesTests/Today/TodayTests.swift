import Kit
import Store
import TandemTesting
import Testing

@testable import Features

@Suite("Today")
struct TodayTests {
  private func book(_ scene: Scene, in span: Span) async throws -> ID<Session> {
    let viewer = try await scene.viewer(.ben)
    let (ada, ben, world) = (scene.id(.ada), scene.id(.ben), scene.world)
    var week = SetAvailability()
    week.weekly = DayOfWeek.allCases.map { SetAvailability.Window(weekday: $0, from: "08:00", to: "18:00") }
    week.noticeMinutes = 0
    try await scene.do(.ada, week)
    return try await scene.store.write { tx in
      try Booking.book(
        tx, viewer, mentor: ada, mentee: ben, start: world.now() + span, minutes: 30, title: "Saying no to my manager", question: "How?",
        world)
    }
  }

  @Test("somebody new sees three first steps, and an ask is the first", arguments: Databases.each)
  func new(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let ben = try await scene.browser(.ben)
      let page = try await ben.get("/")
      #expect(page.status == 200)
      #expect(page.body.contains("Good morning, Ben"))
      let json = try await ben.getJSON("/").json
      #expect(json["steps"].count == 3)
      #expect(json["steps"][0]["href"].text == "/asks/new")
      #expect(json["steps"][0]["is_next"].flag == true)
      #expect(json["summary"].text == "Nothing due today.")
    }
  }

  @Test("whoever is not signed in is sent to sign in", arguments: Databases.each)
  func signedOut(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let answer = try await scene.stranger.get("/")
      #expect(answer.status == 303)
      #expect(answer.location == "/sign-in")
    }
  }

  @Test("a session of today comes with the other's time, and nobody else sees it", arguments: Databases.each)
  func session(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let id = try await book(scene, in: .hours(4))
      let json = try await scene.browser(.ben).getJSON("/").json
      #expect(json["first"]["href"].text == "/sessions/\(id)")
      #expect(json["summary"].text == "1 thing today, about 30 min.")
      for role in [Scene.Role.ravi, .otto] {
        #expect(try await scene.browser(role).getJSON("/").json["first"].exists == false)
      }
    }
  }

  @Test("a session that nobody wrote down is a thing for two days, then one nudge that can be put off", arguments: Databases.each)
  func nudge(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let id = try await book(scene, in: .hours(4))
      let ben = try await scene.browser(.ben)
      scene.clock.advance(.hours(6))
      #expect(try await ben.getJSON("/").json["first"]["kind"].text == "wrap_up")
      scene.clock.advance(.days(3))
      let json = try await ben.getJSON("/").json
      #expect(json["nudge"]["kind"].text == "undocumented")
      #expect(try await ben.post("/nudges/undocumented/put-off", ["object": id.description]).status == 303)
      #expect(try await ben.getJSON("/").json["nudge"].exists == false)
    }
  }

  @Test("other times that were proposed are a thing to do for whoever chooses, and for nobody else", arguments: Databases.each)
  func proposal(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let id = try await book(scene, in: .hours(52))
      try await scene.do(.ada, ProposeMove(session: id, starts: [scene.world.now() + .hours(28)]))
      let first = try await scene.browser(.ben).getJSON("/").json["first"]
      #expect(first["kind"].text == "proposal" && first["href"].text == "/sessions/\(id)")
      try await #expect(scene.browser(.ada).getJSON("/").json["first"].exists == false)
    }
  }

  @Test("what was told of a session before its last change is told no more", arguments: Databases.each)
  func notices(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let id = try await book(scene, in: .hours(52))
      try await scene.work()
      try await scene.do(.ben, MoveSession(session: id, start: scene.world.now() + .hours(28)))
      try await scene.work()
      let ben = try await scene.browser(.ben)
      let moved = try await ben.getJSON("/").json["notices"].items
      #expect(moved.count == 1 && moved.first?["subject"].text?.hasPrefix("Moved") == true)
      try await scene.do(.ben, CancelSession(session: id))
      try await scene.work()
      let cancelled = try await ben.getJSON("/").json["notices"].items
      #expect(cancelled.count == 1 && cancelled.first?["subject"].text?.hasPrefix("Cancelled") == true)
    }
  }

  @Test("only one nudge is chosen, the most pressing of all that apply")
  func one() {
    var facts = Nudge.Facts(openLessons: 3, dueCards: 60, hasGoal: false)
    #expect(Nudge.all(facts).map(\.kind) == [.backlog, .unaligned])
    facts.hasGoal = true
    facts.dueCards = 29
    #expect(Nudge.all(facts).isEmpty)
  }

  @Test("the page costs the same statements for thirty cards as for sixty", arguments: Databases.each)
  func cost(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let (org, ben, world) = (scene.org, scene.id(.ben), scene.world)
      let add = { (count: Int) in
        try await scene.store.write { tx in
          for number in 0..<count {
            _ = try Card.make(
              org: org, person: ben, front: "Front \(number) of \(world.now()) \(world.random())", back: "Back", source: .own, tx, world)
          }
        }
      }
      try await add(30)
      let browser = try await scene.browser(.ben)
      let few = try await scene.statements { _ = try await browser.get("/") }.count
      try await add(30)
      let many = try await scene.statements { _ = try await browser.get("/") }.count
      #expect(few == many)
      #expect(few <= 19)
    }
  }
}
