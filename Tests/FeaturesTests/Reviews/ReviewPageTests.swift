import Foundation
import Kit
import SpacedRepetition
import Store
import TandemTesting
import Testing

@testable import Features

@Suite("The review page")
struct ReviewPageTests {
  @Test("a card is shown, its answer lies in a part that opens without scripts, answers tell when it comes back", arguments: Databases.each)
  func page(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let card = try await scene.cards(1)[0]
      let ben = try await scene.browser(.ben)
      let page = try await ben.get("/reviews").body
      #expect(page.contains("Front 0") && page.contains("<summary class=\"button\">Show answer</summary>") && page.contains("Back 0"))
      #expect(page.contains("value=\"forgot\"") && page.contains("value=\"recalled\"") && !page.contains("value=\"easy\""))
      #expect(page.contains("<small>in 10 min</small>"))
      #expect(try await ben.get("/reviews?four=true").body.contains("value=\"hard\""))
      let event = try #require(page.firstMatch(of: /name="event" value="([0-9a-f-]{36})"/)?.1)
      let answered = try await ben.post("/reviews/\(card)/answer", ["answer": "recalled", "event": String(event)])
      #expect(answered.status == 303 && answered.location == "/reviews")
      _ = try await ben.post("/reviews/\(card)/answer", ["answer": "recalled", "event": String(event)])
      let done = try await ben.get("/reviews").body
      #expect(done.contains("All caught up") && done.contains("1 card is kept for you"))
      let json = try await ben.getJSON("/reviews")
      #expect(json.json["due"].number == 0 && json.json["answered"].number == 1, "the same form sent twice is one answer")
    }
  }

  @Test("the day's minutes are a cap, and one can go on beyond it", arguments: Databases.each)
  func cap(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.options(.defaults, minutes: 2)
      let cards = try await scene.cards(10)
      let ben = try await scene.browser(.ben)
      let first = try await ben.getJSON("/reviews")
      #expect(first.json["due"].number == 6 && first.json["waiting"].number == 4, "six cards of twenty seconds fill two minutes")
      for card in cards.prefix(6) { try await scene.do(.ben, AnswerCard(card: card, answer: .recalled)) }
      let page = try await ben.get("/reviews").body
      #expect(page.contains("That is enough for today") && page.contains("4 cards wait until tomorrow"))
      #expect(try await ben.getJSON("/reviews?more=true").json["due"].number == 4)
      scene.clock.advance(.days(1))
      let tomorrow = try await scene.browser(.ben).getJSON("/reviews")
      #expect(tomorrow.json["due"].number == 4)
    }
  }

  @Test("the card nearest to being forgotten comes first", arguments: Databases.each)
  func order(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.options(try SchedulerOptions(learningSteps: [], relearningSteps: [], fuzz: false))
      let cards = try await scene.cards(2)
      try await scene.do(.ben, AnswerCard(card: cards[0], answer: .easy))
      try await scene.do(.ben, AnswerCard(card: cards[1], answer: .forgot))
      scene.clock.advance(.days(20))
      let page = try await scene.browser(.ben).get("/reviews").body
      #expect(page.contains("Front 1") && page.contains("2 to go"))
    }
  }

  @Test("a card of somebody else, of another organisation and of nobody answer alike", arguments: Databases.each)
  func foreign(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let card = try await scene.cards(1)[0]
      for role in [Scene.Role.ravi, .omar, .otto] {
        let browser = try await scene.browser(role)
        let (mine, none) = try await (browser.getJSON("/reviews/\(card)"), browser.getJSON("/reviews/0000000000001"))
        #expect(mine.status == 404 && mine.body == none.body, "\(role)")
        for act in ["answer", "undo", "suspend", "resume"] {
          #expect(try await browser.postJSON("/reviews/\(card)/\(act)", act == "answer" ? #"{"answer": "recalled"}"# : "{}").status == 404)
        }
      }
      #expect(try await scene.stranger.get("/reviews").status == 303)
      #expect(try await scene.stranger.getJSON("/reviews").status == 401)
    }
  }

  @Test("an own card is kept, set aside, brought back, and an answer is taken back without losing its event", arguments: Databases.each)
  func ownCard(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let ben = try await scene.browser(.ben)
      let made = try await ben.post("/reviews", ["front": "What is **SBI**?", "back": "Situation, behaviour, impact"])
      let path = try #require(made.location)
      #expect(try await ben.follow(made).body.contains("<strong>SBI</strong>"))
      #expect(try await ben.post("/reviews", ["front": "", "back": "x"]).status == 422)
      _ = try await ben.post("\(path)/suspend")
      #expect(try await ben.getJSON("/reviews").json["due"].number == 0)
      _ = try await ben.post("\(path)/resume")
      #expect(try await ben.getJSON("/reviews").json["due"].number == 1)
      _ = try await ben.post("\(path)/answer", ["answer": "forgot"])
      _ = try await ben.post("\(path)/undo")
      let card = try await ben.getJSON(path)
      #expect(card.json["answers"][0]["is_undone"].flag == true && card.json["can_undo"].flag == false)
      #expect(try await ben.getJSON("/reviews").json["due"].number == 1, "it is new again")
      #expect(try await ben.postJSON("\(path)/undo").status == 409)
      #expect(try await ben.postJSON("\(path)/undo", #"{"event": "the last one"}"#).status == 422)
      let events = try await scene.store.read { tx in try tx.count("SELECT count(*) FROM review_event") }
      #expect(events == 2)
      #expect(try await ben.get("/reviews/cards").body.contains("SBI"))
    }
  }

  @Test("cards go to planned days with room, and to the day that the button said", arguments: Databases.each)
  func spread(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      // A Monday; easy cards come back in about eight days, so Saturday and Sunday are within what suits some of them.
      let cards = try await scene.cards(30)
      try await scene.options(.defaults, minutes: 60)
      let ben = try await scene.browser(.ben)
      var days: [DayNumber: Int] = [:]
      for _ in cards {
        let page = try await ben.getJSON("/reviews?four=true")
        let (card, said) = try (#require(page.json["card"]["id"].text), page.json["card"]["answers"][3]["when"].text)
        let answer = try await ben.postJSON("/reviews/\(card)/answer", #"{"answer": "easy"}"#)
        #expect(answer.json["due"].text == said)
        let due = try #require(Instant(answer.json["due_at"].text ?? ""))
        days[SpacedRepetition.Moment(instant: due.microseconds, zoneOffset: 60).day, default: 0] += 1
      }
      #expect(days.keys.allSatisfy { (1...5).contains($0.weekday) }, "\(days.keys.map(\.weekday))")
      #expect(days.count >= 3 && (days.values.max() ?? 0) <= 18, "\(days)")
    }
  }

  @Test("the wish for recall is kept within its bounds and makes cards come back sooner", arguments: Databases.each)
  func settings(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let cards = try await scene.cards(2)
      let ben = try await scene.browser(.ben)
      func answer(_ card: ID<Card>) async throws -> Instant {
        let said = try await ben.postJSON("/reviews/\(card)/answer", #"{"answer": "easy"}"#)
        return try #require(Instant(said.json["due_at"].text ?? ""))
      }
      let usual = try await answer(cards[0])
      let form: KeyValuePairs = ["retention": "97", "minutes": "15", "days": "1", "four": "true"]
      #expect(try await ben.post("/reviews/settings", form).status == 303)
      #expect(try await answer(cards[1]) < usual)
      #expect(try await ben.post("/reviews/settings", ["retention": "98", "minutes": "15"]).status == 422)
      #expect(try await ben.post("/reviews/settings", ["retention": "69", "minutes": "15"]).status == 422)
      let page = try await ben.get("/reviews/settings").body
      #expect(page.contains("97 %") && page.contains("cards a week") || page.contains("card a day"))
    }
  }

  @Test("the player takes back the last answer and goes on; a second time the one before", arguments: Databases.each)
  func takesBack(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let cards = try await scene.cards(2)
      let ben = try await scene.browser(.ben)
      #expect(try await ben.get("/reviews").body.contains("Take back the last answer") == false)
      for card in cards { try await scene.do(.ben, AnswerCard(card: card, answer: .recalled)) }
      #expect(try await ben.get("/reviews").body.contains("Take back the last answer"))
      for card in cards.reversed() {
        let undo = try await ben.getJSON("/reviews").json["undo"]
        #expect(undo["action"].text == "/reviews/\(card)/undo")
        let event = try #require(undo["event"].text)
        let back = try await ben.post("/reviews/\(card)/undo", ["event": event, "goes_on": "true"])
        #expect(back.status == 303 && back.location == "/reviews")
      }
      let page = try await ben.getJSON("/reviews").json
      #expect(page["due"].number == 2 && !page["undo"].exists)
    }
  }

  @Test("reviewing costs the same number of statements for 3 and for 30 cards", arguments: Databases.each)
  func statements(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let ben = try await scene.browser(.ben)
      _ = try await scene.cards(3)
      let few = try await scene.statements { _ = try await ben.get("/reviews") }
      _ = try await scene.cards(27)
      let many = try await scene.statements { _ = try await ben.get("/reviews") }
      #expect(few.count == many.count && few.count <= 9, "\(few.count) and \(many.count)")
    }
  }

  @Test("what other parts ask: due cards with minutes, and the weakest ones", arguments: Databases.each)
  func questions(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let cards = try await scene.cards(12)
      let (org, person, world) = (scene.org, scene.id(.ben), scene.world)
      let due = try await scene.store.read { tx in try Cards.due(person, org: org, zone: "Europe/Berlin", tx, world) }
      #expect(due == DueCards(count: 12, minutes: 4))
      try await scene.do(.ben, AnswerCard(card: cards[0], answer: .easy))
      try await scene.do(.ben, AnswerCard(card: cards[1], answer: .forgot))
      scene.clock.advance(.days(10))
      let fading = try await scene.store.read { tx in
        try Cards.fading(person, org: org, zone: "Europe/Berlin", below: 0.9, limit: 5, tx, world)
      }
      #expect(fading.map(\.id) == [cards[1], cards[0]])
      let figures = try await scene.store.read { tx in
        try LearningFigures.load(org: org, from: world.now() - .days(30), to: world.now(), tx, world)
      }
      #expect(figures.cards == 2 && figures.people == 1 && figures.reviews == 2)
      let (now, later) = (try #require(figures.recallNow), try #require(figures.recallIn30Days))
      #expect(abs(now - fading.reduce(0) { $0 + $1.recall } / 2) < 0.001 && later < now)
    }
  }
}
