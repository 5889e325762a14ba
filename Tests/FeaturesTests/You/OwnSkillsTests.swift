import HTTPTypes
import Kit
import Store
import TandemTesting
import Testing

@testable import Features

@Suite("One's own skills")
struct OwnSkillsTests {
  @Test("skills are typed or chosen, changed and taken out; the other list stays", arguments: Databases.each)
  func edit(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let ben = try await scene.browser(.ben)
      #expect(try await ben.post("/you/skills/seeks", ["add_seeks": "public speaking, SQL", "level_of_added": "1"]).status == 303)
      #expect(try await ben.post("/you/skills/offers", ["add_offers": "negotiation", "level_of_added": "4"]).status == 303)
      var json = try await ben.getJSON("/you/skills").json
      #expect(json["seeks"].items.map { $0["skill"]["label"].text } == ["Public speaking", "SQL"])
      #expect(json["seeks"][0]["words"].text == "New to it")
      #expect(json["offers"][0]["level"].number == 4)
      let speaking = try #require(json["seeks"][0]["skill"]["id"].text)
      let sql = try #require(json["seeks"][1]["skill"]["id"].text)
      let page = try await ben.get("/you/skills")
      #expect(page.body.contains("name=\"skills.1.level\""))
      let saved = try await ben.post(
        "/you/skills/seeks",
        [
          "skills.0.skill": speaking, "skills.0.level": "0", "skills.1.skill": sql, "skills.1.level": "5", "add_seeks": "",
          "level_of_added": "2",
        ])
      #expect(saved.status == 303)
      json = try await ben.getJSON("/you/skills").json
      #expect(json["seeks"].items.map { $0["skill"]["label"].text } == ["SQL"])
      #expect(json["seeks"][0]["level"].number == 5)
      #expect(json["offers"].count == 1)
      let sent = try await ben.postJSON("/you/skills/seeks", #"{"skills":[{"skill":"coaching","level":2}]}"#)
      #expect(sent.json["seeks"][0]["skill"]["slug"].text == "coaching")
    }
  }

  @Test("a word that names no skill is refused beside its field, and what was chosen stays", arguments: Databases.each)
  func refused(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let ben = try await scene.browser(.ben)
      let id = try #require(try await scene.store.read { tx in try Skill.slug("coaching", tx) })
      let body = "add_offers=\(id)&add_offers=flying&level_of_added=4"
      let answer = try await ben.send(
        .post, "/you/skills/offers",
        headers: [
          .accept: "text/html", .contentType: "application/x-www-form-urlencoded", .init("Sec-Fetch-Site") ?? .from: "same-origin",
        ],
        body: body)
      #expect(answer.status == 422)
      #expect(answer.body.contains("“flying” is not in the list of skills."))
      #expect(answer.body.contains("value=\"flying\""))
      #expect(answer.body.contains("value=\"\(id)\" checked><span>Coaching</span>"))
    }
  }

  @Test("the page costs the same for one skill and for thirty", arguments: Databases.each)
  func cost(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let ben = try await scene.browser(.ben)
      func cost(of count: Int) async throws -> Int {
        let world = scene.world
        let (org, id) = (scene.org, scene.id(.ben))
        try await scene.store.write { tx in
          let skills: [ID<Skill>] = try tx.values("SELECT id FROM skill ORDER BY id LIMIT \(count)")
          let levels = Dictionary(skills.map { ($0, 3) }, uniquingKeysWith: { first, _ in first })
          try PersonSkills.set(person: id, org: org, offers: levels, seeks: levels, by: id, tx, world)
        }
        return try await scene.statements { _ = try await ben.get("/you/skills") }.count
      }
      _ = try await ben.get("/you/skills")
      let few = try await cost(of: 1)
      let many = try await cost(of: 30)
      #expect(few == many)
    }
  }
}
