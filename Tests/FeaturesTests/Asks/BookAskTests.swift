import Kit
import Store
import TandemTesting
import Testing
import Web

@testable import Features

@Suite("Booking for an ask")
struct BookAskTests {
  @Test("the hour on the card is held, shown in both zones, and booked", arguments: Databases.each)
  func holdAndBook(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.openForMentoring()
      let ask = try await scene.ask()
      let card = try #require(try await scene.cards(ask).first { $0.mentor.id == scene.id(.cleo) })
      let start = try #require(card.next).value
      let ben = try await scene.browser(.ben)
      let held = try await ben.post("/asks/\(ask)/holds", ["mentor": "\(card.mentor.id)", "start": "\(start)"])
      #expect(held.status == 303, "\(held.body)")
      let confirm = try await ben.follow(held)
      #expect(confirm.body.contains("kept for you until") && confirm.body.contains("for Cleo"))
      let booked = try await ben.post("/asks/\(ask)/booking", ["mentor": "\(card.mentor.id)", "start": "\(start)"])
      #expect(booked.location?.hasPrefix("/sessions/") == true, "\(booked.body)")
      #expect(try await scene.state(ask) == .booked)
      let org = scene.org
      let sessions = try await scene.store.read { tx in
        try tx.count("SELECT count(*) FROM session WHERE org_id = \(org) AND state IN ('held', 'booked')")
      }
      #expect(sessions == 1)
    }
  }

  @Test("an hour other than the one held can be booked; the hold is let go", arguments: Databases.each)
  func otherHour(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.openForMentoring()
      let ask = try await scene.ask()
      let card = try #require(try await scene.cards(ask).first)
      try #require(card.slots.count >= 2)
      try await scene.do(.ben, HoldHour(ask: ask, mentor: card.mentor.id, start: card.slots[0].value))
      try await scene.do(.ben, BookAsk(ask: ask, mentor: card.mentor.id, start: card.slots[1].value))
      let other = try await scene.ask(.ravi)
      try await scene.do(.ravi, BookAsk(ask: other, mentor: card.mentor.id, start: card.slots[0].value))
      #expect(try await scene.state(other) == .booked)
    }
  }

  @Test("by JSON an ask is booked in one call, once", arguments: Databases.each)
  func byJSON(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.openForMentoring()
      let ask = try await scene.ask()
      let ben = try await scene.browser(.ben)
      let mentor = try await ben.getJSON("/asks/\(ask)/mentors").json["mentors"][0]
      let body = #"{"mentor": "\#(mentor["mentor"]["id"].text ?? "")", "start": "\#(mentor["slots"][0]["value"].text ?? "")"}"#
      let booked = try await ben.postJSON("/asks/\(ask)/booking", body)
      #expect(booked.status == 201 && booked.json["session"].text?.count == 13, "\(booked.body)")
      let again = try await ben.postJSON("/asks/\(ask)/booking", body)
      #expect(again.status == 409 && again.json["code"].text == "ask_booked")
    }
  }

  @Test("of two askers for one hour one gets it; the other reads other hours", arguments: Databases.each)
  func race(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.openForMentoring()
      let first = try await scene.ask()
      let second = try await scene.ask(.ravi)
      let start = try #require(try await scene.cards(first).first { $0.mentor.id == scene.id(.ada) }?.next).value
      async let one = problem { _ = try await scene.do(.ben, BookAsk(ask: first, mentor: scene.id(.ada), start: start)) }
      async let two = problem { _ = try await scene.do(.ravi, BookAsk(ask: second, mentor: scene.id(.ada), start: start)) }
      let results = await [one, two]
      #expect(results.count { $0 == nil } == 1, "\(results)")
      #expect(results.compactMap(\.self).map(\.code) == ["slot_taken"], "\(results)")
    }
  }

  @Test("a time outside the shared hours is refused", arguments: Databases.each)
  func notASlot(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.openForMentoring()
      let ask = try await scene.ask()
      let night = await problem {
        _ = try await scene.do(.ben, BookAsk(ask: ask, mentor: scene.id(.ada), start: scene.world.now() + .hours(18)))
      }
      #expect(night?.code == "slot_taken")
      #expect(try await scene.state(ask) == .open)
    }
  }

  @Test("an ask whose session was cancelled is open again, one that met is answered and its wait counts", arguments: Databases.each)
  func afterwards(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.openForMentoring()
      let ask = try await scene.ask()
      let card = try #require(try await scene.cards(ask).first)
      let start = try #require(card.next).value
      let session = try await scene.do(.ben, BookAsk(ask: ask, mentor: card.mentor.id, start: start)).session
      let viewer = try await scene.viewer(.ben)
      let (world, org) = (scene.world, scene.org)
      try await scene.store.write { tx in try Ask.answered(ask, by: session, metAt: start, tx, viewer, world) }
      #expect(try await scene.state(ask) == .answered)
      let figures = try await scene.store.read { tx in
        try AskFigures.load(org: org, from: world.now() - .days(1), to: world.now() + .days(1), now: world.now(), tx)
      }
      #expect(figures.opened == 1 && figures.met == 1 && figures.answered == 1)
      #expect(figures.waits == [.init(minutes: Int((start - world.now()).minutes), wasMet: true)])
      try await scene.store.write { tx in try Ask.released(ask, from: session, tx, viewer, world) }
      #expect(try await scene.state(ask) == .answered)
    }
  }

  @Test("an ask counts as met when its session took place, whether or not anybody wraps up", arguments: Databases.each)
  func met(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.openForMentoring()
      let ask = try await scene.ask()
      let opened = scene.world.now()
      let card = try #require(try await scene.cards(ask).first { $0.mentor.id == scene.id(.ada) })
      let start = try #require(card.next).value
      let session = try await scene.do(.ben, BookAsk(ask: ask, mentor: scene.id(.ada), start: start)).session
      let (org, viewer, world) = (scene.org, try await scene.viewer(.ben), scene.world)
      func figures() async throws -> AskFigures {
        try await scene.store.read { tx in
          try AskFigures.load(org: org, from: opened - .days(1), to: opened + .days(1), now: world.now(), tx)
        }
      }
      #expect(try await figures().met == 0)
      try await scene.met(session)
      try await scene.work()
      #expect(try await scene.session(session).state == .met)
      #expect(try await scene.state(ask) == .booked)
      let waited = [AskFigures.Waited(minutes: Int((start - opened).minutes), wasMet: true)]
      #expect(try await figures().met == 1)
      #expect(try await figures().waits == waited)
      // Asks of before, whose sessions had told them nothing.
      let step = try #require(SessionTables.migrations.first { $0.name == "sessions/4" })
      try await scene.store.write { tx in
        try tx.run("UPDATE ask SET met_at = NULL WHERE org_id = \(org)")
        for text in step.sql(for: tx.dialect) { try tx.run(SQL(stringLiteral: text)) }
      }
      #expect(try await figures().waits == waited)
      try await scene.store.write { tx in try Ask.answered(ask, by: session, metAt: start + .days(1), tx, viewer, world) }
      #expect(try await figures().answered == 1)
      #expect(try await figures().waits == waited, "the earlier meeting stays")
    }
  }
}
