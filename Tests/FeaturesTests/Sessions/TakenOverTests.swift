import Kit
import Store
import TandemTesting
import Testing
import Web

@testable import Features

/// What goes with a session that a colleague takes over, and what does not.
@Suite("Sessions taken over")
struct TakenOverTests {
  private func takeOver(_ id: ID<Session>, _ scene: Scene) async throws {
    try await scene.do(.cleo, TakeOver(handOver: offer(id, scene)))
  }

  /// Ada asks Cleo.
  private func offer(_ id: ID<Session>, _ scene: Scene) async throws -> ID<HandOver> {
    try await scene.do(.ada, OfferHandOver(session: id, mentor: scene.id(.cleo), words: "I am ill."))
    return try await scene.store.read { [org = scene.org] tx in
      try tx.value("SELECT id FROM hand_over WHERE org_id = \(org) AND session_id = \(id) AND state = 'asked'") ?? ID(0)
    }
  }

  @Test("the mails say who takes over from whom, not that it was moved; the entry is the same, a version later", arguments: Databases.each)
  func mails(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      try await scene.do(.cleo, SetAvailability(weekly: [.init(weekday: .tuesday, from: "06:00", to: "07:00")]))
      let id = try await scene.book()
      try await scene.work()
      scene.outbox.clear()
      try await takeOver(id, scene)
      try await scene.work()
      let uid = try await scene.session(id).uid
      let toBen = try #require(scene.outbox.to("ben@north.example").first)
      let toCleo = try #require(scene.outbox.to("cleo@north.example").first { $0.calendar != nil })
      let toAda = try #require(scene.outbox.to("ada@north.example").first)
      #expect(toBen.subject == "Taken over: Tue 24 Nov, 12:00 with Cleo Mentor")
      #expect(toBen.text.contains("Cleo Mentor takes over from Ada Mentor, at the same time: “Beginning a talk”."))
      #expect(toCleo.subject == "Taken over: Tue 24 Nov, 06:00 with Ben Learner")
      #expect(toCleo.text.contains("You take over from Ada Mentor, at the same time: “Beginning a talk”."))
      #expect(toAda.text.contains("Cleo Mentor takes your session over, and your time is free again"))
      for mail in [toBen, toCleo] {
        let text = mail.calendar?.text ?? ""
        #expect(text.contains("METHOD:REQUEST") && text.contains("UID:\(uid)") && text.contains("SEQUENCE:1"))
      }
      #expect(scene.outbox.to("ben@north.example").count == 1 && !scene.outbox.all.contains { $0.subject.contains("Moved") })
    }
  }

  @Test("who was asked sees nothing of the session once the question was taken back, or the session called off", arguments: Databases.each)
  func overForAsked(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      let id = try await scene.book()
      let first = try await offer(id, scene)
      let cleo = try await scene.browser(.cleo)
      let open = try await cleo.get("/sessions/hand-overs/\(first)").body
      #expect(open.contains("Ben Learner") && open.contains("Beginning a talk") && open.contains("I am ill."))
      try await #expect(cleo.getJSON("/sessions/hand-overs/\(first)").json["asked"]["mentee"].text == "Ben Learner")
      // Another question takes the place of the first.
      let second = try await offer(id, scene)
      try await scene.do(.ben, CancelSession(session: id))
      for asked in [first, second] {
        let page = try await cleo.get("/sessions/hand-overs/\(asked)")
        #expect(page.status == 200 && page.body.contains("nothing left to answer"))
        for told in ["Ben Learner", "Ada Mentor", "Beginning a talk", "I am ill.", "24 Nov"] {
          #expect(!page.body.contains(told), "\(told)")
        }
        let json = try await cleo.getJSON("/sessions/hand-overs/\(asked)").json
        #expect(json["is_open"].flag == false && !json["asked"].exists)
      }
    }
  }

  @Test("what the old mentor noted for themselves is not told to the new one, the shared notes are", arguments: Databases.each)
  func notes(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      // Noon in Berlin is six in New York.
      try await scene.do(.cleo, SetAvailability(weekly: [.init(weekday: .tuesday, from: "06:00", to: "07:00")]))
      let id = try await scene.book()
      try await scene.do(.ada, SaveNote(session: id, text: "He is afraid of his manager.", version: 0, isPrivate: true))
      try await scene.do(.ben, SaveNote(session: id, text: "Mine alone.", version: 0, isPrivate: true))
      try await scene.do(.ada, SaveNote(session: id, text: "We begin with breathing.", version: 0, isPrivate: false))
      try await takeOver(id, scene)
      let page = try await scene.browser(.cleo).get("/sessions/\(id)").body
      #expect(page.contains("We begin with breathing.") && !page.contains("afraid") && !page.contains("Mine alone."))
      try await scene.do(.cleo, SaveNote(session: id, text: "New here.", version: 0, isPrivate: true))
      try await #expect(scene.browser(.ben).get("/sessions/\(id)").body.contains("Mine alone."))
    }
  }

  @Test("who takes over one session of a series has no say in the others, nor is it called off with them", arguments: Databases.each)
  func series(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      // Noon in Berlin is six in New York.
      try await scene.do(.cleo, SetAvailability(weekly: [.init(weekday: .tuesday, from: "06:00", to: "07:00")]))
      let first = try await scene.book()
      try await scene.do(.ben, StartSeries(session: first, everyWeeks: 1, first: "2026-12-01", time: "12:00", minutes: 30, count: 4))
      let org = scene.org
      let dates: [(String, ID<Session>)] = try await scene.store.read { tx in
        try tx.rows("SELECT date, session_id FROM series_date WHERE org_id = \(org) ORDER BY date").map {
          (try $0("date"), try $0("session_id"))
        }
      }
      let sessions = dates.map(\.1)
      try await takeOver(sessions[1], scene)
      try await #expect(!scene.browser(.cleo).get("/sessions/\(sessions[1])/move").body.contains("all later ones"))
      await #expect(
        code { try await scene.do(.cleo, MoveSession(session: sessions[1], start: scene.noon(16), following: true)) } == "no_series")
      await #expect(code { try await scene.do(.cleo, CancelSession(session: sessions[1], following: true)) } == "no_series")
      try await scene.do(.ada, CancelSession(session: sessions[0], following: true))
      var states: [Session.State] = []
      for id in sessions { states.append(try await scene.session(id).state) }
      #expect(states == [.cancelled, .booked, .cancelled, .cancelled])
      try await #expect(scene.breaches() == [])
    }
  }

  @Test("a date that was called off or left out stays so when all later ones move", arguments: Databases.each)
  func leftOut(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      let first = try await scene.book()
      try await scene.do(.ben, StartSeries(session: first, everyWeeks: 1, first: "2026-12-01", time: "12:00", minutes: 30, count: 5))
      let org = scene.org
      func on(_ date: String) async throws -> ID<Session> {
        try await scene.store.read { tx in
          try tx.value("SELECT session_id FROM series_date WHERE org_id = \(org) AND date = \(date) AND session_id IS NOT NULL") ?? ID(0)
        }
      }
      try await scene.do(.ben, CancelSession(session: on("2026-12-15")))
      try await scene.do(.ada, MoveSession(session: on("2026-12-08"), start: scene.noon(15, minutes: 15), following: true))
      try await scene.work()
      let starts = try await scene.store.read { tx in
        let all: [Session] = try tx.all(
          "SELECT \(Session.columns) FROM session WHERE org_id = \(org) AND state = 'booked' ORDER BY starts_at")
        return all.map { String($0.start.description.prefix(16)) }
      }
      #expect(starts == ["2026-11-24T11:00", "2026-12-01T11:00", "2026-12-08T11:15", "2026-12-22T11:15", "2026-12-29T11:15"])
      try await #expect(scene.breaches() == [])
    }
  }

  @Test("a date that was taken is tried again when all later ones move to another day", arguments: Databases.each)
  func triedAgain(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      let first = try await scene.book()
      try await scene.do(.ben, StartSeries(session: first, everyWeeks: 1, first: "2026-12-01", time: "12:00", minutes: 30, count: 12))
      try await scene.do(.ada, AddException(kind: .away, first: "2027-01-19", last: "2027-01-20"))
      scene.clock.set(scene.noon(15) + .hours(1))
      try await scene.work()
      let org = scene.org
      let before: ID<Session> = try await scene.store.read { tx in
        try tx.value("SELECT session_id FROM series_date WHERE org_id = \(org) AND date = '2027-01-12'") ?? ID(0)
      }
      try await scene.do(.ada, MoveSession(session: before, start: scene.noon(52), following: true))
      try await scene.work()
      let starts: [Instant] = try await scene.store.read { tx in
        try tx.values(
          "SELECT starts_at FROM session WHERE org_id = \(org) AND state = 'booked' AND starts_at > \(scene.noon(50)) ORDER BY starts_at")
      }
      #expect(starts.prefix(3).map(\.description) == ["2027-01-14T11:00:00Z", "2027-01-21T11:00:00Z", "2027-01-28T11:00:00Z"])
      try await #expect(scene.breaches() == [])
    }
  }

  @Test("who took a request back, or found another hour, hears nothing of a missing answer", arguments: Databases.each)
  func noAnswerMissed(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let week = DayOfWeek.allCases.map { SetAvailability.Window(weekday: $0, from: "12:00", to: "13:00") }
      try await scene.do(.ada, SetAvailability(weekly: week, confirms: true))
      let back = try await scene.book(at: scene.noon(4))
      try await scene.do(.ben, ReleaseHold(session: back))
      scene.clock.set(scene.clock.now + .hours(49))
      try await scene.work()
      #expect(!scene.outbox.to("ben@north.example").contains { $0.subject.contains("No answer in time") })
      try await #expect(!scene.browser(.ben).get("/sessions/\(back)").body.contains("No answer"))
    }
  }
}
