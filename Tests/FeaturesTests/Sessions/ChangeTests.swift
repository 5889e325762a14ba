import Kit
import Store
import TandemTesting
import Testing
import Web

@testable import Features

@Suite struct ChangeTests {
  @Test("either proposes another time for what is booked; none of them leaves it where it was", arguments: Databases.each)
  func proposes(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      let id = try await scene.book()
      try await scene.do(.ben, ProposeMove(session: id, starts: [scene.noon(2), scene.noon(3), scene.noon(4)]))
      try await scene.do(.ada, DeclineMove(session: id))
      try await #expect(scene.session(id).start == scene.noon(1))
      try await scene.do(.ada, ProposeMove(session: id, starts: [scene.noon(2)]))
      let ben = try await scene.browser(.ben)
      try await #expect(ben.post("/sessions/\(id)/times/pick", ["start": scene.noon(2).description]).status == 303)
      let moved = try await scene.session(id)
      #expect(moved.start == scene.noon(2) && moved.sequence == 1)
      await #expect(code { try await scene.do(.cleo, ProposeMove(session: id, starts: [scene.noon(3)])) } == "not_found")
      try await #expect(scene.breaches() == [])
    }
  }

  @Test("who cancelled can take it back while the time is free: the same session, one sequence on", arguments: Databases.each)
  func restores(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      let id = try await scene.book()
      try await scene.do(.ben, CancelSession(session: id))
      await #expect(code { try await scene.do(.ada, RestoreSession(session: id)) } == "not_restorable")
      let other = try await scene.book(.ravi)
      await #expect(code { try await scene.do(.ben, RestoreSession(session: id)) } == "slot_taken")
      try await scene.do(.ravi, CancelSession(session: other))
      try await scene.do(.ben, RestoreSession(session: id))
      let back = try await scene.session(id)
      #expect(back.state == .booked && back.sequence == 2)
      try await #expect(scene.occupied(id) == 2)
      try await #expect(scene.breaches() == [])
    }
  }

  @Test(
    "the old host kept the entry (cal.com #11547): a colleague takes over: same id and UID, the old mentor's time is free and their entry cancelled",
    arguments: Databases.each)
  func handsOver(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      try await scene.do(.cleo, SetAvailability(weekly: [.init(weekday: .tuesday, from: "06:00", to: "07:00")]))
      let id = try await scene.book()
      let uid = try await scene.session(id).uid
      try await scene.work()
      scene.outbox.clear()
      let ada = try await scene.browser(.ada)
      try await #expect(ada.get("/sessions/\(id)/hand-over").body.contains("Cleo Mentor"))
      await #expect(code { try await scene.do(.ben, OfferHandOver(session: id, mentor: scene.id(.cleo))) } == "not_yours")
      try await scene.do(.ada, OfferHandOver(session: id, mentor: scene.id(.cleo), words: "I am ill."))
      let asked: ID<HandOver> = try await scene.store.read { [org = scene.org] tx in
        try tx.value("SELECT id FROM hand_over WHERE org_id = \(org)") ?? ID(0)
      }
      await #expect(code { try await scene.do(.ravi, TakeOver(handOver: asked)) } == "not_found")
      try await scene.do(.cleo, TakeOver(handOver: asked))
      let taken = try await scene.session(id)
      #expect(taken.mentor == scene.id(.cleo) && taken.uid == uid && taken.sequence == 1)
      _ = try await scene.book(.ravi)
      try await scene.work()
      let toAda = scene.outbox.to("ada@north.example").first { $0.subject.hasPrefix("Handed over") }
      #expect(toAda?.calendar?.text.contains("METHOD:CANCEL") == true && toAda?.calendar?.text.contains(uid) == true)
      #expect(scene.outbox.to("cleo@north.example").contains { $0.calendar?.text.contains("METHOD:REQUEST") == true })
      #expect(scene.outbox.to("ben@north.example").contains { $0.calendar?.text.contains("SEQUENCE:1") == true })
      await #expect(code { try await scene.do(.ada, MoveSession(session: id, start: scene.noon(2))) } == "not_found")
      try await #expect(scene.breaches() == [])
    }
  }

  @Test("a session that was moved since is not taken over unseen", arguments: Databases.each)
  func staleHandOver(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      try await scene.lunch(.cleo)
      let id = try await scene.book()
      try await scene.do(.ada, OfferHandOver(session: id, mentor: scene.id(.cleo)))
      let asked: ID<HandOver> = try await scene.store.read { [org = scene.org] tx in
        try tx.value("SELECT id FROM hand_over WHERE org_id = \(org)") ?? ID(0)
      }
      try await scene.do(.ben, MoveSession(session: id, start: scene.noon(2)))
      await #expect(code { try await scene.do(.cleo, TakeOver(handOver: asked)) } == "not_asked")
    }
  }

  @Test("a disputed no-show counts for nobody until somebody else has settled it", arguments: Databases.each)
  func disputes(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      let ids = [try await scene.book(at: scene.noon(1)), try await scene.book(at: scene.noon(2)), try await scene.book(at: scene.noon(3))]
      for (day, id) in ids.enumerated() {
        scene.clock.set(scene.noon(day + 1, minutes: 11))
        try await scene.do(.ada, CheckIn(session: id))
        try await scene.do(.ada, MarkNoShow(session: id))
      }
      func counted() async throws -> Int {
        try await scene.store.read { [org = scene.org] tx in
          try SessionFigures.load(org: org, from: scene.noon(0), to: scene.noon(7), tx).noShows
        }
      }
      try await #expect(counted() == 3)
      // The first is more than 48 hours old only for who comes too late.
      scene.clock.set(scene.noon(3, minutes: 12))
      await #expect(code { try await scene.do(.ben, RaiseDispute(session: ids[0], words: "I was there.")) } == "too_late")
      try await scene.do(.ben, RaiseDispute(session: ids[1], words: "I was in the other room."))
      try await scene.do(.ben, RaiseDispute(session: ids[2], words: "The link was wrong."))
      await #expect(code { try await scene.do(.ada, RaiseDispute(session: ids[2], words: "It was right.")) } == "disputed")
      try await #expect(counted() == 1)
      let mara = try await scene.browser(.mara)
      let page = try await mara.get("/sessions/disputes").body
      #expect(page.contains("The link was wrong.") && !page.contains("How do I begin a talk?"))
      try await #expect(scene.browser(.ben).get("/sessions/disputes").status == 403)
      try await scene.do(.mara, SettleDispute(dispute: ids[1], outcome: .stands))
      try await scene.do(.mara, SettleDispute(dispute: ids[2], outcome: .met))
      try await #expect(counted() == 2)
      try await #expect(scene.session(ids[2]).state == .met)
      await #expect(code { try await scene.do(.mara, SettleDispute(dispute: ids[2], outcome: .stands)) } == "settled")
      try await #expect(scene.breaches() == [])
    }
  }

  @Test("each ask has its own hold, and holding another hour for it lets the first go", arguments: Databases.each)
  func oneHoldAnAsk(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      let first = try await scene.do(.ben, HoldSlot(mentor: scene.id(.ada), start: scene.noon(1), minutes: 30)).id
      let second = try await scene.do(.ben, HoldSlot(mentor: scene.id(.ada), start: scene.noon(2), minutes: 30)).id
      try await #expect(scene.session(first).state == .lapsed)
      try await #expect(scene.session(second).state == .held)
      try await scene.do(.ben, ExtendHold(session: second))
      await #expect(code { try await scene.do(.ben, ExtendHold(session: second)) } == "hold_extended")
    }
  }
}
