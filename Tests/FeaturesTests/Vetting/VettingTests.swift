import HTTPTypes
import Kit
import Store
import TandemTesting
import Testing
import Web

@testable import Features

@Suite("Becoming a mentor")
struct VettingTests {
  private static let answer = "When the line stood still I asked everybody what they saw, and we wrote it down."

  private static func apply(_ scene: Scene, _ role: Scene.Role = .ben) async throws -> ID<Vetting.Application> {
    let answers = try Criterion.all().map { Apply.Answer(criterion: $0.id, answer: "\(answer) (\($0.id))") }
    return try await scene.do(role, Apply(answers: answers, reach: .otherDepartments)).id
  }

  private static func decide(
    _ scene: Scene, _ id: ID<Vetting.Application>, _ decision: DecideApplication.Decision, score: Int = 3, words: String = "",
    by role: Scene.Role = .mara
  ) async throws {
    let scores = try Criterion.all().map { DecideApplication.Score(criterion: $0.id, score: score) }
    try await scene.do(role, DecideApplication(vetting: id, decision: decision, scores: scores, words: words))
  }

  private static func form(_ last: String = answer) throws -> String {
    let fields = try Criterion.all().enumerated().map { place, criterion in
      "answers.\(place).criterion=\(criterion.id)&answers.\(place).answer=\(place == 4 ? last : answer)"
    }
    return (fields + ["reach=anywhere"]).joined(separator: "&").replacing(" ", with: "+")
  }

  private static func post(_ browser: Browser, _ path: String, _ body: String) async throws -> Browser.Answer {
    try await browser.send(
      .post, path,
      headers: [.accept: "text/html", .contentType: "application/x-www-form-urlencoded", .init("Sec-Fetch-Site") ?? .from: "same-origin"],
      body: body)
  }

  @Test("a member applies in own words; those who decide hear of it", arguments: Databases.each)
  func applies(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let ben = try await scene.browser(.ben)
      let page = try await ben.get("/vetting/apply")
      #expect(page.status == 200)
      #expect(page.body.contains("Which result of the last two years are you proud of"))
      let short = try await Self.post(ben, "/vetting", try Self.form("Too short"))
      #expect(short.status == 422)
      #expect(short.body.contains("Use at least 40 characters."))
      #expect(short.body.contains(Self.answer), "what was typed stays")
      let sent = try await Self.post(ben, "/vetting", try Self.form())
      #expect(sent.status == 303)
      #expect(try await ben.follow(sent).body.contains("Being read"))
      #expect(try await Self.post(ben, "/vetting", try Self.form()).status == 409)
      try await scene.work()
      #expect(scene.outbox.to("mara@north.example").map(\.subject) == ["Ben Learner wants to become a mentor"])
      #expect(try await ben.get("/you").body.contains("Your application is being read"))
      let ada = try await scene.browser(.ada)
      #expect(try await ada.get("/vetting/apply").body.contains("You are a mentor already."))
      #expect(try await Self.post(ada, "/vetting", try Self.form()).status == 409)
    }
  }

  @Test("an approved applicant is a mentor, hears of it, and sets up the own card", arguments: Databases.each)
  func approved(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let id = try await Self.apply(scene)
      let mara = try await scene.browser(.mara)
      let review = try await mara.get("/vetting/\(id)")
      #expect(review.body.contains("What to look for"))
      #expect(review.body.contains(Self.answer))
      let scores = try Criterion.all().enumerated().map { "scores.\($0).criterion=\($1.id)&scores.\($0).score=3" }.joined(separator: "&")
      let refused = try await Self.post(mara, "/vetting/\(id)/decision", scores.replacing("score=3", with: "score=1") + "&decision=approve")
      #expect(refused.status == 422)
      #expect(refused.body.contains("A mentor shows at least a part of each."))
      let past = try await Self.post(mara, "/vetting/\(id)/decision", scores + "&decision=approve&recheck_on=2001-01-01")
      #expect(past.body.contains("Choose a day to come."))
      #expect(try await Self.post(mara, "/vetting/\(id)/decision", scores + "&decision=approve&words=Welcome").status == 303)
      #expect(try await Self.post(mara, "/vetting/\(id)/decision", scores + "&decision=approve").status == 409)
      try await scene.work()
      #expect(scene.outbox.to("ben@north.example").map(\.subject) == ["You are a mentor now"])
      let ben = try await scene.browser(.ben)
      #expect(try await ben.get("/vetting/\(id)").body.contains("Set up in two minutes"))
      #expect(try await ben.get("/vetting/start").status == 200)
      let saved = try await Self.post(
        ben, "/vetting/start", "topics=negotiation,+SQL&bio=People+come+for+calm&preset=lunch&sessions_a_week=2")
      #expect(saved.status == 303)
      let card = try await ben.follow(saved)
      #expect(card.body.contains("People come for calm"))
      #expect(card.body.contains("<li class=\"chip plain\">Negotiation</li>"))
      let rules = try await scene.store.read { tx in try AvailabilityRules.of(scene.id(.ben), org: scene.org, tx) }
      #expect(rules.weekly.count == 5)
      #expect(rules.weeklyMinutes == 60)
      let unknown = try await Self.post(ben, "/vetting/start", "topics=flying&sessions_a_week=2")
      #expect(unknown.status == 422)
      #expect(unknown.body.contains("“flying” is not in the list of skills."))
      let part = try await Self.post(ben, "/vetting/start", "topics=negotiat&sessions_a_week=2")
      #expect(part.status == 422)
      #expect(part.body.contains("<legend>Did you mean</legend>"))
      #expect(part.body.contains("><span>Negotiation</span>"), "a part of a word becomes boxes to tick, without scripts too")
    }
  }

  @Test("who is declined reads kind words and can apply again", arguments: Databases.each)
  func declined(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let id = try await Self.apply(scene)
      await #expect(throws: Problem.self) { try await Self.decide(scene, id, .decline, words: "No.") }
      try await Self.decide(scene, id, .decline, score: 1, words: "Lead a small project first, then tell us how it went.")
      try await scene.work()
      #expect(scene.outbox.to("ben@north.example").count == 1)
      let ben = try await scene.browser(.ben)
      let page = try await ben.get("/vetting/\(id)")
      #expect(page.body.contains("Lead a small project first"))
      #expect(!page.body.contains("Not seen"), "scores are for those who decide")
      #expect(try await ben.get("/vetting/apply").body.contains("Lead a small project first"))
      #expect(try await ben.get("/vetting/start").status == 403)
      let again = try await Self.apply(scene)
      #expect(again != id)
      #expect(try await ben.post("/vetting/\(again)/withdraw").status == 303)
      #expect(try await ben.post("/vetting/\(again)/withdraw").status == 409)
    }
  }

  @Test("only the applicant and those who decide see an application", arguments: Databases.each)
  func privacy(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let id = try await Self.apply(scene)
      let unknown = try await scene.browser(.ravi).getJSON("/vetting/\(ID<Vetting.Application>(1))")
      for role in [Scene.Role.ravi, .ada, .olga, .oskar, .otto] {
        let answer = try await scene.browser(role).getJSON("/vetting/\(id)")
        #expect(answer.status == 404)
        #expect(answer.body == unknown.body)
        #expect(try await scene.browser(role).post("/vetting/\(id)/withdraw").status == 404)
      }
      for role in [Scene.Role.ben, .ada, .ravi] {
        #expect(try await scene.browser(role).get("/vetting").status == 403)
        #expect(try await scene.browser(role).get("/vetting/list.csv").status == 403)
        #expect(try await scene.browser(role).postJSON("/vetting/\(id)/decision", "{}").status >= 403)
      }
      #expect(try await scene.stranger.get("/vetting/\(id)").status == 303)
      #expect(try await scene.stranger.getJSON("/vetting").status == 401)
      #expect(try await scene.browser(.mara).getJSON("/vetting/\(id)").json["is_mine"].flag == false)
      #expect(try await scene.browser(.oskar).getJSON("/vetting").json["applications"].count == 0)
      await #expect(throws: Problem.self) {
        let own = try await Self.apply(scene, .mara)
        try await Self.decide(scene, own, .approve)
      }
    }
  }

  @Test("managers see what waits, what is decided and whom to look at again, also as CSV", arguments: Databases.each)
  func lists(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let mara = try await scene.browser(.mara)
      #expect(try await mara.get("/vetting").body.contains("No application waits."))
      let id = try await Self.apply(scene)
      #expect(try await mara.get("/vetting").body.contains("Ben Learner"))
      let csv = try await mara.get("/vetting/list.csv?show=waiting")
      #expect(csv.header("Content-Type") == "text/csv; charset=utf-8")
      #expect(csv.body.hasPrefix("name,department,state,"))
      #expect(csv.body.contains("Ben Learner") && csv.body.contains(",2026-11-23,"))
      let waiting = try await mara.getJSON("/vetting").json["applications"][0]
      #expect(waiting["applied"]["at"].text?.hasPrefix("2026-11-23T") == true && waiting["recheck"].exists == false)
      try await Self.decide(scene, id, .approve)
      #expect(try await mara.getJSON("/vetting?show=decided").json["applications"][0]["state"].text == "Approved")
      let decided = try await mara.getJSON("/vetting?show=decided").json["applications"][0]
      #expect(decided["recheck"]["at"].text?.hasPrefix("2027-11-23T") == true)
      #expect(try await mara.get("/vetting/list.csv?show=decided").body.contains(",2026-11-23,2027-11-23"))
      #expect(try await mara.getJSON("/vetting?show=recheck").json["applications"].count == 0)
      scene.clock.advance(.days(350))
      let later = try await scene.browser(.mara)
      #expect(try await later.getJSON("/vetting?show=recheck").json["applications"].count == 1)
      #expect(try await later.post("/vetting/\(id)/recheck").status == 303)
      #expect(try await later.getJSON("/vetting?show=recheck").json["applications"].count == 0)
    }
  }

  @Test("the page of an application says how it stands now, and who can take the role away", arguments: Databases.each)
  func standing(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let id = try await Self.apply(scene)
      let mara = try await scene.browser(.mara)
      #expect(try await mara.get("/vetting/\(id)").body.contains("</bdi> wants to mentor</h1>"))
      try await Self.decide(scene, id, .approve)
      let approved = try await mara.get("/vetting/\(id)").body
      #expect(approved.contains("</bdi> is a mentor</h1>") && approved.contains("An administrator can take the role away: Omar Admin."))
      #expect(!approved.contains("look again in a year") && !approved.contains("No longer a mentor"))
      let omar = try await scene.browser(.omar)
      #expect(try await omar.get("/vetting/\(id)").body.contains("No longer a mentor</button>"))
      scene.clock.advance(.days(306))
      #expect(try await scene.browser(.mara).get("/vetting/\(id)").body.contains("look again in a year"))
      try await scene.do(.omar, SetRoles(person: scene.id(.ben), roles: ["editor"]))
      let former = try await scene.browser(.mara).get("/vetting/\(id)").body
      #expect(former.contains("</bdi> was a mentor</h1>") && !former.contains("look again in a year"))
    }
  }

  @Test("an import makes mentors without an application, and twice is once", arguments: Databases.each)
  func imported(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let world = scene.world
      let (org, ravi) = (scene.org, scene.id(.ravi))
      try await scene.store.write { tx in
        try Vetting.approve(ravi, org: org, by: nil, tx, world)
        try Vetting.approve(ravi, org: org, by: nil, tx, world)
        try #expect(tx.count("SELECT count(*) FROM vetting WHERE org_id = \(org) AND person_id = \(ravi)") == 1)
      }
      #expect(try await scene.viewer(.ravi).has(.mentor))
    }
  }
}
