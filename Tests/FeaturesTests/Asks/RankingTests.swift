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
      #expect(page.status == 200 && page.body.contains("Ask anybody who fits"))
      #expect(page.body.contains("How long it takes cannot be told yet."))
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
      #expect(unknown.json["why_not"][0]["sentence"].text == "No mentor here is called otto.", "the same as for an invented name")
      #expect(!unknown.json["why_not"][0]["name"].exists)
      try await #expect(ben.get("/asks/\(ask)/mentors?name=Zorro").body.contains("<span>No mentor here is called Zorro.</span>"))
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

  @Test("the mentor somebody came for is asked first, by the button of her name", arguments: Databases.each)
  func wishedFirst(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.openForMentoring()
      let last = try #require(try await scene.cards(try await scene.ask()).last).mentor
      let ask = try await scene.ask { $0.mentor = last.id }
      let ben = try await scene.browser(.ben)
      let page = try await ben.get("/asks/\(ask)/mentors?name=ada")
      #expect(page.body.contains(">Ask \(last.firstName) first</button>") && !page.body.contains("Ask anybody who fits"))
      let sent = try await ben.post("/asks/\(ask)/offers")
      #expect(try await scene.offers(ask).map(\.mentor) == [last.id])
      try await #expect(ben.follow(sent).body.contains("Sent to \(last.firstName) first."))
    }
  }

  @Test("when the mentor somebody came for cannot be asked that is said, and others are", arguments: Databases.each)
  func wishedAway(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.openForMentoring()
      try await scene.closeHours(of: .cleo)
      let ask = try await scene.ask { $0.mentor = scene.id(.cleo) }
      let page = try await scene.do(.ben, ShowMentors(ask: ask))
      #expect(page.wished == nil && page.offerButton == "Ask anybody who fits")
      #expect(page.wishedMissing == "Cleo cannot be asked for this one: You share no free slot before the deadline.")
      let sent = try await scene.do(.ben, SendOffers(ask: ask))
      #expect(sent.said == "Sent. Cleo cannot take it, so somebody else is asked.")
      #expect(try await scene.do(.ben, ShowAsk(ask: ask)).sentence == "Ada has your ask. Cleo could not be asked for it.")
    }
  }

  @Test("where nobody mentors that is said, and the ask is with nobody", arguments: Databases.each)
  func nobody(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let (org, mentor) = (scene.org, Roles.mentor.rawValue)
      try await scene.store.write { tx in
        _ = try tx.run("UPDATE person SET roles = roles - \(mentor) WHERE org_id = \(org) AND (roles / \(mentor)) % 2 = 1")
      }
      let ask = try await scene.ask()
      let ben = try await scene.browser(.ben)
      let page = try await ben.get("/asks/\(ask)/mentors").body
      #expect(page.contains("<h1>Nobody mentors here yet</h1>") && page.contains("Your ask stays open"))
      #expect(!page.contains("best mentors") && !page.contains("free hour"))
      let told = try await ben.follow(try await ben.post("/asks/\(ask)/offers")).body
      #expect(told.contains("Nobody mentors here yet. Your ask stays open; you will hear when somebody can help."))
      #expect(!told.contains("With mentors") && !told.contains("Everybody who fits"))
      try await #expect(ben.getJSON("/asks").json["asks"][0]["label"].text == "Open")
      try await scene.work()
      let (ada, world) = (scene.id(.ada), scene.world)
      try await scene.store.write { tx in
        _ = try tx.run("UPDATE person SET roles = roles + \(mentor) WHERE org_id = \(org) AND id = \(ada)")
        guard let skill = try Skill.slug("public-speaking", tx) else { throw Problem.notFound }
        try PersonSkills.set(person: ada, org: org, offers: [skill: 5], seeks: [:], by: nil, tx, world)
      }
      try await scene.do(.ada, UsePreset(preset: .lunch))
      try await scene.pass(.days(1))
      #expect(try await scene.pendingOffer(ask).mentor == ada, "the promise is kept")
      try await #expect(ben.getJSON("/asks").json["asks"][0]["label"].text == "With mentors")
    }
  }

  @Test("a mentor is rated by what was said of the sessions given, rounded alike wherever it stands", arguments: Databases.each)
  func ratings(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.openForMentoring()
      // 4.666… as a mentor; as a mentee Ada got nothing but ones.
      for (day, points) in [5, 5, 4].enumerated() { try await scene.rated(.ben, with: .ada, day: day + 1, points: points) }
      for day in 1...3 { try await scene.rated(.ada, with: .cleo, day: day + 7, points: 1, of: .ada) }
      let ask = try await scene.ask()
      let card = try #require(try await scene.cards(ask).first { $0.mentor.id == scene.id(.ada) })
      #expect(card.why.contains("rated 4.7 in 3 sessions"), "\(card.why)")
      #expect(card.reasons.contains { $0.sentence == "Rated 4.7 of 5 in 3 sessions." })
      #expect(try await scene.do(.ben, ShowMentor(mentor: scene.id(.ada))).rating == "4.7 of 5 in 3 ratings")
    }
  }
}

extension Scene {
  /// A session with a rating of the mentor, or of `subject`, by the other of the two.
  fileprivate func rated(_ mentee: Role, with mentor: Role, day: Int, points: Int, of subject: Role? = nil) async throws {
    // Noon in Berlin, or in New York.
    let session = try await book(mentee, with: mentor, at: noon(day) + Span.hours(mentor == .cleo ? 6 : 0))
    let (org, world) = (org, world)
    let (rated, author) = subject == mentee ? (id(mentee), id(mentor)) : (id(mentor), id(mentee))
    try await store.write { tx in
      _ = try tx.run(
        """
        INSERT INTO rating (org_id, session_id, author_id, subject_id, points, line, at)
        VALUES (\(org), \(session), \(author), \(rated), \(points), '', \(world.now()))
        """)
    }
  }

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
