import Kit
import Scheduling
import Store
import TandemTesting
import Testing
import Web

@testable import Features

@Suite struct WrapUpTests {
  private func wrap(_ id: ID<Session>, _ insight: String, points: Int? = nil, line: String? = nil) -> WrapUp {
    WrapUp(session: id, insight: insight, points: points, line: line)
  }

  @Test("S7 only the first line is needed, and a session can be wrapped up once by each, not before it began", arguments: Databases.each)
  func once(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      let id = try await scene.book()
      await #expect(code { try await scene.do(.ben, wrap(id, "Begin with a question.")) } == "not_open")
      try await scene.met(id)
      try await scene.do(.ben, wrap(id, "Begin with a question."))
      await #expect(code { try await scene.do(.ben, wrap(id, "Again.")) } == "already_sent")
      await #expect(code { try await scene.do(.cleo, wrap(id, "Not mine.")) } == "not_found")
      try await #expect(scene.session(id).state == .met)
      try await scene.do(.ada, wrap(id, "He knew it already."))
      try await #expect(scene.session(id).state == .wrapped)
      try await #expect(scene.breaches() == [])
    }
  }

  @Test("what one wrote is hidden from the other until both have sent theirs", arguments: Databases.each)
  func privateUntilBoth(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      let id = try await scene.book()
      try await scene.met(id)
      var mine = wrap(id, "Begin with a question.", points: 5, line: "That helped.")
      mine.actions = [.init(text: "Rehearse twice", due: "2026-12-04", owner: .me)]
      try await scene.do(.ben, mine)
      let ada = try await scene.browser(.ada)
      for path in ["/sessions/\(id)", "/insights", "/insights?q=question"] {
        let page = try await ada.get(path)
        #expect(page.status == 200)
        for words in ["Begin with a question.", "That helped.", "Rehearse twice"] {
          #expect(!page.body.contains(words), "\(path): \(words)")
        }
      }
      try await scene.do(.ada, wrap(id, "Silence works.", points: 4))
      let page = try await ada.get("/sessions/\(id)").body
      for words in ["Begin with a question.", "That helped.", "Rehearse twice", "Great", "Useful"] {
        #expect(page.contains(words), "\(words)")
      }
      try await #expect(ada.get("/insights?q=question").body.contains("Begin with a question."))
      try await #expect(scene.browser(.ben).get("/insights?q=silen").body.contains("Silence works."))
      try await #expect(!scene.browser(.cleo).get("/insights?q=question").body.contains("Begin with a question."))
      try await #expect(!scene.browser(.olga).get("/insights?q=question").body.contains("Begin with a question."))
    }
  }

  @Test("the form of the page makes insight, card, actions, rating and the next session in one go", arguments: Databases.each)
  func form(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      let id = try await scene.book()
      try await scene.met(id)
      let ben = try await scene.browser(.ben)
      let page = try await ben.get("/sessions/\(id)/wrap-up")
      #expect(page.body.contains("Book Tue 8 Dec, 12:00"))
      let empty = try await ben.post(
        "/sessions/\(id)/wrap-up", ["insight": " ", "actions.0.text": "Rehearse twice", "actions.0.due": "2026-12-04"])
      #expect(empty.status == 422)
      #expect(empty.body.contains("Rehearse twice"))
      let sent = try await ben.post(
        "/sessions/\(id)/wrap-up",
        [
          "insight": "Begin with a question.", "make_card": "true", "actions.0.text": "Rehearse twice", "actions.0.due": "2026-12-04",
          "actions.0.owner": "me", "actions.1.text": "Send the slides", "actions.1.due": "2026-12-04", "actions.1.owner": "other",
          "actions.2.text": "",
          "actions.2.due": "2026-12-04", "actions.2.owner": "me", "lesson": "", "next": "book", "next_start": "\(scene.noon(15))",
          "points": "4",
          "line": "",
        ])
      #expect(sent.status == 303)
      let (org, person, other) = (scene.org, scene.id(.ben), scene.id(.ada))
      let viewer = try await scene.viewer(.ben)
      let world = scene.world
      try await scene.store.read { tx in
        try #expect(ActionItems.open(person, org: org, tx).map(\.text) == ["Rehearse twice"])
        try #expect(ActionItems.open(other, org: org, tx).map(\.text) == ["Send the slides"])
        try #expect(Cards.due(person, org: org, zone: "Europe/Berlin", tx, world).count == 1)
        let next = try #require(try Sessions.next(for: viewer, tx, world))
        #expect(next.start.text == "Tue 8 Dec, 12:00")
        let agenda = try Agenda.load(Session.find(next.id, for: viewer, tx), viewer, tx, world)
        #expect(agenda.promises.map(\.text) == ["Rehearse twice", "Send the slides"])
      }
    }
  }

  @Test("the next agenda shows what was promised and done since, and open points of both", arguments: Databases.each)
  func agenda(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      let first = try await scene.book()
      try await scene.met(first)
      var mine = wrap(first, "Begin with a question.")
      mine.actions = [.init(text: "Rehearse twice"), .init(text: "Time the opening")]
      try await scene.do(.ben, mine)
      try await scene.do(.ada, wrap(first, "Silence works."))
      let next = try await scene.book(at: scene.noon(8))
      let org = scene.org
      let ben = scene.id(.ben)
      let action = try await scene.store.read { tx in try ActionItems.open(ben, org: org, tx).first }
      let id = try #require(action?.id)
      let browser = try await scene.browser(.ben)
      try await #expect(browser.post("/actions/\(id)/done").status == 303)
      try await #expect(browser.post("/sessions/\(next)/points", ["text": "How to end?"]).status == 303)
      let page = try await scene.browser(.ada).get("/sessions/\(next)").body
      for words in ["Rehearse twice", "Time the opening", "How to end?", "Done"] { #expect(page.contains(words), "\(words)") }
      // Nobody ticks off what somebody else promised.
      try await #expect(scene.browser(.ada).post("/actions/\(id)/reopen").status == 404)
    }
  }

  @Test("a wrap-up of a next time that was taken meanwhile answers 409 and keeps nothing", arguments: Databases.each)
  func takenNext(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      let id = try await scene.book()
      try await scene.met(id)
      _ = try await scene.book(.ravi, at: scene.noon(15))
      let answer = try await scene.browser(.ben).post(
        "/sessions/\(id)/wrap-up", ["insight": "Begin with a question.", "next": "book", "next_start": "\(scene.noon(15))"])
      #expect(answer.status == 409)
      #expect(answer.body.contains("Begin with a question."))
      try await #expect(!scene.browser(.ben).get("/insights").body.contains("Begin with a question."))
    }
  }

  @Test("whoever wraps up second sees the session that the first has booked, and books no other beside it", arguments: Databases.each)
  func oneNext(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      let id = try await scene.book()
      try await scene.met(id)
      try await scene.do(.ben, WrapUp(session: id, insight: "Begin with a question.", next: .book, nextStart: scene.noon(15)))
      let ada = try await scene.browser(.ada)
      let page = try await ada.get("/sessions/\(id)/wrap-up").body
      #expect(page.contains("Your next session: Tue 8 Dec, 12:00") && !page.contains("value=\"book\""))
      let other = WrapUp(session: id, insight: "Silence works.", next: .book, nextStart: scene.noon(15, minutes: 30))
      await #expect(code { try await scene.do(.ada, other) } == "next_booked")
      // The same time was meant by both.
      try await scene.do(.ada, WrapUp(session: id, insight: "Silence works.", next: .book, nextStart: scene.noon(15)))
      let booked = try await scene.store.read { [org = scene.org] tx in
        try tx.count("SELECT count(*) FROM session WHERE org_id = \(org) AND state = 'booked'")
      }
      #expect(booked == 1)
      let json = try await ada.getJSON("/sessions/\(id)").json
      #expect(json["after"]["next"]["words"].text == "Tue 8 Dec, 12:00")
    }
  }

  @Test(
    "a promise falls due on a working day unless another is named", arguments: ["2026-12-04", "2026-12-05", "2026-12-06", "2026-12-07"])
  func workingDay(_ day: String) throws {
    let date = try #require(CivilDate(day))
    #expect(date.workingDay.description == (day == "2026-12-04" ? day : "2026-12-07"))
  }

  @Test("an insight becomes one card for each who asks for it", arguments: Databases.each)
  func card(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      let id = try await scene.book()
      try await scene.met(id)
      try await scene.do(.ben, wrap(id, "Begin with a question."))
      let viewer = try await scene.viewer(.ben)
      let insight = try #require(try await scene.store.read { tx in try Insights.search("", viewer, tx) }.first?.id)
      let first = try await scene.do(.ben, MakeInsightCard(insight: insight))
      try await #expect(scene.do(.ben, MakeInsightCard(insight: insight)).card == first.card)
      await #expect(code { try await scene.do(.ada, MakeInsightCard(insight: insight)) } == "not_found")
      try await scene.do(.ada, wrap(id, "Silence works."))
      try await #expect(scene.do(.ada, MakeInsightCard(insight: insight)).card != first.card)
    }
  }
}
