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
      #expect(!scene.outbox.all.contains { $0.subject.contains("could not be booked") }, "nor is anybody told of dates that are gone")
    }
  }

  @Test(
    "a request without a name does not end with the mentor's block, which would tell who asked; a yes to it is refused",
    arguments: Databases.each)
  func nameless(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.openForMentoring()
      let ask = try await scene.ask { $0.anonymous = true }
      try await scene.do(.ben, SendOffers(ask: ask, mentor: scene.id(.ada)))
      let offer = try await scene.pendingOffer(ask)
      try await scene.do(.ada, BlockPerson(person: scene.id(.ben)))
      #expect(try await scene.pendingOffer(ask).id == offer.id)
      for act in [AcceptOffer(offer: offer.id, start: scene.noon())] {
        await #expect(code { try await scene.do(.ada, act) } == Offer.State.withdrawn.refusal.code)
      }
      await #expect(
        code { try await scene.do(.ada, AskFirst(offer: offer.id, text: "Who are you?")) } == Offer.State.withdrawn.refusal.code)
      try await scene.do(.ada, PassOnOffer(offer: offer.id))
      // The asker's block ends it: to them the mentor has a name.
      let other = try await scene.pendingOffer(ask)
      #expect(other.mentor == scene.id(.cleo))
      try await scene.do(.ben, BlockPerson(person: scene.id(.cleo)))
      #expect(try await !scene.offers(ask).contains { $0.state.isPending })
    }
  }

  @Test(
    "an hour that waits for the mentor's yes ends with a block, but for one without a name, which cannot be confirmed",
    arguments: Databases.each)
  func waiting(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.openForMentoring()
      let week = DayOfWeek.allCases.map { SetAvailability.Window(weekday: $0, from: "09:00", to: "17:00") }
      try await scene.do(.ada, SetAvailability(weekly: week, confirms: true))
      let named = try await scene.book(at: scene.noon(3))
      let ask = try await scene.ask { $0.anonymous = true }
      let card = try #require(try await scene.cards(ask).first { $0.mentor.id == scene.id(.ada) })
      let nameless = try await scene.do(.ben, BookAsk(ask: ask, mentor: scene.id(.ada), start: #require(card.next).value)).session
      try await scene.do(.ada, BlockPerson(person: scene.id(.ben)))
      #expect(try await scene.session(named).state == .lapsed)
      #expect(try await scene.session(nameless).state == .held)
      await #expect(code { try await scene.do(.ada, ConfirmSession(session: nameless)) } == "not_waiting")
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
