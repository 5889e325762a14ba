import Foundation
import Kit
import Matching
import Store
import TandemTesting
import Testing
import Web

@testable import Features

@Suite("Mentors of an ask")
struct RankingTests {
  @Test("points of the reasons add up to the mentor's points, on the page and in JSON", arguments: Databases.each)
  func points(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.openForMentoring()
      let ask = try await scene.ask()
      let page = try await scene.browser(.ben).getJSON("/asks/\(ask)/mentors")
      #expect(page.json["mentors"].count == 2)
      for mentor in page.json["mentors"].items {
        let sum = mentor["reasons"].items.reduce(0) { $0 + ($1["points"].number ?? 0) }
        #expect(sum == mentor["points"].number && sum > 0)
        #expect(mentor["reasons"].items.allSatisfy { ($0["sentence"].text ?? "").hasSuffix(".") && $0["maximum"].number != nil })
        #expect(mentor["slots"].count > 0)
      }
      let html = try await scene.browser(.ben).get("/asks/\(ask)/mentors").body
      for card in try await scene.cards(ask) {
        #expect(html.contains("<span class=\"num\">\(card.points)</span> points"))
        for reason in card.reasons { #expect(html.contains("\(reason.points) of \(reason.maximum)")) }
      }
    }
  }

  @Test("at most three cards, each with the next hour in both zones where the clocks differ", arguments: Databases.each)
  func three(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.openForMentoring()
      try await scene.addMentors(4)
      let ask = try await scene.ask()
      let cards = try await scene.cards(ask)
      #expect(cards.count == 3)
      try await scene.closeHours(of: .ada)
      let alone = try await scene.ask(.ravi)
      let first = try await scene.cards(alone, .ravi)
      #expect(!first.contains { $0.mentor.id == scene.id(.ada) })
      // Ravi is in Kolkata, so the mentor's own hour is told too.
      #expect(first.allSatisfy { $0.next?.other?.contains(" for ") == true })
      #expect(cards.filter { $0.mentor.zone == "Europe/Berlin" }.allSatisfy { $0.next?.other == nil })
    }
  }

  @Test("a mentor without a bookable hour is never shown; with nobody left there is a way on", arguments: Databases.each)
  func noHours(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.openForMentoring()
      try await scene.closeHours(of: .ada)
      try await scene.closeHours(of: .cleo)
      let ask = try await scene.ask()
      #expect(try await scene.cards(ask).isEmpty)
      let page = try await scene.browser(.ben).get("/asks/\(ask)/mentors")
      #expect(page.status == 200 && page.body.contains("Ask anybody who fits") && page.body.contains("We cannot tell yet."))
    }
  }

  @Test("a page costs the same statements for 3 and for 60 mentors", arguments: Databases.each)
  func statements(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.openForMentoring()
      try await scene.addMentors(1)
      let ask = try await scene.ask()
      let ben = try await scene.browser(.ben)
      let paths = ["/asks/\(ask)/mentors", "/mentors"]
      var few: [Int] = []
      for path in paths { few.append(try await scene.statements { _ = try await ben.get(path) }.count) }
      try await scene.addMentorsNamed(57)
      for (path, count) in zip(paths, few) {
        let many = try await scene.statements { _ = try await ben.get(path) }
        #expect(many.count == count, "\(path): \(many)")
        #expect(count <= 29, "\(path)")
      }
    }
  }

  @Test("nobody is offered themselves, their own manager, or somebody of another organisation", arguments: Databases.each)
  func hardRules(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.openForMentoring()
      try await scene.teach(.otto, level: 5)
      let (org, ben, ada) = (scene.org, scene.id(.ben), scene.id(.ada))
      try await scene.store.write { tx in
        _ = try tx.run("UPDATE person SET manager_id = \(ada) WHERE org_id = \(org) AND id = \(ben)")
      }
      let ask = try await scene.ask()
      #expect(try await scene.cards(ask).map(\.mentor.id) == [scene.id(.cleo)])
      let refused = await problem { _ = try await scene.do(.ben, BookAsk(ask: ask, mentor: ada, start: scene.world.now() + .hours(6))) }
      #expect(refused == .notFound)
      let own = try await scene.ask(.ada)
      #expect(!(try await scene.cards(own, .ada).contains { $0.mentor.id == ada }))
    }
  }

  @Test("why somebody is not among the three is told, and what stays private is one and the same text", arguments: Databases.each)
  func whyNot(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.openForMentoring()
      try await scene.closeHours(of: .cleo)
      let ask = try await scene.ask()
      let ben = try await scene.browser(.ben)
      let told = try await ben.getJSON("/asks/\(ask)/mentors?name=cleo")
      #expect(told.json["why_not"][0]["sentence"].text == "You share no free slot before the deadline.")
      let unknown = try await ben.getJSON("/asks/\(ask)/mentors?name=otto")
      #expect(unknown.json["why_not"][0]["sentence"].text == Wording.notAvailable)
    }
  }

  @Test("an organisation's weights count when they add up to 1000, and only then")
  func weights() throws {
    func read(_ text: String) throws -> Weights { try JSONDecoder().decode(OrganisationSettings.self, from: Data(text.utf8)).weights }
    let own = try read(#"{"ranking_weights": {"skill_fit": 500, "soon": 500}}"#)
    #expect(own[.skillFit] == 500 && own[.soon] == 500 && own[.rating] == 0)
    try #expect(read(#"{"ranking_weights": {"skill_fit": 500}}"#) == .standard)
    try #expect(read(#"{"ranking_weights": "much"}"#) == .standard)
    try #expect(read("{}") == .standard)
  }

  @Test("the mentor somebody came for stands first among those who fit", arguments: Databases.each)
  func wished(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.openForMentoring()
      let plain = try await scene.ask()
      let last = try #require(try await scene.cards(plain).last)
      let wished = try await scene.ask { $0.mentor = last.mentor.id }
      #expect(try await scene.cards(wished).first?.mentor.id == last.mentor.id)
    }
  }
}

extension Scene {
  /// Mentors beyond those of `addMentors`.
  func addMentorsNamed(_ count: Int) async throws {
    let org = org
    let world = world
    for number in 0..<count {
      let person = try await store.write { tx in
        var member = CreateMember(email: "n\(number)@north.example", name: "Further \(number)", zone: "Europe/Berlin")
        member.roles = [.member, .mentor]
        return try member(tx, org: org, by: nil, origin: "command", world)
      }
      try await teach(person, org: org, level: 3 + number % 3)
    }
  }
}
