import Foundation
import Kit
import SpacedRepetition
import Store
import TandemTesting
import Testing

@testable import Features

@Suite("Answers given offline, on two devices")
struct OfflineAnswerTests {
  private struct Answer {
    let number: Int
    let word: String
    let at: Instant
    let device: String

    func json(sentAt: Instant, card: Int) -> String {
      #"{"answer": "\#(word)", "event": "0190d0c0-5f1e-7c3a-9b1e-0000000\#(card)\#(1000 + number)", "answered_at": "\#(at)", "sent_at": "\#(sentAt)", "zone_offset": 60, "device": "\#(device)"}"#
    }
  }

  @Test("the order of arrival and repeats do not matter, and no lapse is lost", arguments: Databases.each)
  func order(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.options(try SchedulerOptions(fuzz: false))
      let cards = try await scene.cards(3)
      let start = scene.clock.now
      let answers = [
        Answer(number: 0, word: "recalled", at: start, device: "phone"),
        Answer(number: 1, word: "recalled", at: start + .days(3), device: "laptop"),
        Answer(number: 2, word: "forgot", at: start + .days(12), device: "phone"),
        Answer(number: 3, word: "recalled", at: start + .days(12) + .minutes(11), device: "laptop"),
        Answer(number: 4, word: "hard", at: start + .days(15), device: "phone"),
      ]
      scene.clock.advance(.days(16))
      let ben = try await scene.browser(.ben)
      let now = scene.clock.now
      let orders = [[0, 1, 2, 3, 4], [4, 3, 2, 1, 0], [2, 0, 2, 4, 1, 3, 0, 2]]
      var states: [String] = []
      for (place, order) in orders.enumerated() {
        var last: JSONLook?
        for number in order {
          let said = try await ben.postJSON("/reviews/\(cards[place])/answer", answers[number].json(sentAt: now, card: place))
          #expect(said.status == 200)
          last = said.json
        }
        let end = try #require(last)
        #expect(end["lapses"].number == 1 && end["reviews"].number == 5)
        states.append("\(end["state"]) \(end["stability"].double ?? 0) \(end["difficulty"].double ?? 0) \(end["due_at"])")
      }
      #expect(Set(states).count == 1, "\(states)")
    }
  }

  @Test("a device whose clock is an hour ahead is corrected by the time it says it sent", arguments: Databases.each)
  func skew(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let card = try await scene.cards(1)[0]
      let ben = try await scene.browser(.ben)
      let ahead = scene.clock.now + .hours(1)
      let answer = Answer(number: 0, word: "recalled", at: ahead - .minutes(5), device: "phone")
      _ = try await ben.postJSON("/reviews/\(card)/answer", answer.json(sentAt: ahead, card: 0))
      let corrected = try await scene.store.read { tx in try tx.value("SELECT corrected_at FROM review_event", as: Instant.self) }
      #expect(corrected == scene.clock.now - .minutes(5))
    }
  }

  @Test("an id that belongs to an answer to another card is refused, one of another person is no matter", arguments: Databases.each)
  func ids(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let cards = try await scene.cards(2)
      let other = try await scene.cards(1, for: .ravi)[0]
      let json = Answer(number: 0, word: "recalled", at: scene.clock.now, device: "phone").json(sentAt: scene.clock.now, card: 0)
      let ben = try await scene.browser(.ben)
      #expect(try await ben.postJSON("/reviews/\(cards[0])/answer", json).status == 200)
      #expect(try await ben.postJSON("/reviews/\(cards[1])/answer", json).status == 422)
      #expect(try await scene.browser(.ravi).postJSON("/reviews/\(other)/answer", json).json["reviews"].number == 1)
      #expect(try await ben.postJSON("/reviews/\(cards[0])/answer", #"{"answer": "recalled", "event": "no uuid"}"#).status == 422)
    }
  }

  @Test("a program with a token answers under the API, within its scope", arguments: Databases.each)
  func token(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let card = try await scene.cards(1)[0]
      let (org, person, world) = (scene.org, scene.id(.ben), scene.world)
      let (writing, reading) = try await scene.store.write { tx in
        (
          try ApiToken.create(person, org: org, name: "Phone", scopes: ["reviews:write"], days: 30, tx, world),
          try ApiToken.create(person, org: org, name: "Watch", scopes: ["reviews:read"], days: 30, tx, world)
        )
      }
      let json = Answer(number: 0, word: "recalled", at: scene.clock.now, device: "phone").json(sentAt: scene.clock.now, card: 0)
      let phone = scene.stranger
      phone.token = writing
      #expect(try await phone.postJSON("/reviews/\(card)/answer", json).json["reviews"].number == 1)
      #expect(try await phone.postJSON("/reviews/\(card)/answer", json).json["reviews"].number == 1)
      let watch = scene.stranger
      watch.token = reading
      #expect(try await watch.postJSON("/reviews/\(card)/answer", json).status == 403)
      #expect(try await watch.getJSON("/reviews").json["due"].number == 0)
    }
  }

  @Test("an event cannot be changed", arguments: Databases.each)
  func appendOnly(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let card = try await scene.cards(1)[0]
      try await scene.do(.ben, AnswerCard(card: card, answer: .forgot))
      await #expect(throws: (any Error).self) {
        try await scene.store.write { tx in try tx.run("UPDATE review_event SET grade = 4") }
      }
      let grade = try await scene.store.read { tx in try tx.value("SELECT grade FROM review_event", as: Int.self) }
      #expect(grade == 1)
    }
  }
}
