import Kit
import Store
import TandemTesting
import Testing

@testable import Features

@Suite("Programs")
struct ProgramTests {
  /// So many plain members, each with one open ask.
  private func crowd(_ scene: Scene, _ count: Int, from first: Int = 0) async throws {
    let (org, world) = (scene.org, scene.world)
    try await scene.store.write { tx in
      for number in first..<first + count {
        let member = CreateMember(email: "crowd\(number)@north.example", name: "Crowd \(number)", zone: "Europe/Berlin")
        let id = try member(tx, org: org, by: nil, origin: "command", world)
        guard let viewer = try Addressee.find(id, org: org, tx)?.viewer() else { continue }
        _ = try OpenAsk(question: "How do I say no to my manager kindly?")(tx, viewer, world)
      }
    }
    scene.clock.advance(.hours(1))
  }

  @Test("only managers and administrators of the organisation see figures", arguments: Databases.each)
  func who(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      for (role, status) in [(Scene.Role.mara, 200), (.omar, 200), (.ben, 403), (.ada, 403)] {
        let browser = try await scene.browser(role)
        #expect(try await browser.get("/programs").status == status)
        #expect(try await browser.getJSON("/programs").status == status)
        #expect(try await browser.get("/programs/kpis.csv").status == status)
      }
      let open = try await scene.stranger.get("/programs")
      #expect(open.status == 303)
    }
  }

  @Test("four askers are withheld, five are shown, and no figure of the other organisation is among them", arguments: Databases.each)
  func withheld(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await crowd(scene, 4)
      let mara = try await scene.browser(.mara)
      let coverage = { () async throws -> JSONLook in
        let kpis = try await mara.getJSON("/programs").json["kpis"].items
        return try #require(kpis.first { $0["id"].text == "coverage" })
      }
      #expect(try await coverage()["is_withheld"].flag == true)
      #expect(try await coverage()["n"].exists == false)
      try await crowd(scene, 1, from: 4)
      #expect(try await coverage()["n"].number == 5)
      let oskar = try await scene.browser(.oskar).getJSON("/programs").json["kpis"].items
      #expect(oskar.first { $0["id"].text == "coverage" }?["value"].text == "Cannot tell")
    }
  }

  @Test("every figure has its formula on the page and in the file", arguments: Databases.each)
  func definitions(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let mara = try await scene.browser(.mara)
      let file = try await mara.get("/programs/kpis.csv?window=30")
      #expect(file.header("content-type")?.hasPrefix("text/csv") == true)
      let page = try await mara.get("/programs?window=30")
      for kpi in KPI.allCases {
        #expect(file.body.contains(kpi.name))
        #expect(page.body.contains(kpi.name))
      }
      for name in ["funnel", "matrix", "load"] { #expect(try await mara.get("/programs/\(name).csv").status == 200) }
    }
  }

  @Test("asks that ended without help and sessions of which nobody said a word wait for the manager", arguments: Databases.each)
  func needs(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let needs = { () async throws -> [String] in
        let page = try await scene.browser(.mara).getJSON("/programs").json
        return page["needs"].items.compactMap { $0["text"].text }
      }
      try await crowd(scene, 3)
      #expect(try await needs() == [])
      let org = scene.org
      try await scene.store.write { tx in try tx.run("UPDATE ask SET state = 'expired' WHERE org_id = \(org)") }
      try await scene.lunch()
      let session = try await scene.book()
      #expect(try await needs() == ["3 asks ended without help in the last 90 days"])
      scene.clock.set(try await scene.session(session).end + .hours(23))
      #expect(try await needs().count == 1)
      scene.clock.advance(.hours(2))
      #expect(try await needs() == ["3 asks ended without help in the last 90 days", "1 session has no outcome"])
      #expect(try await scene.browser(.oskar).getJSON("/programs").json["needs"].count == 0)
    }
  }

  @Test("the topics named are those that five people asked about", arguments: Databases.each)
  func topics(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let (org, world) = (scene.org, scene.world)
      let topics = { () async throws -> [String] in
        try await scene.store.read { tx in
          try OpenEnds.topics(org: org, from: world.now() - .days(90), to: world.now() + .hours(1), tx)
        }
      }
      for role in [Scene.Role.ada, .ben, .cleo, .mara] { _ = try await scene.ask(role) }
      #expect(try await topics() == [])
      _ = try await scene.ask(.ravi)
      #expect(try await topics().contains("Public speaking"))
    }
  }

  @Test("an ask answered in writing counts where the funnel says so, and as met in no other words", arguments: Databases.each)
  func written(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await crowd(scene, 5)
      let (org, now) = (scene.org, scene.clock.now)
      try await scene.store.write { tx in
        try tx.run("UPDATE ask SET state = 'answered', kind = 'nano', answer = 'Like this.', met_at = \(now) WHERE org_id = \(org)")
      }
      let steps = try await scene.browser(.mara).getJSON("/programs").json["funnel"]["steps"].items
      #expect(
        steps.compactMap { $0["label"].text }
          == ["Asked", "Offered", "Booked or answered in writing", "Met or answered in writing", "Answered", "Applied"])
      #expect(steps.compactMap { $0["value"].number } == [5, 5, 5, 5, 5, 0])
    }
  }

  @Test("times of the answer are told by zone in words and as RFC 3339", arguments: Databases.each)
  func times(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let mara = try await scene.browser(.mara)
      _ = try await mara.post(
        "/programs", ["name": "Flash days", "template": "flash", "starts_on": "2026-11-23", "ends_on": "2027-02-23"])
      let json = try await mara.getJSON("/programs").json
      #expect(json["as_of"]["at"].text == "2026-11-23T09:00:00+01:00")
      #expect(json["programs"][0]["starts_on"].text == "2026-11-23" && json["programs"][0]["ends_on"].text == "2027-02-23")
      #expect(try await mara.get("/programs").body.contains("your time (Berlin time)"))
    }
  }

  @Test("the files name unit and window, and a program has its own figures and addresses", arguments: Databases.each)
  func files(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let mara = try await scene.browser(.mara)
      let figures = try await mara.get("/programs/kpis.csv?window=30").body
      #expect(figures.contains("Time to help\",,minutes,,,,2026-10-24,2026-11-23,"))
      let made = try await mara.post(
        "/programs", ["name": "Flash days", "template": "flash", "starts_on": "2026-11-23", "ends_on": "2027-02-23"])
      let path = try #require(made.location)
      _ = try await mara.post("\(path)/people", ["people": "ada@north.example", "role": "mentor"])
      #expect(try await mara.get("\(path)/people.csv").body.contains("\"Ada Mentor\",ada@north.example,,Sales,mentor,2026-11-23"))
      let own = try #require(try await mara.getJSON(path).json["figures_csv"].text)
      #expect(try await mara.get(own).body.contains("Retention,,%,,,,2026-11-23,2026-11-23,,,\"Figures appear"))
      #expect(try await scene.browser(.oskar).get(own).status == 404)
      #expect(try await scene.browser(.ben).get(own).status == 403)
    }
  }

  @Test("people are enrolled by address; an unknown address is named and nobody is enrolled", arguments: Databases.each)
  func enrol(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let mara = try await scene.browser(.mara)
      let made = try await mara.post(
        "/programs", ["name": "Flash days", "template": "flash", "starts_on": "2026-11-23", "ends_on": "2027-02-23"])
      let path = try #require(made.location)
      let refused = try await mara.post("\(path)/people", ["people": "ben@north.example, olga@south.example", "role": "mentee"])
      #expect(refused.status == 422)
      #expect(refused.body.contains("olga@south.example"))
      #expect(try await mara.getJSON(path).json["people"].count == 0)
      #expect(try await mara.post("\(path)/people", ["people": "ben@north.example\nravi@north.example", "role": "mentee"]).status == 303)
      let json = try await mara.getJSON(path).json
      #expect(json["mentees"].number == 2)
      #expect(json["withheld"].exists)
      #expect(try await scene.browser(.oskar).get(path).status == 404)
    }
  }

  @Test("who is suspended takes part no longer: with four left no figure is shown", arguments: Databases.each)
  func suspended(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await crowd(scene, 5)
      let mara = try await scene.browser(.mara)
      let made = try await mara.post(
        "/programs", ["name": "Flash days", "template": "flash", "starts_on": "2026-11-23", "ends_on": "2027-02-23"])
      let path = try #require(made.location)
      let addresses = (0..<5).map { "crowd\($0)@north.example" }.joined(separator: "\n")
      #expect(try await mara.post("\(path)/people", ["people": addresses, "role": "mentee"]).status == 303)
      let five = try await mara.getJSON(path).json
      #expect(!five["withheld"].exists && five["mentees"].number == 5)
      let org = scene.org
      let first: ID<Person> = try await scene.store.read { tx in
        try tx.value("SELECT id FROM person WHERE org_id = \(org) AND email = 'crowd0@north.example'") ?? ID(0)
      }
      try await scene.do(.omar, SuspendMember(person: first))
      let four = try await mara.getJSON(path).json
      #expect(four["withheld"].exists && four["mentees"].number == 4 && four["stats"].count == 0)
      #expect(try await mara.getJSON("/programs").json["programs"][0]["people"].number == 4)
    }
  }

  @Test("the page costs the same statements for three asks and for thirty", arguments: Databases.each)
  func cost(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await crowd(scene, 3)
      let mara = try await scene.browser(.mara)
      let few = try await scene.statements { _ = try await mara.get("/programs") }.count
      try await crowd(scene, 27, from: 3)
      let many = try await scene.statements { _ = try await mara.get("/programs") }.count
      #expect(few == many)
    }
  }
}
