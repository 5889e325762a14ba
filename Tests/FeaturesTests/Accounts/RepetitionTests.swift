import Kit
import Store
import TandemTesting
import Testing
import Web

@testable import Features

@Suite("Keys of repetition and other names")
struct RepetitionTests {
  @Test(
    "a key of 1 to 64 visible characters gives the same answer once; any other is refused before anything happens",
    arguments: Databases.each)
  func keys(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let (org, ben, world) = (scene.org, scene.id(.ben), scene.world)
      let token = try await scene.store.write { tx in
        try ApiToken.create(ben, org: org, name: "Test", scopes: ["*"], days: 1, tx, world)
      }
      let api = Browser(scene.installation.responder, token: token)
      let body = #"{"front":"Ask","back":"What for?"}"#
      for key in [String(repeating: "k", count: 65), "a b", ""] {
        let refused = try await api.postJSON("/reviews", body, key: key)
        #expect(refused.status == 422 && refused.json["errors"].items.first?["field"].text == "idempotency_key")
      }
      let first = try await api.postJSON("/reviews", body, key: String(repeating: "k", count: 64))
      let second = try await api.postJSON("/reviews", body, key: String(repeating: "k", count: 64))
      #expect(first.body == second.body && second.header("Idempotent-Replay") == "true")
      #expect(try await scene.store.read { tx in try tx.count("SELECT count(*) FROM card WHERE org_id = \(org)") } == 1)
    }
  }

  @Test("a key belongs to what the act is done to, and a form's key is held to the same rule", arguments: Databases.each)
  func targets(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let ben = try await scene.browser(.ben)
      var cards: [String] = []
      for front in ["One", "Two"] {
        cards.append(try #require(try await ben.postJSON("/reviews", "{\"front\":\"\(front)\",\"back\":\"?\"}").json["id"].text))
      }
      for card in cards {
        let answer = try await ben.postJSON("/reviews/\(card)/answer", #"{"answer":"recalled"}"#, key: "k")
        #expect(answer.json["id"].text == card && answer.header("Idempotent-Replay") == nil)
      }
      let again = try await ben.postJSON("/reviews/\(cards[0])/answer", #"{"answer":"recalled"}"#, key: "k")
      #expect(again.json["id"].text == cards[0] && again.header("Idempotent-Replay") == "true")
      for key in ["a" + String(repeating: "\u{301}", count: 3000), "a b"] {
        try await #expect(ben.post("/reviews/\(cards[0])/suspend", ["form_key": key]).status == 422)
      }
    }
  }

  @Test("another method is refused with those of the nearest address only", arguments: [Databases.Kind.sqlite])
  func allow(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let ben = try await scene.browser(.ben)
      #expect(try await ben.send(.delete, "/asks/drafts").header("Allow") == "POST")
      #expect(try await ben.send(.delete, "/asks/0000000000000").header("Allow") == "GET")
    }
  }

  @Test("a token takes only scopes that there are", arguments: [Databases.Kind.sqlite])
  func scopes(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let (org, ben, world) = (scene.org, scene.id(.ben), scene.world)
      await #expect(throws: Problem.self) {
        try await scene.store.write { tx in try ApiToken.create(ben, org: org, name: "a", scopes: ["asks:raed"], days: 1, tx, world) }
      }
    }
  }
}
