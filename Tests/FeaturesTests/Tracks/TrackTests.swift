import Foundation
import Kit
import Store
import TandemTesting
import Testing

@testable import Features

@Suite("Tracks")
struct TrackTests {
  @Test("a track shows its lessons in order, how many are done, and what would be recalled", arguments: Databases.each)
  func progress(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let ben = try await scene.browser(.ben)
      let org = scene.org
      let track = try await scene.store.read { tx in
        try tx.value("SELECT id FROM track WHERE org_id = \(org) AND slug = 'mentoring-well'", as: ID<Track>.self)
      }
      let path = "/tracks/\(try #require(track))"
      let fresh = try await ben.getJSON(path)
      #expect(
        fresh.json["lessons"].items.compactMap { $0["title"].text } == [
          "Ask before advising", "Feedback that lands", fresh.json["lessons"][2]["title"].text, fresh.json["lessons"][3]["title"].text,
        ])
      #expect(fresh.json["next"]["label"].text == "Start" && !fresh.json["retention"].exists)
      let lesson = try await scene.lesson("ask-before-advising")
      _ = try await ben.post("/lessons/\(lesson)/parts", ["part": "1"])
      let finished = try await ben.post("/lessons/\(lesson)/finish")
      #expect(try await ben.follow(finished).body.contains("Next in the track"))
      let cards = try await scene.store.read { tx in try tx.values("SELECT id FROM card WHERE org_id = \(org)", as: ID<Card>.self) }
      for card in cards { try await scene.do(.ben, AnswerCard(card: card, answer: .recalled)) }
      scene.clock.advance(.days(4))
      let later = try await scene.browser(.ben).getJSON(path)
      #expect(later.json["progress"]["done"].number == 1 && later.json["next"]["label"].text == "Continue")
      let line = later.json["retention"]
      #expect(
        line["finding"].text?.hasPrefix("You would recall \(Int((Double(cards.count) * 0.86).rounded())) of \(cards.count) cards today")
          == true, "\(line["finding"])")
      #expect(line["lines"].count == 2 && line["table"]["rows"].count == 15)
      let page = try await scene.browser(.ben).get(path).body
      #expect(page.contains("Show as table") && page.contains("Will you still know it?"))
      #expect(try await scene.browser(.ben).get("/learn").body.contains("1 of 4 lessons"))
    }
  }

  @Test("a track of another organisation does not exist", arguments: Databases.each)
  func foreign(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let org = scene.org
      let track = try await scene.store.read { tx in try tx.value("SELECT id FROM track WHERE org_id = \(org)", as: ID<Track>.self) }
      #expect(try await scene.browser(.otto).get("/tracks/\(try #require(track))").status == 404)
      #expect(try await scene.stranger.get("/tracks").status == 303)
      #expect(try await scene.browser(.otto).getJSON("/tracks").json["tracks"].count == 4)
    }
  }
}
