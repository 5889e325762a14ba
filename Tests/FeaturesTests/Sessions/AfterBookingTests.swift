import Kit
import Store
import TandemTesting
import Testing
import Web

@testable import Features

@Suite struct AfterBookingTests {
  @Test(
    "a reschedule kept the old entry or doubled it (cal.com #14558, #12341, PR 8010, PR 12122): over 50 moves the id and UID stay, the sequence rises by one, and the old time is free at once",
    arguments: Databases.each)
  func moves(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      let id = try await scene.book()
      let uid = try await scene.session(id).uid
      var sequence = 0
      for step in 1...60 {
        let start = scene.noon([1, 2, 3, 4, 7, 8][step * 5 % 6], minutes: step % 2 * 30)
        if try await scene.session(id).start == start { continue }
        try await scene.do(step.isMultiple(of: 2) ? .ada : .ben, MoveSession(session: id, start: start))
        sequence += 1
        let moved = try await scene.session(id)
        #expect(moved.uid == uid && moved.sequence == sequence && moved.start == start)
      }
      #expect(sequence >= 50)
      try await #expect(scene.occupied(id) == 2)
      try await #expect(scene.breaches() == [])
    }
  }

  @Test("a move to the same time is nothing; a move onto another session is refused and changes nothing", arguments: Databases.each)
  func moveRules(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      let id = try await scene.book()
      _ = try await scene.book(.ravi, at: scene.noon(2))
      try await scene.do(.ben, MoveSession(session: id, start: scene.noon()))
      try await #expect(scene.session(id).sequence == 0)
      await #expect(code { try await scene.do(.ben, MoveSession(session: id, start: scene.noon(2))) } == "slot_taken")
      try await #expect(scene.session(id).start == scene.noon())
      // Into its own time: its own row does not stand in its way.
      try await scene.do(.ben, MoveSession(session: id, start: scene.noon(1, minutes: 15)))
      try await scene.do(.ben, MoveSession(session: id, start: scene.noon(1), minutes: 60))
      try await #expect(scene.session(id).minutes == 60)
      await #expect(code { try await scene.do(.cleo, MoveSession(session: id, start: scene.noon(3))) } == "not_found")
    }
  }

  @Test("a cancellation frees the time at once and is late under three hours, never a no-show", arguments: Databases.each)
  func cancels(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      let early = try await scene.book()
      try await scene.do(.ada, CancelSession(session: early, reason: "I am ill."))
      try await #expect(scene.session(early).wasLate == false)
      let late = try await scene.book(.ravi)
      scene.clock.set(scene.noon() - .hours(2))
      try await scene.do(.ravi, CancelSession(session: late))
      try await #expect(scene.session(late).wasLate == true)
      await #expect(code { try await scene.do(.ravi, CancelSession(session: late)) } == "not_booked")
      scene.clock.set(scene.noon() + .hours(2))
      try await scene.work()
      try await #expect(scene.session(late).state == .cancelled)
      try await #expect(scene.breaches() == [])
      let page = try await scene.browser(.ben).get("/sessions/\(early)")
      #expect(page.body.contains("Ada cancelled it") && page.body.contains("I am ill.") && page.body.contains("Meet another time?"))
      let csv = try await scene.store.read { [org = scene.org] tx in
        try SessionFigures.load(org: org, from: scene.noon(0), to: scene.noon(5), tx)
      }
      #expect(csv.cancelled == 2 && csv.cancelledLate == 1 && csv.noShows == 0)
    }
  }

  @Test(
    "false no-shows (cal.com #13573, #21195): a no-show is only of somebody who is not there, by somebody who is, after ten minutes",
    arguments: Databases.each)
  func noShow(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      let id = try await scene.book()
      await #expect(code { try await scene.do(.ada, CheckIn(session: id)) } == "too_early")
      scene.clock.set(scene.noon(1, minutes: 9))
      try await scene.do(.ada, CheckIn(session: id))
      await #expect(code { try await scene.do(.ada, MarkNoShow(session: id)) } == "too_early")
      scene.clock.set(scene.noon(1, minutes: 10))
      await #expect(code { try await scene.do(.ben, MarkNoShow(session: id)) } == "not_checked_in")
      try await scene.do(.ada, MarkNoShow(session: id))
      try await #expect(scene.session(id).state == .noShow)
      await #expect(code { try await scene.do(.ben, CheckIn(session: id)) } == "not_booked")
      try await #expect(scene.breaches() == [])
    }
  }

  @Test("nobody who has checked in can be reported missing", arguments: Databases.each)
  func bothThere(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      let id = try await scene.book()
      scene.clock.set(scene.noon(1, minutes: 12))
      try await scene.do(.ada, CheckIn(session: id))
      try await scene.do(.ben, CheckIn(session: id))
      await #expect(code { try await scene.do(.ada, MarkNoShow(session: id)) } == "was_there")
    }
  }

  @Test("when the time is over: both there is met, one there is a no-show, nobody there is a question to both", arguments: Databases.each)
  func ends(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      let met = try await scene.book(at: scene.noon(1))
      let missed = try await scene.book(at: scene.noon(2))
      let unclear = try await scene.book(at: scene.noon(3))
      scene.clock.set(scene.noon(1))
      try await scene.do(.ada, CheckIn(session: met, who: .both))
      scene.clock.set(scene.noon(2))
      try await scene.do(.ben, CheckIn(session: missed))
      scene.clock.set(scene.noon(3) + .hours(1))
      try await scene.work()
      try await #expect(scene.session(met).state == .met)
      try await #expect(scene.session(missed).state == .noShow)
      try await #expect(scene.session(unclear).state == .booked)
      let ben = try await scene.browser(.ben)
      try await #expect(ben.get("/sessions/\(unclear)").body.contains("Did it take place?"))
      try await #expect(ben.post("/sessions/\(unclear)/took-place", ["took_place": "true"]).status == 303)
      try await #expect(scene.session(unclear).state == .met)
      try await #expect(scene.breaches() == [])
    }
  }
}
