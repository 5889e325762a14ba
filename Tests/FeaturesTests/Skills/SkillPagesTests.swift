import Foundation
import HTTPTypes
@testable import Features
import Kit
import Store
import TandemTesting
import Testing

@Suite("Pages of skills")
struct SkillPagesTests {
  @Test("the catalogue lists topics, and finds as somebody types, as page and as JSON", arguments: Databases.each)
  func index(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let ben = try await scene.browser(.ben)
      let page = try await ben.get("/skills")
      #expect(page.status == 200)
      #expect(page.body.contains("Working with oneself"))
      #expect(page.body.contains("href=\"/skills/public-speaking\""))
      let found = try await ben.getJSON("/skills/search?q=publ")
      #expect(found.json["items"][0]["label"].text == "Public speaking")
      #expect(found.json["items"][0]["detail"].text == "Communication")
      #expect(found.json["items"][0]["id"].text?.count == 13)
      let nothing = try await ben.get("/skills?q=%3Cscript%3E")
      #expect(nothing.body.contains("No skill is called “<bdi>&lt;script&gt;</bdi>”"))
      #expect(try await scene.stranger.get("/skills").status == 303)
      #expect(try await scene.stranger.getJSON("/skills/search?q=a").status == 401)
    }
  }

  @Test("a skill shows the mentors of the own organisation who offer it, and nobody else", arguments: Databases.each)
  func show(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      for (role, level) in [(Scene.Role.ada, 5), (.cleo, 3), (.ravi, 5), (.otto, 5)] {
        try await scene.do(role, AddSkill(skill: "negotiation", direction: .offers, level: level))
      }
      let ben = try await scene.browser(.ben)
      let page = try await ben.get("/skills/negotiation")
      #expect(page.status == 200)
      #expect(page.body.contains("Ada Mentor"))
      #expect(!page.body.contains("Ravi Member"), "who is no mentor is not listed")
      #expect(!page.body.contains("Othermarker"))
      let json = try await ben.getJSON("/skills/negotiation").json
      #expect(json["mentors"].items.map { $0["member"]["name"].text } == ["Ada Mentor", "Cleo Mentor"])
      #expect(json["skill"]["slug"].text == "negotiation")
      let id = try #require(json["skill"]["id"].text)
      #expect(try await ben.get("/skills/\(id)").status == 200)
      let speaking = try await ben.get("/skills/public-speaking")
      #expect(speaking.body.contains("href=\"/tracks/"), "the starter track on speaking")
      #expect(speaking.body.contains("href=\"/lessons/"))
      #expect(try await ben.get("/skills/no-such-skill").status == 404)
      #expect(try await scene.stranger.get("/skills/negotiation").status == 303)
    }
  }

  @Test("a skill is added from its page and can be changed there", arguments: Databases.each)
  func add(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let ben = try await scene.browser(.ben)
      let answer = try await ben.post("/skills/negotiation/add", ["direction": "seeks", "level": "2"])
      #expect(answer.status == 303)
      #expect(try await ben.follow(answer).body.contains("You are learning it: Some practice"))
      _ = try await ben.postJSON("/skills/negotiation/add", #"{"direction": "seeks", "level": 4}"#)
      let skills = try await scene.store.read { tx in try PersonSkills.of(scene.id(.ben), org: scene.org, tx) }
      #expect(skills.seeks.map(\.level) == [4])
      #expect(skills.offers.isEmpty)
      let refused = try await ben.post("/skills/negotiation/add", ["direction": "seeks", "level": "6"])
      #expect(refused.status == 422)
      #expect(refused.body.contains("Give at most 5."))
      #expect(try await ben.post("/skills/zzz/add", ["direction": "seeks", "level": "2"]).status == 404)
      #expect(try await scene.stranger.post("/skills/negotiation/add", ["direction": "seeks", "level": "2"]).status == 303)
    }
  }

  @Test("the page of a skill costs the same for three mentors and for thirty", arguments: Databases.each)
  func cost(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let ben = try await scene.browser(.ben)
      let world = scene.world
      let org = scene.org
      func cost(of count: Int) async throws -> Int {
        try await scene.store.write { tx in
          let skill = try #require(try Skill.slug("coaching", tx))
          for place in 0..<count {
            var member = CreateMember(email: "m\(count)-\(place)@north.example", name: "Mentor \(place)", zone: "UTC")
            member.roles = [.member, .mentor]
            let id = try member(tx, org: org, by: nil, origin: "command", world)
            try PersonSkills.set(person: id, org: org, offers: [skill: 3], seeks: [:], by: nil, tx, world)
          }
        }
        return try await scene.statements { _ = try await ben.get("/skills/coaching") }.count
      }
      _ = try await ben.get("/skills/coaching")
      let few = try await cost(of: 3)
      let many = try await cost(of: 30)
      #expect(few == many)
    }
  }

  @Test("an administrator imports files as a job and sees what became of it; nobody else may", arguments: Databases.each)
  func imports(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let omar = try await scene.browser(.omar)
      #expect(try await omar.get("/admin/skills").body.contains("Several organisations share this catalogue"))
      #expect(try await Self.upload(omar, "x").status == 403)
      for role in [Scene.Role.ben, .ada, .mara] {
        let browser = try await scene.browser(role)
        #expect(try await browser.get("/admin/skills").status == 403)
        #expect(try await Self.upload(browser, "x").status == 403)
      }
      #expect(try await scene.stranger.get("/admin/skills").status == 303)
    }
  }

  @Test("an upload is imported by the worker, file by file", arguments: Databases.each)
  func upload(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let other = scene.other
      // As an installation of one organisation.
      try await scene.store.write { tx in
        for table in ["sign_in_session", "person"] { try tx.run("DELETE FROM \(SQL(stringLiteral: table)) WHERE org_id = \(other)") }
      }
      let omar = try await scene.browser(.omar)
      let broken = try await Self.upload(omar, "conceptUri\n")
      #expect(broken.status == 422)
      #expect(broken.body.contains("the header lacks preferredLabel, altLabels, description"))
      let address = "http://data.europa.eu/esco/skill/1"
      let text = "conceptUri,preferredLabel,altLabels,description\n\(address),juggle knives,,\nx,bad row,,\n"
      #expect(try await Self.upload(omar, text).status == 303)
      #expect(try await omar.get("/admin/skills").body.contains("Waiting"))
      #expect(try await Self.upload(omar, text).status == 409)
      try await scene.work()
      let page = try await omar.get("/admin/skills")
      #expect(page.body.contains("Finished, some rows left out"))
      #expect(page.body.contains("Skills: Row 3: the concept address does not begin with"))
      let json = try await omar.getJSON("/admin/skills").json
      #expect(json["imports"][0]["parts"][0]["created"].number == 1)
      let found = try await omar.getJSON("/skills/search?q=knives").json
      #expect(found["items"][0]["label"].text == "juggle knives")
      let kept = try await scene.store.read { tx in try tx.count("SELECT count(*) FROM skill_import_file") }
      #expect(kept == 0)
    }
  }

  private static func upload(_ browser: Browser, _ skills: String) async throws -> Browser.Answer {
    let body =
      "--fence\r\nContent-Disposition: form-data; name=\"skills\"; filename=\"skills_en.csv\"\r\n\r\n\(skills)\r\n"
      + "--fence\r\nContent-Disposition: form-data; name=\"occupations\"; filename=\"\"\r\n\r\n\r\n--fence--\r\n"
    return try await browser.send(
      .post, "/admin/skills",
      headers: [
        .accept: "text/html", .contentType: "multipart/form-data; boundary=fence", .init("Sec-Fetch-Site") ?? .from: "same-origin",
      ],
      body: body)
  }
}
