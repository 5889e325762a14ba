import Features
import Foundation
import Kit
import Store
import TandemTesting
import Testing
import Web

@testable import Features

@Suite("One's own data")
struct OwnDataTests {
  @Test("every table with data about people is handed out or left out for a reason", arguments: Databases.each)
  func complete(_ database: Databases.Kind) async throws {
    let personal = Set(Features.personalData.filter { ![.none, .secret].contains($0.kind) }.map(\.table))
    let given = Set(OwnRows.all.map(\.table))
    #expect(personal.subtracting(given).subtracting(OwnRows.leftOut.keys) == [])
    #expect(given.intersection(OwnRows.leftOut.keys) == [])
    try await database.withStore(Features.migrations) { store in
      let known = Set(try await store.columns().map(\.table))
      #expect(given.union(OwnRows.leftOut.keys).subtracting(known) == [])
    }
  }

  @Test("a person gets what is theirs and nothing that is another's, no secrets, and at most five times a day", arguments: Databases.each)
  func take(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      let session = try await scene.book(question: "Where is my marker?")
      try await scene.do(.ada, SaveNote(session: session, text: "mentor's own", version: 0, isPrivate: true))
      try await scene.do(.ben, SaveNote(session: session, text: "mentee's own", version: 0, isPrivate: true))
      #expect(try await scene.stranger.post("/you/data").status == 303)
      let ben = try await scene.browser(.ben)
      #expect(try await ben.get("/you/data").body.contains("Download my data"))
      let answer = try await ben.post("/you/data")
      #expect(answer.status == 200)
      #expect(answer.header("Content-Disposition")?.hasPrefix("attachment") == true)
      for own in ["ben@north.example", "Where is my marker?", "mentee's own", session.description] { #expect(answer.body.contains(own)) }
      for foreign in ["mentor's own", "token_hash", "ada@north.example", "Othermarker"] { #expect(!answer.body.contains(foreign)) }
      for _ in 2...TakeOwnData.perDay { #expect(try await ben.post("/you/data").status == 200) }
      #expect(try await ben.post("/you/data").status == 429)
    }
  }

  @Test("a mentor's data does not tell who kept an hour without a name; once it is booked, it does", arguments: Databases.each)
  func nameless(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.openForMentoring()
      let ask = try await scene.ask { $0.anonymous = true }
      func hour() async throws -> Instant {
        let card = try #require(try await scene.cards(ask).first { $0.mentor.id == scene.id(.ada) })
        return try #require(card.next).value
      }
      try await scene.do(.ben, HoldHour(ask: ask, mentor: scene.id(.ada), start: try await hour()))
      let (ada, ben) = (try await scene.browser(.ada), try await scene.browser(.ben))
      #expect(try await ada.post("/you/data").body.contains("\(scene.id(.ben))") == false, "while it is kept")
      #expect(try await ben.post("/you/data").body.contains("held_until"), "it is the asker's own")
      scene.clock.advance(.minutes(10))
      try await scene.work()
      #expect(try await ada.post("/you/data").body.contains("\(scene.id(.ben))") == false, "after it lapsed")
      try await scene.do(.ben, BookAsk(ask: ask, mentor: scene.id(.ada), start: try await hour()))
      #expect(try await ada.post("/you/data").body.contains("\(scene.id(.ben))"))
    }
  }
}
