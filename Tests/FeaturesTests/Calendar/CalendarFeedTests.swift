import Foundation
import Kit
import Store
import TandemTesting
import Testing
import Web

@testable import Features

/// Incidents: a token made of the login, kept as it is, alive after its owner left.
@Suite struct CalendarFeedTests {
  private func open(_ browser: Browser) async throws -> String {
    let address = try #require(try await browser.postJSON("/calendar").json["address"].text)
    return try #require(URL(string: address)?.path)
  }

  @Test("the feed holds one's own sessions, follows moves and forgets cancellations", arguments: Databases.each)
  func content(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      let id = try await scene.book()
      _ = try await scene.book(.ravi, at: scene.noon(2))
      let path = try await open(try await scene.browser(.ben))
      let feed = try await scene.stranger.get(path)
      #expect(feed.status == 200 && feed.header("Content-Type")?.hasPrefix("text/calendar") == true)
      #expect(feed.body.contains("DTSTART:20261124T110000Z") && feed.body.components(separatedBy: "BEGIN:VEVENT").count == 2)
      try await scene.do(.ben, MoveSession(session: id, start: scene.noon(3)))
      try await #expect(scene.stranger.get(path).body.contains("DTSTART:20261126T110000Z"))
      try await scene.do(.ben, CancelSession(session: id))
      try await #expect(!scene.stranger.get(path).body.contains("BEGIN:VEVENT"))
    }
  }

  @Test(
    "a feed token was md5 of the login, raw in the table, alive after leaving (Edit Flow PR 975, student-hub #68, musicall PR 980, ovumcy PR 299): it is kept as a hash, a new address ends the old one, and closing or leaving ends both",
    arguments: Databases.each)
  func token(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let ben = try await scene.browser(.ben)
      let first = try await open(ben)
      let kept = try await scene.store.read { tx in try tx.values("SELECT token_hash FROM calendar_address", as: String.self) }
      #expect(kept.count == 1 && !first.contains(kept.first ?? ""))
      let second = try await open(ben)
      try await #expect(scene.stranger.get(first).status == 404)
      try await #expect(scene.stranger.get(second).status == 200)
      try await #expect(!ben.get("/calendar").body.contains(second))
      let (org, person) = (scene.org, scene.id(.ben))
      try await scene.store.write { tx in _ = try tx.run("UPDATE person SET state = 'suspended' WHERE org_id = \(org) AND id = \(person)") }
      try await #expect(scene.stranger.get(second).status == 404)
      try await scene.store.write { tx in _ = try tx.run("UPDATE person SET state = 'active' WHERE org_id = \(org) AND id = \(person)") }
      try await #expect(ben.post("/calendar/close").status == 303)
      try await #expect(scene.stranger.get(second).status == 404)
      try await #expect(scene.stranger.get("/calendar/unknown").status == 404)
    }
  }

  @Test("an unchanged feed answers 304", arguments: Databases.each)
  func unchanged(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let path = try await open(try await scene.browser(.ben))
      let tag = try #require(try await scene.stranger.get(path).header("ETag"))
      let again = try await scene.stranger.send(.get, path, headers: [.ifNoneMatch: tag])
      #expect(again.status == 304 && again.body.isEmpty)
    }
  }
}
