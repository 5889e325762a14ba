import Kit
import TandemTesting
import Testing
import Web

@testable import Features

@Suite("Looking through mentors")
struct MentorsTests {
  @Test("the list shows topics and the next free hour, and filters by skill and name", arguments: Databases.each)
  func list(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.openForMentoring()
      let ben = try await scene.browser(.ben)
      let all = try await ben.getJSON("/mentors")
      #expect(all.json["mentors"].items.compactMap { $0["name"].text } == ["Ada Mentor", "Cleo Mentor"])
      #expect(all.json["mentors"][0]["topics"][0].text == "Public speaking")
      #expect(all.json["mentors"][0]["next"]["text"].text == "Mon 23 Nov, 13:00")
      #expect(all.json["mentors"][1]["next_other"].text?.hasSuffix("for Cleo") == true)
      #expect(try await ben.getJSON("/mentors?q=cleo").json["mentors"].count == 1)
      #expect(try await ben.getJSON("/mentors?skill=public-speaking").json["mentors"].count == 2)
      #expect(try await ben.getJSON("/mentors?skill=negotiation").json["mentors"].count == 0)
      let html = try await ben.get("/mentors")
      #expect(html.body.contains("Ada Mentor") && html.body.contains("Next free: Mon 23 Nov, 13:00"))
      #expect(!(try await scene.browser(.ada).getJSON("/mentors").body.contains("Ada Mentor")))
    }
  }

  @Test("thirty mentors a page, and the next page goes on where it ended", arguments: Databases.each)
  func pages(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.addMentors(33)
      let ben = try await scene.browser(.ben)
      let first = try await ben.getJSON("/mentors")
      #expect(first.json["mentors"].count == 30)
      let second = try await ben.getJSON(try #require(first.json["next_href"].text))
      #expect(second.json["mentors"].count == 5 && !second.json["next_href"].exists)
      let names = (first.json["mentors"].items + second.json["mentors"].items).compactMap { $0["id"].text }
      #expect(Set(names).count == 35)
    }
  }

  @Test("a directory without hours keeps the topics, on the next page too", arguments: Databases.each)
  func directory(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.openForMentoring()
      try await scene.addMentors(33)
      let ben = try await scene.browser(.ben)
      let full = try await ben.getJSON("/mentors")
      let plain = try await ben.getJSON("/mentors?hours=false")
      #expect(full.json["mentors"].items.contains { $0["next"].exists })
      #expect(plain.json["mentors"].items.allSatisfy { !$0["next"].exists })
      // Nobody is said to have no hour when nobody looked.
      try await #expect(!ben.get("/mentors").body.contains("No free hour at the moment"))
      try await scene.do(.ada, SetAvailability(weekly: []))
      try await #expect(ben.get("/mentors").body.contains("No free hour at the moment"))
      try await #expect(!ben.get("/mentors?hours=false").body.contains("No free hour at the moment"))
      let topics = { (list: JSONLook) in list.items.map { $0["topics"].items.compactMap(\.text) } }
      #expect(topics(plain.json["mentors"]) == topics(full.json["mentors"]))
      let second = try await ben.getJSON(try #require(plain.json["next_href"].text))
      #expect(second.json["mentors"].count == 5 && second.json["mentors"].items.allSatisfy { !$0["next"].exists })
    }
  }

  @Test("the list costs the same statements for two mentors as for thirty", arguments: Databases.each)
  func cost(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.openForMentoring()
      let ben = try await scene.browser(.ben)
      let few = try await scene.statements { _ = try await ben.get("/mentors") }
      try await scene.addMentors(30)
      let many = try await scene.statements { _ = try await ben.get("/mentors") }
      #expect(few.count == many.count && few.count <= 16)
    }
  }

  @Test("the hours of a mentor lead to the viewer's open ask, and topics are those the mentor knows better", arguments: Databases.each)
  func hours(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.openForMentoring()
      let path = "/mentors/\(scene.id(.ada))"
      let ben = try await scene.browser(.ben)
      try await #expect(!ben.getJSON(path).json["hours_href"].exists)
      let ask = try await scene.ask()
      try await #expect(ben.getJSON(path).json["hours_href"].text == "/asks/\(ask)/mentors/\(scene.id(.ada))/slots")
      try await #expect(ben.get(path).body.contains("<a class=\"title\" href=\"/asks/\(ask)/mentors/\(scene.id(.ada))/slots\"><time "))
      try await scene.do(.ben, WithdrawAsk(ask: ask))
      try await #expect(!ben.get(path).body.contains("/asks/\(ask)"))
      // Cleo is at level 4 and teaches Ada nothing in what Ada knows at 5; of herself everybody sees all.
      let (cleo, ada) = (scene.id(.cleo), try await scene.browser(.ada))
      try await #expect(ada.getJSON("/mentors/\(cleo)").json["topics"].count == 0)
      try await #expect(ada.getJSON(path).json["topics"].count == 1)
    }
  }

  @Test("a mentor's page is for members of the organisation; plain members have none", arguments: Databases.each)
  func page(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.openForMentoring()
      let ben = try await scene.browser(.ben)
      let html = try await ben.get("/mentors/\(scene.id(.ada))")
      #expect(html.status == 200 && html.body.contains("Public speaking") && html.body.contains("Level 5 of 5"))
      #expect(try await ben.getJSON("/mentors/\(scene.id(.ada))").json["hours"].count > 0)
      let none = try await ben.getJSON("/mentors/7ZZZZZZZZZZZZ")
      for person in [scene.id(.ravi), scene.id(.otto)] {
        let other = try await ben.getJSON("/mentors/\(person)")
        #expect(other.status == 404 && other.body == none.body)
      }
      #expect(try await scene.browser(.olga).get("/mentors/\(scene.id(.ada))").status == 404)
      #expect(try await scene.stranger.get("/mentors").status == 303)
    }
  }
}
