import Kit
import Store
import TandemTesting
import Testing
import Web

@testable import Features

@Suite("Blocks")
struct BlockTests {
  /// Everything a mentor can be found, asked or booked by.
  private func paths(to mentor: ID<Person>) -> [String] {
    ["/mentors/\(mentor)", "/sessions/new?mentor=\(mentor)", "/asks/new?mentor=\(mentor)"]
  }

  @Test("to each of the two the other is as if not there, whoever blocked whom; to others nothing changes", arguments: Databases.each)
  func silent(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.openForMentoring()
      let (ada, cleo) = (scene.id(.ada), scene.id(.cleo))
      let ask = try await scene.ask()
      #expect(try await Set(scene.cards(ask).map(\.mentor.id)) == [ada, cleo])
      try await scene.do(.ben, BlockPerson(person: ada))
      try await scene.do(.cleo, BlockPerson(person: scene.id(.ben)))
      let ben = try await scene.browser(.ben)
      #expect(try await scene.cards(ask).isEmpty)
      for mentor in [ada, cleo] {
        for path in paths(to: mentor) {
          let nobody = path.replacing("\(mentor)", with: "7ZZZZZZZZZZZZ")
          for (theirs, random) in [
            (try await ben.get(path), try await ben.get(nobody)), (try await ben.getJSON(path), try await ben.getJSON(nobody)),
          ] {
            #expect(theirs.status == 404 && theirs.body.replacing("\(mentor)", with: "7ZZZZZZZZZZZZ") == random.body, "\(path)")
          }
        }
        let slots = "/asks/\(ask)/mentors/\(mentor)/slots"
        #expect(try await ben.getJSON(slots).status == 404)
        let booking = await code { try await scene.do(.ben, BookAsk(ask: ask, mentor: mentor, start: scene.noon())) }
        #expect(booking == "not_found")
      }
      await #expect(code { _ = try await scene.book() } == "not_found")
      await #expect(code { try await scene.do(.ben, SendOffers(ask: ask, mentor: ada)) } == "not_found")
      for path in ["/mentors", "/search?q=Ada", "/search?q=Cleo", "/skills/public-speaking", "/you/managers/search?q=Ada"] {
        for answer in [try await ben.get(path), try await ben.getJSON(path)] {
          #expect(!answer.body.contains("Ada Mentor") && !answer.body.contains("Cleo Mentor"), "\(path)")
        }
      }
      let whyNot = try await ben.get("/asks/\(ask)/mentors?name=Ada").body
      #expect(whyNot.contains("No mentor here is called Ada.") && !whyNot.contains("Ada Mentor"))
      #expect(try await !scene.browser(.ada).get("/search?q=Ben").body.contains("Ben Learner"))
      #expect(try await !scene.browser(.cleo).get("/search?q=Ben").body.contains("Ben Learner"))
      // Ravi finds all three.
      let ravi = try await scene.browser(.ravi)
      let list = try await ravi.get("/mentors").body
      #expect(list.contains("Ada Mentor") && list.contains("Cleo Mentor"))
      #expect(try await ravi.get("/search?q=Ben").body.contains("Ben Learner"))
      _ = try await scene.book(.ravi)
      // Only one's own blocks are told.
      let own = try await ben.get("/you/blocks").body
      #expect(own.contains("Ada Mentor") && !own.contains("Cleo Mentor"))
      #expect(try await scene.browser(.ada).getJSON("/you/blocks").json["blocks"].count == 0)
    }
  }

  @Test("requests and kept hours between the two end; what is booked ends when the person says so", arguments: Databases.each)
  func ends(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.openForMentoring()
      let ask = try await scene.ask()
      try await scene.do(.ben, SendOffers(ask: ask, mentor: scene.id(.ada)))
      let first = try await scene.book(at: scene.noon(1))
      let second = try await scene.book(at: scene.noon(2))
      let ben = try await scene.browser(.ben)
      let page = try await ben.get("/you/blocks/\(scene.id(.ada))").body
      #expect(page.contains("Cancel 2 sessions booked with Ada") && page.contains("Ada is not told."))
      try await scene.work()
      scene.outbox.clear()
      try await scene.do(.ben, BlockPerson(person: scene.id(.ada)))
      #expect(try await scene.session(first).state == .booked, "not without a word")
      #expect(try await scene.offers(ask).filter { $0.mentor == scene.id(.ada) }.map(\.state) == [.withdrawn])
      #expect(try await scene.offers(ask).contains { $0.mentor == scene.id(.cleo) && $0.state.isPending }, "somebody else is asked")
      let answer = try await ben.post("/you/blocks/\(scene.id(.ada))", ["cancel": "true"])
      #expect(answer.status == 303 && answer.location == "/you/blocks")
      for id in [first, second] {
        #expect(try await scene.session(id).state == .cancelled)
        #expect(try await scene.occupied(id) == 0)
      }
      try await scene.work()
      let mails = scene.outbox.to("ada@north.example")
      #expect(mails.count == 2 && mails.allSatisfy { $0.subject.hasPrefix("Cancelled") && !$0.text.lowercased().contains("block") })
      #expect(try await scene.breaches() == [])
    }
  }

  @Test("a series goes no further, also where its booked sessions stay", arguments: Databases.each)
  func series(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      let id = try await scene.book()
      try await scene.do(
        .ben, StartSeries(session: id, everyWeeks: 1, first: "2026-12-01", time: "12:00", minutes: 30, count: 20))
      func booked() async throws -> Int {
        try await scene.store.read { [org = scene.org] tx in
          try tx.count("SELECT count(*) FROM session WHERE org_id = \(org) AND state = 'booked'")
        }
      }
      let before = try await booked()
      try await scene.do(.ada, BlockPerson(person: scene.id(.ben)))
      scene.outbox.clear()
      try await scene.pass(.days(14))
      #expect(try await booked() == before)
      #expect(!scene.outbox.all.contains { $0.subject.contains("is not free") }, "nor is anybody told of dates that are gone")
      // Once it is taken back the later dates follow again.
      try await scene.do(.ada, Unblock(person: scene.id(.ben)))
      try await scene.pass(.days(14))
      #expect(try await booked() > before)
    }
  }

  @Test("requests without a name go on from a mentor who blocks, whoever asked, so that none tells who it was", arguments: Databases.each)
  func nameless(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.openForMentoring()
      var asks: [ID<Ask>] = []
      for role in [Scene.Role.ben, .ravi] {
        let ask = try await scene.ask(role) { $0.anonymous = true }
        try await scene.do(role, SendOffers(ask: ask, mentor: scene.id(.ada)))
        asks.append(ask)
      }
      try await scene.do(.ada, BlockPerson(person: scene.id(.ben)))
      for ask in asks {
        #expect(try await scene.offers(ask).filter { $0.mentor == scene.id(.ada) }.map(\.state) == [.withdrawn])
        #expect(try await scene.pendingOffer(ask).mentor == scene.id(.cleo))
      }
      // To the asker the mentor has a name: their block ends theirs alone.
      try await scene.do(.ben, BlockPerson(person: scene.id(.cleo)))
      #expect(try await !scene.offers(asks[0]).contains { $0.state.isPending })
      #expect(try await scene.offers(asks[1]).contains { $0.state.isPending })
      let log = try await scene.browser(.omar).getJSON("/admin/audit?kind=offer").json["items"].items
      let ended = log.filter { $0["what"].text?.contains("withdrawn") == true }
      #expect(ended.count == 3 && ended.allSatisfy { $0["who"].text == "Tandem" }, "the log does not say who ended them: \(log)")
    }
  }

  @Test(
    "hours that wait for the mentor's yes end with a block, those without a name whoever asked; the mail names no free times",
    arguments: Databases.each)
  func waiting(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.openForMentoring()
      let week = DayOfWeek.allCases.map { SetAvailability.Window(weekday: $0, from: "09:00", to: "17:00") }
      try await scene.do(.ada, SetAvailability(weekly: week, confirms: true))
      var wishes = [try await scene.book(at: scene.noon(3))]
      for role in [Scene.Role.ben, .ravi] {
        let ask = try await scene.ask(role) { $0.anonymous = true }
        let card = try #require(try await scene.cards(ask, role).first { $0.mentor.id == scene.id(.ada) })
        wishes.append(
          try await scene.do(role, BookAsk(ask: ask, mentor: scene.id(.ada), start: #require(card.next).value)).session)
      }
      let named = try await scene.book(.ravi, at: scene.noon(4))
      try await scene.do(.ada, BlockPerson(person: scene.id(.ben)))
      for wish in wishes { #expect(try await scene.session(wish).state == .lapsed) }
      #expect(try await scene.session(named).state == .held, "of others only those without a name")
      scene.outbox.clear()
      try await scene.pass(.days(3))
      let told = scene.outbox.to("ben@north.example").filter { $0.subject.hasPrefix("No answer in time") }
      #expect(!told.isEmpty && told.allSatisfy { !$0.text.contains("Free next") })
    }
  }

  @Test("no other way leads to a session: not taking a cancellation back, a kept hour, a move", arguments: Databases.each)
  func booked(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.openForMentoring()
      let ask = try await scene.ask { $0.anonymous = true }
      let card = try #require(try await scene.cards(ask).first { $0.mentor.id == scene.id(.ada) })
      let held = try await scene.do(.ben, HoldHour(ask: ask, mentor: scene.id(.ada), start: #require(card.next).value))
      let (cancelled, kept) = (try await scene.book(at: scene.noon(2)), try await scene.book(at: scene.noon(3)))
      try await scene.do(.ben, CancelSession(session: cancelled))
      try await scene.do(.ada, BlockPerson(person: scene.id(.ben)))
      await #expect(code { try await scene.do(.ben, RestoreSession(session: cancelled)) } == "slot_taken")
      await #expect(code { try await scene.do(.ben, BookHeld(session: held.session)) } == "hold_ended")
      await #expect(code { try await scene.do(.ben, MoveSession(session: kept, start: scene.noon(4))) } == "slot_taken")
      #expect(try await scene.do(.ben, ShowMove(session: kept)).slots.isEmpty)
      try await scene.do(.ben, CancelSession(session: kept))
    }
  }

  @Test("neither writes to the other: no lesson, no question for a confirmation, no session to take over", arguments: Databases.each)
  func written(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      try await scene.met(try await scene.book())
      let ahead = try await scene.book(.ravi, at: scene.noon(3))
      let ben = scene.id(.ben)
      let viewer = try await scene.viewer(.ada)
      func isMentee() async throws -> Bool { try await scene.store.read { tx in try Mentees.contains(ben, of: viewer, tx) } }
      func resolved(_ text: String) async throws -> Bool {
        await code { _ = try await scene.store.read { tx in try Colleague.resolve(text, for: viewer, tx) } } == nil
      }
      #expect(try await isMentee())
      #expect(try await resolved("Ben Learner"))
      try await scene.do(.ben, BlockPerson(person: scene.id(.ada)))
      #expect(try await !isMentee())
      for text in ["Ben Learner", "ben@north.example", "\(ben)"] { #expect(try await !resolved(text), "\(text)") }
      try await scene.do(.cleo, BlockPerson(person: scene.id(.ravi)))
      let refused = await problem { try await scene.do(.ada, OfferHandOver(session: ahead, mentor: scene.id(.cleo))) }
      #expect(refused == .invalid("mentor", "Choose a colleague who mentors."))
    }
  }

  @Test("a wrap-up is kept whatever it offers the other: its lesson is not sent, its next session finds no time", arguments: Databases.each)
  func wrapUp(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      let id = try await scene.book()
      try await scene.met(id)
      let lesson = try await scene.publish("Say first what you want.")
      try await scene.do(.ben, BlockPerson(person: scene.id(.ada)))
      var next = WrapUp(session: id, insight: "Begin with what you want.")
      next.next = .book
      next.nextStart = scene.noon(9)
      await #expect(code { try await scene.do(.ada, next) } == "slot_taken")
      var own = WrapUp(session: id, insight: "Begin with what you want.")
      own.lesson = lesson
      try await scene.do(.ada, own)
      try await scene.work()
      #expect(!scene.outbox.to("ben@north.example").contains { $0.subject.contains("lesson") })
      let assigned = await code { try await scene.do(.ada, AssignLesson(lesson: lesson, person: scene.id(.ben))) }
      #expect(assigned == "not_found")
    }
  }

  @Test("the question before a block answers alike of who is there and who left", arguments: Databases.each)
  func alike(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.do(.omar, RemoveMember(person: scene.id(.cleo)))
      try await scene.do(.ada, BlockPerson(person: scene.id(.ben)))
      let ben = try await scene.browser(.ben)
      for role in [Scene.Role.ada, .cleo, .ravi] {
        #expect(try await ben.getJSON("/you/blocks/\(scene.id(role))").status == 200, "\(role)")
      }
      try await scene.do(.ben, BlockPerson(person: scene.id(.cleo)))
    }
  }

  @Test("it can be taken back; nobody blocks themselves, or anybody of another organisation", arguments: Databases.each)
  func undone(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      let ben = try await scene.browser(.ben)
      let ada = scene.id(.ada)
      let said = try await ben.postJSON("/you/blocks/\(ada)", "{}")
      #expect(said.status == 200 && said.json["name"].text == "Ada Mentor")
      #expect(try await ben.get("/mentors/\(ada)").status == 404)
      #expect(try await ben.post("/you/blocks/\(ada)/end").location == "/you/blocks")
      #expect(try await ben.get("/mentors/\(ada)").status == 200)
      #expect(try await ben.get("/you/blocks").body.contains("You block nobody."))
      #expect(try await ben.postJSON("/you/blocks/\(ada)/end", "{}").status == 200, "the second click")
      #expect(try await ben.postJSON("/you/blocks/\(scene.id(.ben))", "{}").status == 422)
      for act in ["", "/end"] {
        #expect(try await ben.postJSON("/you/blocks/\(scene.id(.olga))\(act)", "{}").status == 404)
        #expect(try await scene.stranger.postJSON("/you/blocks/\(ada)\(act)", "{}").status == 401)
      }
      #expect(try await ben.getJSON("/you/blocks/\(scene.id(.olga))").status == 404)
    }
  }

  @Test(
    "administrators do not read who blocks whom; whoever blocks has it among their data, the other one does not", arguments: Databases.each)
  func told(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.do(.ben, BlockPerson(person: scene.id(.ada)))
      let omar = try await scene.browser(.omar)
      for path in ["/admin/audit", "/admin/audit.csv"] {
        #expect(try await !omar.get(path).body.lowercased().contains("block made"), "\(path)")
      }
      #expect(try await omar.getJSON("/admin/audit?kind=block").json["items"].count == 0)
      #expect(try await scene.browser(.ben).post("/you/data").body.contains("person_block"))
      #expect(try await !scene.browser(.ada).post("/you/data").body.contains("person_block"))
    }
  }
}
