import Kit
import Store
import TandemTesting
import Testing
import Web

@testable import Features

@Suite("What the activity log shows")
struct AuditTests {
  @Test("answers to cards and what else is its owner's alone are logged, and shown to no administrator", arguments: Databases.each)
  func ownersAlone(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let card = try await scene.cards(1)[0]
      try await scene.do(.ben, AnswerCard(card: card, answer: .forgot))
      let (viewer, org, ben, world) = (try await scene.viewer(.ben), scene.org, scene.id(.ben), scene.world)
      scene.clock.advance(.minutes(1))
      let own = [
        "advancement.recorded", "block.made", "deck.imported", "goal.level_set", "insight.written", "lesson.finished", "memory.fitted",
      ]
      try await scene.store.write { tx in
        for verb in own + ["lesson.written"] { try tx.record(viewer, verb, ben, ["kind": "pay_band"], world) }
      }
      let logged: [String] = try await scene.store.read { tx in
        try tx.values("SELECT DISTINCT verb FROM activity WHERE org_id = \(org) AND actor_id = \(ben)")
      }
      #expect(Set(logged).isSuperset(of: own + ["card.answered"]), "the log itself is complete")

      let omar = try await scene.browser(.omar)
      let ofBen = try await omar.getJSON("/admin/audit?actor=\(ben)").json["items"].items.compactMap { $0["what"].text }
      #expect(ofBen == ["Lesson written"])
      for kind in ["advancement", "block", "card", "deck", "goal", "insight", "memory"] {
        try await #expect(omar.getJSON("/admin/audit?kind=\(kind)").json["items"].count == 0, "\(kind)")
      }
      let page = try await omar.get("/admin/audit").body
      #expect(page.contains("Answers to cards") && page.contains("goals, insights, blocks of people"))
      #expect(page.contains("value=\"lesson\"") && !page.contains("value=\"card\""))
      for path in ["/admin", "/admin/audit", "/admin/audit.csv"] {
        let body = try await omar.get(path).body
        #expect(body.contains("Lesson written"), "\(path)")
        for words in ["Card answered", "answer forgot", "Advancement recorded"] { #expect(!body.contains(words), "\(path): \(words)") }
      }
      let taken = try await scene.browser(.ben).post("/you/data")
      #expect(taken.body.contains("review_event"), "answers are in one's own data")
    }
  }

  @Test("whoever asks without a name has none in the log either, until the session is booked", arguments: Databases.each)
  func nameless(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.openForMentoring()
      let ask = try await scene.ask { $0.anonymous = true }
      let card = try #require(try await scene.cards(ask).first { $0.mentor.id == scene.id(.ada) })
      let hour = HoldHour(ask: ask, mentor: scene.id(.ada), start: try #require(card.next).value)
      let held = try await scene.do(.ben, hour).session
      let omar = try await scene.browser(.omar)
      for kind in ["ask", "session"] {
        for path in ["/admin/audit?kind=\(kind)", "/admin/audit.csv?kind=\(kind)"] {
          let page = try await omar.get(path).body
          #expect(page.contains("Somebody") && !page.contains("Ben"), "\(path)")
        }
        try await #expect(omar.getJSON("/admin/audit?kind=\(kind)&actor=\(scene.id(.ben))").json["items"].count == 0)
      }
      try await scene.do(.ben, BookHeld(session: held))
      try await #expect(omar.get("/admin/audit?kind=session").body.contains("Session of Ben Learner with Ada Mentor"))
    }
  }

  @Test("a file that does not hold all of the log says so in its last line, with the address of the rest", arguments: Databases.each)
  func file(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let omar = try await scene.browser(.omar)
      let (viewer, world) = (try await scene.viewer(.omar), scene.world)
      func lines(_ most: Int) async throws -> [Substring] {
        let text = try await scene.store.read { tx in
          try AuditFile.text(AuditFilter(kind: "person"), most: most, "https://tandem.example.org", viewer, tx, world)
        }
        return text.split(separator: "\r\n")
      }
      let whole = try await lines(50)
      #expect(whole.count > 5 && !whole.contains { $0.contains("There are more") })
      let part = try await lines(3)
      #expect(part.count == 5 && part.prefix(4) == whole.prefix(4))
      let address = try #require(part.last?.firstMatch(of: /more than these 3 lines.*https:\/\/tandem\.example\.org(\/[^ ,"]+)/))
      let rest = try await omar.get(String(address.1)).body.split(separator: "\r\n")
      #expect(rest.dropFirst() == whole.dropFirst(4))
      try await #expect(omar.get("/admin/audit").body.contains("its last line says when there are more"))
    }
  }

  @Test("S37 what the operator does on the command line stands in the log of the organisation", arguments: Databases.each)
  func operated(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let (org, ben, world, keys) = (scene.org, scene.id(.ben), scene.world, scene.site.keys)
      let browser = try await scene.browser(.ben)
      scene.clock.advance(.minutes(1))
      try await scene.store.write { tx in
        try OperatorActs.exported(.everything, of: org, tx, world)
        try OperatorActs.exportedCards(of: ben, org: org, tx, world)
        try OperatorActs.importedCards(of: ben, org: org, tx, world)
        try OperatorActs.endSessions(of: ben, org: org, tx, world)
        try InstallationKey.adopt(keys, tx, world)
        _ = try ApiToken.create(ben, org: org, name: "report", scopes: ["*"], days: 1, tx, world)
      }
      try await #expect(browser.get("/you/sessions").status == 303)
      let newest = try await scene.browser(.omar).getJSON("/admin/audit").json["items"].items.prefix(6)
      #expect(newest.allSatisfy { $0["who"].text == "The operator" && $0["origin"].text == "command" })
      let acts = Set(newest.compactMap { $0["what"].text })
      #expect(
        acts == ["Organisation exported", "Data exported", "Data imported", "Sign in ended", "Installation key adopted", "Token created"])
      let others = try await scene.browser(.oskar).getJSON("/admin/audit").json["items"].items.compactMap { $0["what"].text }
      #expect(others.first == "Installation key adopted" && !others.contains("Organisation exported"))
    }
  }

  @Test("what is invented for a demo is not the operator's", arguments: Databases.each)
  func invented(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let world = scene.world
      let origins = try await scene.store.write { tx -> [String] in
        let founding = Founding(
          name: "Invented", domain: "invented.invalid", zone: "UTC", members: 8, content: try DemoPeople.read(),
          themes: try DemoTheme.read(), leads: DemoCast.northwind)
        var dice = Dice(seed: 1)
        let org = try founding(tx, world, &dice).company.org
        return try tx.values("SELECT DISTINCT origin FROM activity WHERE org_id = \(org) ORDER BY origin")
      }
      #expect(origins.contains("job") && !origins.contains("command"))
    }
  }
}
