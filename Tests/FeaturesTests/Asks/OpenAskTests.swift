import Kit
import TandemTesting
import Testing
import Web

@testable import Features

@Suite("Opening an ask")
struct OpenAskTests {
  @Test("an ask goes from the box over the draft to three mentors, by forms alone", arguments: Databases.each)
  func byForms(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.openForMentoring()
      let ben = try await scene.browser(.ben)
      let begin = try await ben.get("/asks/new?situation=presentation")
      #expect(begin.status == 200 && begin.body.contains("I speak for [number] minutes"))
      let drafted = try await ben.post("/asks/drafts", ["question": Scene.question, "situation": "presentation"])
      #expect(drafted.status == 303)
      let draft = try await ben.follow(drafted)
      #expect(draft.status == 200 && draft.body.contains("Public speaking"), "\(draft.body.prefix(400))")
      let path = (drafted.location ?? "").replacing("/draft", with: "")
      let opened = try await ben.post(
        path + "/opening", ["question": Scene.question, "urgency": "week", "commitment": "once", "minutes": "30", "kind": ""])
      #expect(opened.location == path + "/mentors")
      let mentors = try await ben.follow(opened)
      #expect(mentors.body.contains("Ada Mentor") && mentors.body.contains("Two mentors who can help"))
    }
  }

  @Test("a draft is kept and shown again to its writer alone, and what is said of it changes the same draft", arguments: Databases.each)
  func draft(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let ben = try await scene.browser(.ben)
      let first = try await scene.do(.ben, KeepDraft(question: "Half a thought about marzipan")).ask
      let page = try await ben.get("/asks/new")
      #expect(page.body.contains("marzipan") && page.body.contains("name=\"ask\" value=\"\(first)\""))
      var again = KeepDraft(question: "A whole thought about marzipan")
      again.ask = first
      #expect(try await scene.do(.ben, again).ask == first)
      #expect(try await scene.do(.ben, KeepDraft(question: "A whole thought about marzipan")).ask == first, "the same words sent twice")
      #expect(!(try await scene.browser(.ravi).get("/asks/new").body.contains("marzipan")))
      var theirs = KeepDraft(question: "Not mine")
      theirs.ask = first
      let refused = await problem { [theirs] in _ = try await scene.do(.ravi, theirs) }
      #expect(refused == .notFound)
      #expect(try await scene.do(.ben, WithdrawAsk(ask: first)).said == "Thrown away.")
      #expect(!(try await ben.get("/asks/new").body.contains("marzipan")))
    }
  }

  @Test("an ask begun from elsewhere leaves an older draft as it is, and the pages offer to go on with it", arguments: Databases.each)
  func drafts(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let ben = try await scene.browser(.ben)
      let first = try await scene.do(.ben, KeepDraft(question: "Half a thought about marzipan")).ask
      let offer = "href=\"/asks/\(first)/draft\""
      for path in ["/asks/new?situation=presentation", "/asks/new?another=true", "/asks/new?mentor=\(scene.id(.ada))"] {
        let page = try await ben.get(path)
        #expect(page.body.contains("You began an ask") && page.body.contains(offer), "\(path)")
        #expect(!page.body.contains("name=\"ask\""), "\(path) begins another")
      }
      scene.clock.advance(.hours(1))
      let answer = try await ben.post("/asks/drafts", ["question": Scene.question, "situation": "presentation"])
      #expect(answer.location?.contains("\(first)") == false)
      #expect(try await ben.follow(answer).body.contains(offer))
      #expect(try await ben.get("/asks").body.contains(offer))
      let begin = try await ben.getJSON("/asks/new")
      #expect(begin.json["drafts"][0]["question"].text == "Half a thought about marzipan")
      #expect(begin.json["drafts"][1]["question"].text == nil, "the one in the box is not offered beside it")
      #expect(try await ben.get("/asks/new?ask=\(first)").body.contains("name=\"ask\" value=\"\(first)\""))
      for number in 3...Ask.mostDrafts { _ = try await scene.do(.ben, KeepDraft(question: "Thought number \(number)")) }
      let full = await problem { _ = try await scene.do(.ben, KeepDraft(question: "One more")) }
      #expect(full?.code == "too_many_drafts")
    }
  }

  @Test("a draft that is gone on with keeps what is not said anew, above all that it has no name", arguments: Databases.each)
  func keptChoices(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      var draft = KeepDraft(question: "How do I open a talk?")
      draft.anonymous = true
      draft.urgency = .now
      draft.minutes = 60
      draft.skills = ["public-speaking"]
      let id = try await scene.do(.ben, draft).ask
      func kept() async throws -> (ask: Ask, skills: Int) {
        try await scene.store.read { [org = scene.org] tx in
          guard let ask = try Ask.find(id, org: org, tx) else { throw Problem.notFound }
          return (ask, try tx.count("SELECT count(*) FROM ask_skill WHERE org_id = \(org) AND ask_id = \(id)"))
        }
      }
      let ben = try await scene.browser(.ben)
      for (question, minutes, skills) in [("How do I open a talk?", 60, 1), ("How do I end a talk?", 30, 0)] {
        try await #expect(ben.post("/asks/drafts", ["ask": "\(id)", "question": question]).status == 303)
        let found = try await kept()
        #expect(found.ask.question == question && found.ask.isAnonymous && found.ask.urgency == .now)
        #expect(found.ask.minutes == minutes && found.skills == skills, "what follows from the words follows from the new ones")
      }
    }
  }

  @Test("where no more drafts are kept, what was typed stays in the box and may take the place of one", arguments: Databases.each)
  func fullDrafts(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let ben = try await scene.browser(.ben)
      let first = try await scene.do(.ben, KeepDraft(question: "Half a thought about marzipan")).ask
      for number in 2...Ask.mostDrafts { _ = try await scene.do(.ben, KeepDraft(question: "Thought number \(number)")) }
      #expect(!(try await ben.get("/asks/new?another=true").body.contains("name=\"instead\"")), "nothing is typed yet")
      let words = "One more thought about nougat"
      let refused = try await ben.post("/asks/drafts", ["question": words])
      #expect(refused.status == 409 && refused.body.contains(words))
      #expect(!refused.body.contains("Here is what you began to write"), "nothing of it is kept")
      #expect(!refused.body.contains("name=\"ask\"") && !refused.body.contains("/withdrawal\""))
      #expect(refused.body.matches(of: /form="ask" name="instead"/).count == Ask.mostDrafts, "each of them can make room")
      let kept = try await ben.post("/asks/drafts", ["question": words, "instead": "\(first)"])
      #expect(kept.status == 303)
      #expect(try await ben.follow(kept).body.contains(words))
      #expect(try await scene.state(first) == .withdrawn)
      let asks = try await ben.get("/asks")
      #expect(asks.body.contains(words) && asks.body.contains("Thought number 2") && asks.body.contains("/withdrawal\""))
    }
  }

  @Test("JSON opens an ask with skills and kind found by themselves", arguments: Databases.each)
  func byJSON(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let ben = try await scene.browser(.ben)
      let made = try await ben.postJSON(
        "/asks", #"{"question": "How do I get better at public speaking before Friday?", "urgency": "now"}"#)
      #expect(made.status == 201, "\(made.body)")
      #expect(made.json["kind"].text == "just-in-time")
      #expect(made.json["skills"][0]["label"].text == "Public speaking")
      let shown = try await ben.getJSON("/asks/" + (made.json["ask"].text ?? ""))
      #expect(shown.json["state"].text == "open" && shown.json["question"].text?.contains("Friday") == true)
    }
  }

  @Test("values that cannot be taken come back with the words typed", arguments: Databases.each)
  func refusal(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let ben = try await scene.browser(.ben)
      let draft = try await scene.do(.ben, KeepDraft(question: "Marzipan")).ask
      let short = try await ben.post("/asks/\(draft)/opening", ["question": "Marzipan", "minutes": "30"])
      #expect(short.status == 422 && short.body.contains("Marzipan") && short.body.contains("at least 12"))
      let kind = try await ben.postJSON("/asks", #"{"question": "How do I open a speech well?", "kind": "speed"}"#)
      #expect(kind.status == 422)
    }
  }

  @Test("nobody has more open asks than the limit, even when they come at the same moment", arguments: Databases.each)
  func cap(_ database: Databases.Kind) async throws {
    var limits = Limits()
    limits.openAsks = 2
    limits.writesPerSecond = 1e6
    limits.writeBurst = 1e6
    try await Scene.with(database, limits: limits) { scene in
      let ben = try await scene.browser(.ben)
      let cookies = ben.cookies
      let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
        for number in 0..<6 {
          group.addTask {
            let own = Browser(scene.installation.responder, cookies: cookies)
            return try await own.postJSON("/asks", #"{"question": "How do I open a speech well, number \#(number)?"}"#).status
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(statuses.count { $0 == 201 } == 2, "\(statuses)")
      #expect(statuses.count { $0 == 409 } == 4, "\(statuses)")
    }
  }

  @Test("only the asker sees an ask; for everybody else it does not exist", arguments: Databases.each)
  func strangers(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.openForMentoring()
      let ask = try await scene.ask()
      for path in ["/asks/\(ask)", "/asks/\(ask)/mentors", "/asks/\(ask)/mentors/\(scene.id(.ada))/slots"] {
        #expect(try await scene.browser(.ben).get(path).status == 200, "\(path)")
        for role in [Scene.Role.ravi, .mara, .omar, .olga] {
          let theirs = try await scene.browser(role).getJSON(path)
          let random = try await scene.browser(role).getJSON(path.replacing("\(ask)", with: "7ZZZZZZZZZZZZ"))
          #expect(theirs.status == 404 && theirs.body == random.body, "\(role) \(path)")
        }
        #expect(try await scene.stranger.get(path).status == 303)
        #expect(try await scene.stranger.getJSON(path).status == 401)
      }
      let act = try await scene.browser(.ravi).post("/asks/\(ask)/withdrawal")
      #expect(act.status == 404)
      #expect(try await scene.state(ask) == .open)
    }
  }

  @Test("an ask of one's own can be withdrawn once; a second time says where it stands", arguments: Databases.each)
  func withdraw(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let ask = try await scene.ask()
      _ = try await scene.do(.ben, WithdrawAsk(ask: ask))
      let again = await problem { _ = try await scene.do(.ben, WithdrawAsk(ask: ask)) }
      #expect(again == .conflict(code: "ask_withdrawn", detail: "This ask was withdrawn."))
      let offered = await problem { _ = try await scene.do(.ben, SendOffers(ask: ask)) }
      #expect(offered?.code == "ask_withdrawn")
    }
  }
}
