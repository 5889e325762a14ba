import Kit
import Store
import TandemTesting
import Testing

@testable import Features

@Suite("Closing a program")
struct CloseProgramTests {
  @Test("a closed program stands in its own list and changes no more until it is opened again", arguments: Databases.each)
  func closes(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let mara = try await scene.browser(.mara)
      let path = try await scene.program()
      let ben = "\(path)/people/\(scene.id(.ben))"
      try await #expect(mara.post("\(path)/people", ["people": "ben@north.example", "role": "mentee"]).status == 303)
      let question = try await mara.get("\(path)/close").body
      #expect(question.contains("1 person takes part and stays in its list.") && question.contains("You can open it again at any time."))
      let closed = try await mara.post("\(path)/close")
      #expect(closed.status == 303 && closed.location == path)
      let page = try await mara.follow(closed).body
      #expect(page.contains("action=\"\(path)/reopen\"") && page.contains("Closed Mon 23 Nov"))
      #expect(!page.contains("\(ben)/leave") && !page.contains("\(path)/edit"))

      let list = try await mara.getJSON("/programs").json
      #expect(list["programs"].count == 0 && list["closed"][0]["name"].text == "Flash days")
      let html = try await mara.get("/programs").body
      #expect(html.contains("No program is open.") && html.contains("<h2>Closed</h2>") && !html.contains("No program yet."))

      let refused = try await mara.post("\(path)/people", ["people": "ravi@north.example", "role": "mentee"])
      #expect(refused.status == 409 && refused.body.contains("This program is closed. Open it again to change it."))
      try await #expect(mara.postJSON("\(ben)/leave").json["code"].text == "program_closed")
      try await #expect(mara.get("\(path)/edit").status == 409)
      try await #expect(mara.postJSON("\(path)/close").json["code"].text == "program_closed")

      try await #expect(mara.post("\(path)/reopen").status == 303)
      try await #expect(mara.postJSON("\(path)/reopen").json["code"].text == "program_open")
      try await #expect(mara.post("\(path)/people", ["people": "ravi@north.example", "role": "mentee"]).status == 303)
      let again = try await mara.getJSON("/programs").json
      #expect(again["programs"][0]["people"].number == 2 && again["closed"].count == 0)
      try await #expect(Self.logged(scene) == ["program.reopened", "program.closed"])
    }
  }

  /// The latest first.
  private static func logged(_ scene: Scene) async throws -> [String] {
    let org = scene.org
    return try await scene.store.read { tx in
      try tx.values(
        """
        SELECT verb FROM activity WHERE org_id = \(org) AND verb IN (\("program.closed"), \("program.reopened")) ORDER BY id DESC
        """)
    }
  }

  @Test("the figures of a closed program end with the day of its closing, and its files stay", arguments: Databases.each)
  func figures(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let path = try await scene.program()
      // Five take part and five do not: fewer would leave the figures blank.
      try await Self.others(scene, 4)
      let people = [Scene.Role.ada, .ben, .cleo, .mara, .ravi]
      let addresses = people.map { "\($0.rawValue)@north.example" }.joined(separator: "\n")
      try await #expect(scene.browser(.mara).post("\(path)/people", ["people": addresses, "role": "mentee"]).status == 303)
      for role in people { try await Self.moveOn(scene, role, "2026-11-23") }
      scene.clock.advance(.days(5))
      var mara = try await scene.browser(.mara)
      let file = try #require(try await mara.getJSON(path).json["figures_csv"].text)
      try await #expect(mara.get(file).body.contains("Advancement,5,changes,,,,2026-11-23,2026-11-28,"))
      try await #expect(mara.post("\(path)/close").status == 303)

      scene.clock.advance(.days(10))
      try await Self.moveOn(scene, .ben, "2026-12-01")
      scene.clock.advance(.hours(1))
      mara = try await scene.browser(.mara)
      let page = try await mara.getJSON(path).json
      #expect(page["closed"]["at"].text == "2026-11-28T09:00:00+01:00" && !page["form"].exists && page["mentees"].number == 5)
      try await #expect(mara.get(file).body.contains("Advancement,5,changes,,,,2026-11-23,2026-11-28,"))
      try await #expect(mara.get("\(path)/people.csv").body.contains("ada@north.example"))
      _ = try await mara.post("\(path)/reopen")
      try await #expect(mara.get(file).body.contains("Advancement,6,changes,,,,2026-11-23,2026-12-08,"))
    }
  }

  /// So many members besides the cast.
  private static func others(_ scene: Scene, _ count: Int) async throws {
    let (org, world) = (scene.org, scene.world)
    try await scene.store.write { tx in
      for number in 0..<count {
        let member = CreateMember(email: "crowd\(number)@north.example", name: "Crowd \(number)", zone: "Europe/Berlin")
        _ = try member(tx, org: org, by: nil, origin: "command", world)
      }
    }
  }

  /// One more change of role that a program's figures count.
  private static func moveOn(_ scene: Scene, _ role: Scene.Role, _ day: String) async throws {
    try await scene.do(role, RecordAdvancement(kind: .role, words: "Team lead", happenedOn: day, skills: ["public-speaking"]))
  }

  @Test("nobody but managers and administrators of the organisation closes or opens a program", arguments: Databases.each)
  func people(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let path = try await scene.program()
      for (role, status) in [(Scene.Role.ben, 403), (.ada, 403), (.oskar, 404)] {
        let browser = try await scene.browser(role)
        try await #expect(browser.get("\(path)/close").status == status, "\(role)")
        try await #expect(browser.post("\(path)/close").status == status, "\(role)")
        try await #expect(browser.post("\(path)/reopen").status == status, "\(role)")
      }
      try await #expect(scene.browser(.omar).post("\(path)/close").status == 303)
    }
  }

  @Test("the page costs the same statements whether programs are open or closed", arguments: Databases.each)
  func cost(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let (first, _) = (try await scene.program("First"), try await scene.program("Second"))
      let mara = try await scene.browser(.mara)
      _ = try await mara.get("/programs")
      let open = try await scene.statements { _ = try await mara.get("/programs") }.count
      _ = try await mara.post("\(first)/close")
      let list = try await mara.getJSON("/programs").json
      #expect(list["programs"].items.map { $0["name"].text } == ["Second"] && list["closed"].items.map { $0["name"].text } == ["First"])
      try await #expect(scene.statements { _ = try await mara.get("/programs") }.count == open)
    }
  }
}
