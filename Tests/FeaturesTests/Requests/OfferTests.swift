import Kit
import Store
import TandemTesting
import Testing
import Web

@testable import Features

@Suite("Offers")
struct OfferTests {
  /// An ask with Ada, after which Cleo would come: the best first.
  private func offered(_ scene: Scene, _ change: (inout OpenAsk) -> Void = { _ in }) async throws -> (ask: ID<Ask>, offer: Offer) {
    try await scene.openForMentoring()
    let ask = try await scene.ask(.ben, change)
    let sent = try await scene.do(.ben, SendOffers(ask: ask, mentor: scene.id(.ada)))
    #expect(sent.state == .offered && sent.offers == 1)
    return (ask, try await scene.pendingOffer(ask))
  }

  @Test("an open ask goes to the best mentor, who gets one mail; sending twice answers with where it stands", arguments: Databases.each)
  func send(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.openForMentoring()
      let ask = try await scene.ask()
      let best = try #require(try await scene.cards(ask).first).mentor.id
      try await scene.do(.ben, SendOffers(ask: ask))
      #expect(try await scene.offers(ask).map(\.mentor) == [best])
      let again = await problem { _ = try await scene.do(.ben, SendOffers(ask: ask)) }
      #expect(again?.code == "ask_offered")
    }
  }

  @Test("the mail leads to the question, and tells no wait of minutes", arguments: Databases.each)
  func mail(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      _ = try await offered(scene)
      try await scene.work()
      let mail = try #require(scene.outbox.to("ada@north.example").last)
      #expect(mail.text.contains("Ben Learner asks for your help.") && mail.text.contains("Ben asks:\n\n> On Friday"), "\(mail.text)")
      #expect(!mail.text.contains("has waited"))
      try await scene.pass(.days(2))
      let reminder = try #require(scene.outbox.to("ada@north.example").last)
      #expect(reminder.text.contains("The ask has waited 2 days."))
    }
  }

  @Test("whoever is no mentor any more takes no request, and may pass it on", arguments: Databases.each)
  func noMentor(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.openForMentoring()
      let ask = try await scene.ask { $0.kind = "nano" }
      try await scene.do(.ben, SendOffers(ask: ask, mentor: scene.id(.ada)))
      let offer = try await scene.pendingOffer(ask)
      let (org, ada) = (scene.org, scene.id(.ada))
      try await scene.store.write { tx in _ = try tx.run("UPDATE person SET roles = 1 WHERE org_id = \(org) AND id = \(ada)") }
      let answers: [() async throws -> Void] = [
        { _ = try await scene.do(.ada, AcceptOffer(offer: offer.id, answer: "Begin with the decision you want.")) },
        { _ = try await scene.do(.ada, AskFirst(offer: offer.id, text: "Which board is it?")) },
        { _ = try await scene.do(.ada, ProposeTimes(offer: offer.id, starts: [])) },
      ]
      for answer in answers { #expect(await problem(answer)?.code == "not_a_mentor") }
      #expect(try await scene.state(ask) == .offered)
      try await scene.do(.ada, PassOnOffer(offer: offer.id))
      #expect(try await scene.pendingOffer(ask).mentor == scene.id(.cleo))
    }
  }

  @Test("passing on is private and brings the next best", arguments: Databases.each)
  func passOn(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let (ask, offer) = try await offered(scene)
      try await scene.do(.ada, PassOnOffer(offer: offer.id, reason: "I fear marzipan"))
      let next = try await scene.pendingOffer(ask)
      #expect(next.mentor == scene.id(.cleo))
      for accept in ["text/html", "application/json"] {
        let page = try await scene.browser(.ben).send(.get, "/asks/\(ask)", headers: [.accept: accept])
        #expect(page.body.contains("passed this on to Cleo") && !page.body.contains("marzipan"))
      }
      let again = await problem { _ = try await scene.do(.ada, PassOnOffer(offer: offer.id)) }
      #expect(again == .conflict(code: "offer_passed", detail: "You passed this request on."))
    }
  }

  @Test("silence lapses at the deadline and passes on; nothing happens before", arguments: Databases.each)
  func lapse(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let (ask, offer) = try await offered(scene)
      try await scene.pass(.days(2))
      #expect(try await scene.pendingOffer(ask).id == offer.id)
      #expect(scene.outbox.to("ada@north.example").count == 2, "the offer and one reminder")
      try await scene.pass(.days(1))
      let all = try await scene.offers(ask)
      #expect(all.map(\.state) == [.lapsed, .sent] && all.last?.mentor == scene.id(.cleo))
      let late = await problem { _ = try await scene.do(.ada, AcceptOffer(offer: offer.id)) }
      #expect(late?.code == "offer_lapsed")
    }
  }

  @Test("accepting books the proposed hour, settles the others and shows the session", arguments: Databases.each)
  func accept(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let (ask, offer) = try await offered(scene)
      let ada = try await scene.browser(.ada)
      let page = try await ada.get("/requests/\(offer.id)")
      #expect(page.status == 200 && page.body.contains("Ben Learner") && page.body.contains("public speaking"))
      let start = try #require(offer.start)
      let done = try await ada.post("/requests/\(offer.id)/acceptance", ["start": "\(start)"])
      #expect(done.location?.hasPrefix("/sessions/") == true, "\(done.status) \(done.body)")
      #expect(try await scene.state(ask) == .booked)
      #expect(try await scene.offers(ask).map(\.state) == [.accepted])
      let again = try await ada.postJSON("/requests/\(offer.id)/acceptance", #"{"start": "\#(start)"}"#)
      #expect(again.status == 409 && again.json["code"].text == "offer_accepted")
    }
  }

  @Test("up to three other times are proposed and one of them is picked", arguments: Databases.each)
  func otherTime(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let (ask, offer) = try await offered(scene)
      let shown = try await scene.do(.ada, ShowRequest(offer: offer.id))
      let times = (shown.others.first?.form.fields.first?.options ?? []).compactMap { Instant($0.value) }
      try #require(times.count >= 3)
      let proposed = try #require(offer.start)
      #expect(!times.contains(proposed), "that one is accepted, not proposed again")
      let ada = try await scene.browser(.ada)
      let sent = try await ada.post("/requests/\(offer.id)/times", ["starts": "\(times[1])", "starts": "\(times[2])"])
      #expect(sent.status == 303, "\(sent.body)")
      #expect(try await scene.state(ask) == .claimed)
      let page = try await scene.browser(.ben).get("/asks/\(ask)")
      #expect(page.body.contains("Pick one") && page.body.contains("Book this time") && page.body.contains("None of these"))
      let foreign = await problem { _ = try await scene.do(.ben, PickTime(ask: ask, offer: offer.id, start: times[0])) }
      #expect(foreign == .invalid("start", "Choose one of the times proposed."))
      let picked = try await scene.browser(.ben).post("/asks/\(ask)/offers/\(offer.id)/booking", ["start": "\(times[2])"])
      #expect(picked.location?.hasPrefix("/sessions/") == true, "\(picked.body)")
      #expect(try await scene.state(ask) == .booked)
      #expect(try await scene.offers(ask).map(\.state) == [.accepted])
    }
  }

  @Test("when none of the times suits, the next best is asked", arguments: Databases.each)
  func decline(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let (ask, offer) = try await offered(scene)
      let start = try #require(offer.start)
      try await scene.do(.ada, ProposeTimes(offer: offer.id, starts: [start]))
      let tooMany = await problem { _ = try await scene.do(.ada, ProposeTimes(offer: offer.id, starts: [start])) }
      #expect(tooMany?.code == "offer_other_time")
      try await scene.do(.ben, DeclineTimes(ask: ask, offer: offer.id))
      #expect(try await scene.offers(ask).map(\.state) == [.withdrawn, .sent])
      #expect(try await scene.state(ask) == .offered)
    }
  }

  @Test(
    "unanswered requests expired silently and punished the mentor (forum of ADPList): the clock stands still while the asker owes a reply, and goes on with what was left",
    arguments: Databases.each)
  func askFirst(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let (ask, offer) = try await offered(scene) { $0.urgency = .later }
      scene.clock.advance(.days(1))
      let left = offer.dueAt - scene.world.now()
      try await scene.do(.ada, AskFirst(offer: offer.id, text: "Which board is it?"))
      #expect(try await scene.state(ask) == .askedBack)
      try await scene.pass(.days(5))
      #expect(try await scene.pendingOffer(ask).id == offer.id, "the old deadline no longer counts")
      let page = try await scene.browser(.ben).get("/asks/\(ask)")
      #expect(page.body.contains("Which board is it?") && page.body.contains("The clock stands still"))
      try await scene.do(.ben, ReplyToMentor(ask: ask, offer: offer.id, text: "The one of the plant."))
      let resumed = try await scene.pendingOffer(ask)
      #expect(resumed.dueAt == scene.world.now() + left && resumed.state == .seen && resumed.reply == "The one of the plant.")
      #expect(try await scene.state(ask) == .offered)
      let again = await problem { _ = try await scene.do(.ben, ReplyToMentor(ask: ask, offer: offer.id, text: "And more.")) }
      #expect(again?.code == "offer_seen")
      try await scene.pass(Span(microseconds: left.microseconds + 60_000_000))
      #expect(try await scene.offers(ask).first?.state == .lapsed)
    }
  }

  @Test("without a reply the clock goes on after seven days, and then the mentor is let go", arguments: Databases.each)
  func standstillEnds(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let (ask, offer) = try await offered(scene) { $0.urgency = .later }
      let left = offer.dueAt - scene.world.now()
      try await scene.do(.ada, AskFirst(offer: offer.id, text: "Which board is it?"))
      try await scene.pass(.days(7))
      #expect(try await scene.offers(ask).first?.state == .asked)
      try await scene.pass(Span(microseconds: left.microseconds + 60_000_000))
      #expect(try await scene.offers(ask).first?.state == .withdrawn)
      let line = try #require(try await scene.do(.ben, ShowAsk(ask: ask)).offers.first)
      #expect(line.sentence == "Asked you something first. No reply came in time.")
    }
  }

  @Test("a mentor who waited for the asker's word was not silent: no pause, and no answer missing", arguments: Databases.each)
  func waitedForAsker(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.openForMentoring()
      try await scene.closeHours(of: .cleo)
      for round in 0..<3 {
        let ask = try await scene.ask { $0.urgency = .later }
        try await scene.do(.ben, SendOffers(ask: ask))
        let offer = try await scene.pendingOffer(ask)
        if round == 0 {
          let start = try #require(offer.start)
          try await scene.do(.ada, ProposeTimes(offer: offer.id, starts: [start]))
        } else {
          try await scene.do(.ada, AskFirst(offer: offer.id, text: "Which board is it?"))
        }
        try await scene.pass(.days(13))
        let line = try #require(try await scene.do(.ben, ShowAsk(ask: ask)).offers.first)
        #expect(line.state == .withdrawn, "round \(round)")
        let told = round == 0 ? "Proposed other times. None was picked in time." : "Asked you something first. No reply came in time."
        #expect(line.sentence == told)
        try await scene.do(.ben, WithdrawAsk(ask: ask))
      }
      #expect(try await scene.do(.ada, ListRequests()).pausedSince == nil)
      let (org, ada, now) = (scene.org, scene.id(.ada), scene.world.now())
      let records = try await scene.store.read { tx in try OfferRecord.load([ada], ask: nil, org: org, now: now, tx) }
      #expect(records[ada]?.offered == 0)
    }
  }

  @Test("only a mentor who asked something is named as the one who waits for a reply", arguments: Databases.each)
  func whoAsks(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.openForMentoring()
      scene.clock.advance(.hours(6))
      let ask = try await scene.ask {
        $0.urgency = .now
        $0.minutes = 15
      }
      #expect(try await scene.do(.ben, SendOffers(ask: ask)).offers == 2)
      let offer = try #require(try await scene.offers(ask).first { $0.mentor == scene.id(.cleo) })
      try await scene.do(.cleo, AskFirst(offer: offer.id, text: "Which board is it?"))
      let page = try await scene.do(.ben, ShowAsk(ask: ask))
      #expect(page.sentence.hasPrefix("Cleo would like to know something first."), "\(page.sentence)")
    }
  }

  @Test("three silences in a row pause a mentor; one click brings them back; an answer between does not count", arguments: Databases.each)
  func pause(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.openForMentoring()
      try await scene.closeHours(of: .cleo)
      for round in 0..<4 {
        let ask = try await scene.ask { $0.urgency = .later }
        try await scene.do(.ben, SendOffers(ask: ask))
        let offer = try await scene.pendingOffer(ask)
        if round == 0 { try await scene.do(.ada, PassOnOffer(offer: offer.id)) }
        try await scene.pass(.days(6))
        #expect(try await scene.offers(ask).first?.state == (round == 0 ? .passed : .lapsed))
        _ = try await scene.do(.ben, WithdrawAsk(ask: ask))
        let isPaused = try await scene.do(.ada, ListRequests()).pausedSince != nil
        #expect(isPaused == (round == 3), "round \(round)")
      }
      let waiting = try await scene.ask { $0.urgency = .later }
      #expect(try await scene.cards(waiting).isEmpty)
      func isListed() async throws -> Bool {
        try await scene.browser(.ben).getJSON("/mentors?hours=false").json["mentors"].items.contains { $0["name"].text == "Ada Mentor" }
      }
      #expect(try await !isListed())
      #expect(try await scene.breaches() == [])
      let back = try await scene.browser(.ada).post("/requests/return")
      #expect(back.status == 303)
      #expect(try await scene.cards(waiting).map(\.mentor.id) == [scene.id(.ada)])
      #expect(try await scene.do(.ada, ListRequests()).pausedSince == nil)
      #expect(try await isListed())
      #expect(try await scene.breaches() == [])
      let (org, ada) = (scene.org, scene.id(.ada))
      try await scene.store.write { tx in try tx.run("UPDATE person SET is_resting = 1 WHERE org_id = \(org) AND id = \(ada)") }
      #expect(try await scene.breaches().count == 1)
    }
  }

  @Test(
    "just in time several are asked at once, the first to accept has it, and the others read that it is settled", arguments: Databases.each)
  func firstWins(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.openForMentoring()
      scene.clock.advance(.hours(6))
      let ask = try await scene.ask {
        $0.urgency = .now
        $0.minutes = 15
      }
      #expect(try await scene.do(.ben, SendOffers(ask: ask)).offers == 2)
      let offers = try await scene.offers(ask)
      async let one = problem { _ = try await scene.do(scene.role(of: offers[0].mentor), AcceptOffer(offer: offers[0].id)) }
      async let two = problem { _ = try await scene.do(scene.role(of: offers[1].mentor), AcceptOffer(offer: offers[1].id)) }
      let results = await [one, two]
      #expect(results.count { $0 == nil } == 1, "\(results)")
      #expect(results.compactMap(\.self).map(\.code) == ["offer_withdrawn"], "\(results)")
      #expect(Set(try await scene.offers(ask).map(\.state)) == [.accepted, .withdrawn])
    }
  }

  @Test("a written kind is answered in writing, without an hour", arguments: Databases.each)
  func written(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.openForMentoring()
      try await scene.closeHours(of: .ada)
      let ask = try await scene.ask { $0.kind = "nano" }
      #expect(try await scene.cards(ask).count == 2, "no hour is needed")
      try await scene.do(.ben, SendOffers(ask: ask, mentor: scene.id(.ada)))
      let offer = try await scene.pendingOffer(ask)
      let empty = await problem { _ = try await scene.do(.ada, AcceptOffer(offer: offer.id)) }
      #expect(empty == .invalid("answer", "Write your answer."))
      let sent = try await scene.browser(.ada).post("/requests/\(offer.id)/acceptance", ["answer": "Begin with the decision you want."])
      #expect(sent.status == 303)
      #expect(try await scene.state(ask) == .answered)
      #expect(try await scene.browser(.ben).get("/asks/\(ask)").body.contains("Begin with the decision you want."))
    }
  }

  @Test(
    "an anonymous ask has no name until it is accepted: not on the page, in JSON, in the list, nor in the mail", arguments: Databases.each)
  func anonymous(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let (ask, offer) = try await offered(scene) { $0.anonymous = true }
      try await scene.work()
      let ada = try await scene.browser(.ada)
      for path in ["/requests/\(offer.id)", "/requests", "/mentors"] {
        for answer in [try await ada.get(path), try await ada.getJSON(path)] {
          #expect(answer.status == 200 && answer.body.contains("Somebody"), "\(path)")
          #expect(!answer.body.contains("Ben") && !answer.body.contains("\(scene.id(.ben))"), "\(path)")
        }
      }
      let mail = try #require(scene.outbox.to("ada@north.example").last)
      #expect(mail.subject.hasPrefix("Somebody asks") && !mail.text.contains("Ben"))
      try await scene.do(.ada, AcceptOffer(offer: offer.id))
      #expect(try await ada.get("/requests/\(offer.id)").body.contains("Ben Learner"))
      #expect(try await scene.state(ask) == .booked)
    }
  }

  @Test("only the mentor sees and answers an offer", arguments: Databases.each)
  func strangers(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let (ask, offer) = try await offered(scene)
      for role in [Scene.Role.ben, .cleo, .mara, .omar, .otto] {
        let browser = try await scene.browser(role)
        let theirs = try await browser.getJSON("/requests/\(offer.id)")
        let random = try await browser.getJSON("/requests/7ZZZZZZZZZZZZ")
        #expect(theirs.status == 404 && theirs.body == random.body, "\(role)")
        #expect(try await browser.post("/requests/\(offer.id)/pass").status == 404, "\(role)")
      }
      #expect(try await scene.stranger.get("/requests/\(offer.id)").status == 303)
      #expect(try await scene.pendingOffer(ask).state == .sent, "a look by others leaves no receipt")
      _ = try await scene.browser(.ada).get("/requests/\(offer.id)")
      #expect(try await scene.pendingOffer(ask).state == .seen)
      let foreign = await problem { _ = try await scene.do(.ravi, ReplyToMentor(ask: ask, offer: offer.id, text: "Hello")) }
      #expect(foreign == .notFound)
    }
  }

  @Test("an ask nobody takes ends in its time, its mentors know, and its words can be asked again", arguments: Databases.each)
  func expire(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let (ask, _) = try await offered(scene)
      try await scene.do(.ada, AskFirst(offer: try await scene.pendingOffer(ask).id, text: "Which board?"))
      for _ in 0..<22 { try await scene.pass(.days(1)) }
      #expect(try await scene.state(ask) == .expired)
      #expect(try await scene.offers(ask).allSatisfy { !$0.state.isPending })
      #expect(scene.outbox.to("ben@north.example").contains { $0.subject == "Your ask found nobody in time" })
      #expect(try await scene.browser(.ben).get("/asks/new?from=\(ask)").body.contains("in front of the board"))
    }
  }

  @Test("when everybody has been asked the ask waits, and finds a mentor who gets hours later", arguments: Databases.each)
  func again(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.openForMentoring()
      try await scene.closeHours(of: .ada)
      try await scene.closeHours(of: .cleo)
      let ask = try await scene.ask { $0.urgency = .later }
      #expect(try await scene.do(.ben, SendOffers(ask: ask)).offers == 0)
      #expect(try await scene.browser(.ben).get("/asks/\(ask)").body.contains("We look again every day"))
      try await scene.teach(.ada, level: 5)
      try await scene.pass(.days(1))
      #expect(try await scene.pendingOffer(ask).mentor == scene.id(.ada))
    }
  }
}
