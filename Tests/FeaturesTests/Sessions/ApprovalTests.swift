import Kit
import Store
import TandemTesting
import Testing
import Web

@testable import Features

@Suite struct ApprovalTests {
  private func strict(_ scene: Scene) async throws {
    let week = DayOfWeek.allCases.map { SetAvailability.Window(weekday: $0, from: "12:00", to: "13:00") }
    try await scene.do(.ada, SetAvailability(weekly: week, confirms: true))
  }

  @Test("where the mentor wants it a booking waits for a yes, and the time is kept meanwhile", arguments: Databases.each)
  func waits(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await strict(scene)
      let id = try await scene.book()
      try await #expect(scene.session(id).isPending(scene.world.now()))
      await #expect(code { _ = try await scene.book(.ravi) } == "slot_taken")
      await #expect(code { try await scene.do(.ben, ConfirmSession(session: id)) } == "not_yours")
      try await scene.work()
      #expect(scene.outbox.to("ada@north.example").contains { $0.subject.contains("Ben Learner would like to meet you") })
      #expect(!scene.outbox.to("ben@north.example").contains { $0.subject.hasPrefix("Booked") })
      let ada = try await scene.browser(.ada)
      try await #expect(ada.get("/sessions").body.contains("Waiting for a yes"))
      try await #expect(ada.get("/sessions/\(id)").body.contains("Does this time suit you?"))
      try await #expect(ada.post("/sessions/\(id)/approval").status == 303)
      try await #expect(scene.session(id).state == .booked)
      await #expect(code { try await scene.do(.ada, ConfirmSession(session: id)) } == "not_waiting")
      try await scene.work()
      #expect(scene.outbox.to("ben@north.example").contains { $0.subject.hasPrefix("Booked") })
      try await #expect(scene.breaches() == [])
    }
  }

  @Test(
    "two pending requests were both confirmed (cal.com #10789, #29958, PR 28188): two wishes for overlapping times cannot both be confirmed",
    arguments: Databases.each)
  func notBoth(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await strict(scene)
      let first = try await scene.book(minutes: 30)
      await #expect(code { _ = try await scene.book(.ravi, at: scene.noon(1, minutes: 15), minutes: 45) } == "slot_taken")
      // The first lapses; the second gets the time; the late yes to the first is refused.
      scene.clock.set(scene.noon(1) - .hours(5))
      try await scene.store.write { [org = scene.org] tx in
        try tx.run("UPDATE session SET held_until = \(scene.world.now()) WHERE org_id = \(org) AND id = \(first)")
        try tx.run("UPDATE occupancy SET until = \(scene.world.now()) WHERE org_id = \(org) AND session_id = \(first)")
      }
      let second = try await scene.book(.ravi, at: scene.noon(1, minutes: 15), minutes: 45)
      await #expect(code { try await scene.do(.ada, ConfirmSession(session: first)) } == "not_waiting")
      try await scene.do(.ada, ConfirmSession(session: second))
      try await #expect(scene.breaches() == [])
    }
  }

  @Test("a no, and silence, free the time and tell the mentee with other times", arguments: Databases.each)
  func refused(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await strict(scene)
      let declined = try await scene.book()
      try await scene.do(.ada, DeclineSession(session: declined))
      try await #expect(scene.occupied(declined) == 0)
      let silent = try await scene.book(at: scene.noon(4))
      scene.clock.set(scene.clock.now + .hours(49))
      try await scene.work()
      try await #expect(scene.session(silent).state == .lapsed)
      let subjects = scene.outbox.to("ben@north.example").map(\.subject)
      #expect(
        subjects.contains { $0.contains("Ada Mentor cannot take this time") } && subjects.contains { $0.contains("No answer in time") })
      try await #expect(scene.breaches() == [])
    }
  }

  @Test(
    "whoever asks without a name has none for the mentor before the yes: not in the mail, in the list, nor on the page",
    arguments: Databases.each)
  func nameless(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.openForMentoring()
      let week = DayOfWeek.allCases.map { SetAvailability.Window(weekday: $0, from: "09:00", to: "17:00") }
      try await scene.do(.ada, SetAvailability(weekly: week, confirms: true))
      let ask = try await scene.ask { $0.anonymous = true }
      let card = try #require(try await scene.cards(ask).first { $0.mentor.id == scene.id(.ada) })
      let start = try #require(card.next).value
      let session = try await scene.do(.ben, BookAsk(ask: ask, mentor: scene.id(.ada), start: start)).session
      try await scene.work()
      let mail = try #require(scene.outbox.to("ada@north.example").last)
      #expect(mail.subject.hasPrefix("Somebody would like to meet you") && !mail.text.contains("Ben"))
      let ada = try await scene.browser(.ada)
      for path in ["/sessions/\(session)", "/sessions"] {
        for answer in [try await ada.get(path), try await ada.getJSON(path)] {
          #expect(answer.status == 200 && answer.body.contains("Somebody"), "\(path)")
          #expect(!answer.body.contains("Ben") && !answer.body.contains("\(scene.id(.ben))"), "\(path)")
        }
      }
      try await scene.do(.ada, ConfirmSession(session: session))
      try await #expect(ada.get("/sessions/\(session)").body.contains("Ben Learner"))
    }
  }

  @Test("whoever waits for three answers takes one back before asking again", arguments: Databases.each)
  func most(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await strict(scene)
      let first = try await scene.book(at: scene.noon(1))
      for day in 2...3 { _ = try await scene.book(at: scene.noon(day)) }
      await #expect(code { _ = try await scene.book(at: scene.noon(4)) } == "too_many_waiting")
      try await scene.do(.ben, ReleaseHold(session: first))
      _ = try await scene.book(at: scene.noon(4))
      try await #expect(scene.breaches() == [])
    }
  }

  @Test("a mentor proposes up to three other times; the mentee's pick books the same session", arguments: Databases.each)
  func otherTime(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await strict(scene)
      let id = try await scene.book()
      let times = [scene.noon(2), scene.noon(3)]
      await #expect(code { try await scene.do(.ada, ProposeMove(session: id, starts: [scene.noon(2) + .hours(5)])) } == "slot_taken")
      try await scene.do(.ada, ProposeMove(session: id, starts: times))
      await #expect(code { try await scene.do(.ada, AcceptMove(session: id, start: times[0])) } == "not_proposed")
      await #expect(code { try await scene.do(.ben, AcceptMove(session: id, start: scene.noon(4))) } == "invalid")
      try await #expect(scene.browser(.ben).get("/sessions/\(id)").body.contains("Ada proposes another time"))
      // A time that somebody else took meanwhile is refused, and nothing is lost.
      let other = try await scene.book(.ravi, at: times[0])
      await #expect(code { try await scene.do(.ben, AcceptMove(session: id, start: times[0])) } == "slot_taken")
      try await scene.do(.ben, AcceptMove(session: id, start: times[1]))
      let booked = try await scene.session(id)
      #expect(booked.state == .booked && booked.start == times[1] && booked.sequence == 0)
      try await scene.do(.ada, ConfirmSession(session: other))
      try await #expect(scene.occupied(id) == 2)
      try await #expect(scene.breaches() == [])
    }
  }

  @Test("whoever is answered with other times may pick one after the time first wished for", arguments: Databases.each)
  func picksLate(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await strict(scene)
      let id = try await scene.book()
      try await scene.do(.ada, ProposeMove(session: id, starts: [scene.noon(2), scene.noon(3)]))
      scene.clock.set(scene.noon(1) + .minutes(1))
      try await scene.work()
      #expect(!scene.outbox.to("ben@north.example").contains { $0.subject == "No answer in time" })
      await #expect(code { try await scene.do(.ada, ConfirmSession(session: id)) } == "too_late")
      try await scene.do(.ben, AcceptMove(session: id, start: scene.noon(2)))
      #expect(try await scene.session(id).state == .booked)
      try await #expect(scene.breaches() == [])
    }
  }
}
