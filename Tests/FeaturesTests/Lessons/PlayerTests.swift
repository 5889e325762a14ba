import Foundation
import Kit
import Store
import TandemTesting
import Testing

@testable import Features

@Suite("The lesson player, without scripts")
struct PlayerTests {
  static let everyKind = """
    The beginning.

    ## A second idea

    More of it.

    ```quiz
    ::Statement::Water boils at 100 degrees at sea level. {TRUE#That was wrong.#Just so.}

    ::One::Which is a fruit? {=Apple#It grows on trees. ~Stone#It does not grow.}

    ::Several::Which are even? {~%50%Two ~%50%Four ~%-50%Three}

    ::Word::The capital of France? {=Paris#Bravo. =%50%Pari*#Nearly.}

    ::Number::How many legs has a spider? {#8:0#Eight it is.}

    ::Pairs::Join them. {=Cat -> Mouse =Dog -> Bone}

    ::Essay::What do you think? {}
    ```

    ```scenario
    start: It rains.
    # start
    > Take an umbrella -> dry
    > Run -> wet
    # dry
    You stay dry. (score: 1)
    # wet
    You get wet. (score: 0)
    ```

    ```flashcards
    A question :: An answer
    The sky is {{blue}}.
    ```

    ```cheatsheet
    **Remember the umbrella**
    ```

    ```reflection
    prompt: When did it rain last?
    minutes: 1
    ```
    """

  @Test(
    "every kind of part can be read, answered and gone past; finishing makes the cards and shows what comes next", arguments: Databases.each
  )
  func wholeWay(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let id = try await scene.publish(Self.everyKind)
      let ben = try await scene.browser(.ben)
      let path = "/lessons/\(id)"
      let cover = try await ben.get(path)
      #expect(cover.status == 200)
      #expect(cover.body.contains("7 questions") && cover.body.contains("2 cards to keep") && cover.body.contains(">Start<"))

      #expect(try await ben.get("\(path)?part=1").body.contains("The beginning."))
      #expect(try await next(ben, path, 2).contains("A second idea"))

      #expect(try await answer(ben, path, 3, ["choice": "false"]).contains("That was wrong."))
      #expect(try await answer(ben, path, 4, ["choice": "0"]).contains("It grows on trees."))
      let several = try await answer(ben, path, 5, ["choice": "0", "choice": "2"])
      #expect(several.contains("Not quite."))
      for (choice, chip, words) in [("Two", "good", "Your answer, right"), ("Four", "good", "Right"), ("Three", "warn", "Your answer")] {
        #expect(several.contains("<div class=\"body\">\(choice)</div><span class=\"chip \(chip)\">\(words)</span>"), "\(choice)")
      }
      #expect(try await answer(ben, path, 6, ["text": "  PARIS "]).contains("Bravo."))
      #expect(try await answer(ben, path, 7, ["text": "8,0"]).contains("Eight it is."))
      #expect(try await answer(ben, path, 8, ["pair.0": "Mouse", "pair.1": "Mouse"]).contains("1 of 2 pairs fit."))
      #expect(try await answer(ben, path, 9, ["text": "I think."]).contains("Kept."))

      let scenario = try await next(ben, path, 10)
      #expect(scenario.contains("It rains.") && scenario.contains("path=1"))
      let wet = try await ben.get("\(path)?part=10&path=1").body
      #expect(wet.contains("You get wet.") && wet.contains("Another way leads further."))
      #expect(try await ben.get("\(path)?part=10&path=0").body.contains("Another way") == false)
      _ = try await ben.post("\(path)/parts", ["part": "11", "path": "1"])
      #expect(try await ben.get("\(path)?part=10").body.contains("You get wet."), "the way is remembered")

      let cards = try await ben.get("\(path)?part=11").body
      #expect(cards.contains("A question") && cards.contains("The sky is […]."))
      #expect(try await next(ben, path, 12).contains("Remember the umbrella"))
      #expect(try await next(ben, path, 13).contains("When did it rain last?"))
      #expect(try await answer(ben, path, 13, ["text": "Yesterday <b>"]).contains("Yesterday &lt;b&gt;"))

      let finished = try await ben.post("\(path)/finish")
      #expect(finished.location == "\(path)/done")
      let done = try await ben.follow(finished)
      #expect(done.body.contains("3 of 6 questions right.") && done.body.contains("2 cards will come back"))
      #expect(done.body.contains("Review 2 cards"))
      #expect(try await ben.get(path).body.contains("Remember the umbrella"), "the sheet is kept on the cover")
    }
  }

  @Test("a question marked as HTML stands on its screen as plain text", arguments: Databases.each)
  func html(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let id = try await scene.publish(
        "First.\n\n```quiz\n[html]<p>Which <b>town</b>?</p> {=<i>Paris</i> ~<i>Rome</i>#<p>Not quite there.</p>}\n```\n")
      let ben = try await scene.browser(.ben)
      let page = try await ben.get("/lessons/\(id)?part=2").body
      #expect(page.contains("<h2>Which town?</h2>") && page.contains("Rome") && !page.contains("&lt;"))
      let answered = try await answer(ben, "/lessons/\(id)", 2, ["choice": "1"])
      #expect(answered.contains("Not quite there.") && !answered.contains("&lt;"))
    }
  }

  @Test("an answer that is missing shows the same screen again with what to do", arguments: Databases.each)
  func missing(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let id = try await scene.publish(Self.everyKind)
      let ben = try await scene.browser(.ben)
      let refused = try await ben.post("/lessons/\(id)/answers", ["part": "4"])
      #expect(refused.status == 422)
      #expect(refused.body.contains("Choose one.") && refused.body.contains("Which is a fruit?"))
      let number = try await ben.post("/lessons/\(id)/answers", ["part": "7", "text": "many"])
      #expect(number.status == 422 && number.body.contains("Give a number such as 6.5."))
      let pair = try await ben.post("/lessons/\(id)/answers", ["part": "8", "pair.0": "Mouse", "pair.1": ""])
      #expect(pair.status == 422)
    }
  }

  @Test("a lesson that was left goes on where it was left, with the answers given", arguments: Databases.each)
  func resumed(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let id = try await scene.publish(Self.everyKind)
      let ben = try await scene.browser(.ben)
      _ = try await ben.post("/lessons/\(id)/parts", ["part": "4"])
      _ = try await ben.post("/lessons/\(id)/answers", ["part": "4", "choice": "1"])
      let later = try await scene.browser(.ben)
      let cover = try await later.get("/lessons/\(id)").body
      #expect(cover.contains(">Continue<") && cover.contains("/lessons/\(id)?part=4"))
      #expect(try await later.get("/lessons/\(id)?part=4").body.contains("It does not grow."))
      #expect(try await later.get("/learn").body.contains("Part 4 of 13"))

      // A new text makes other screens, so answers to the old one are dropped and the place is kept within it.
      _ = try await scene.publish("Only one idea.")
      _ = try await later.post("/lessons/\(id)/parts", ["part": "1"])
      #expect(try await later.get("/lessons/\(id)").body.contains("?part=1"))
    }
  }

  @Test(
    "a lesson that was not begun cannot be finished; Done pressed twice is one finish and keeps the result; one screen needs no beginning",
    arguments: Databases.each)
  func finishing(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let id = try await scene.publish(Self.everyKind)
      let ben = try await scene.browser(.ben)
      let unread = try await ben.postJSON("/lessons/\(id)/finish")
      #expect(unread.status == 409 && unread.json["code"].text == "lesson_not_open")
      let (org, person) = (scene.org, scene.id(.ben))
      func attempts() async throws -> Int {
        try await scene.store.read { tx in
          try tx.count("SELECT count(*) FROM attempt WHERE org_id = \(org) AND person_id = \(person) AND lesson_id = \(id)")
        }
      }
      #expect(try await attempts() == 0)
      _ = try await ben.postJSON("/lessons/\(id)/answers", #"{"part": 4, "choice": ["0"]}"#)
      for time in 1...2 {
        let finished = try await ben.postJSON("/lessons/\(id)/finish")
        #expect(finished.json["right"].number == 1 && finished.json["scored"].number == 1, "time \(time)")
      }
      #expect(try await attempts() == 1)
      scene.clock.advance(.hours(1))
      #expect(try await ben.postJSON("/lessons/\(id)/finish").status == 409)
      #expect(try await ben.get("/lessons/\(id)/done").body.contains("1 of 1 questions right."))

      let short = try await scene.publish("Only one idea.", title: "A short one")
      #expect(try await ben.postJSON("/lessons/\(short)/finish").status == 200)
      #expect(try await ben.get("/lessons/\(short)/done").status == 200)
    }
  }

  @Test("JSON tells the same as the page", arguments: Databases.each)
  func json(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let id = try await scene.publish(Self.everyKind)
      let ben = try await scene.browser(.ben)
      let marked = try await ben.postJSON("/lessons/\(id)/answers", #"{"part": 4, "choice": ["0"]}"#)
      #expect(marked.status == 200 && marked.json["credit"].double == 1 && marked.json["verdict"].text == "Right.")
      let screen = try await ben.getJSON("/lessons/\(id)?part=4")
      #expect(screen.json["player"]["question"]["result"]["is_right"].flag == true)
      let finished = try await ben.postJSON("/lessons/\(id)/finish")
      #expect(finished.json["cards"].number == 2 && finished.json["right"].number == 1)
    }
  }

  @Test("another organisation's lesson answers like one that does not exist; a stranger must sign in", arguments: Databases.each)
  func foreign(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let id = try await scene.lesson("story-arc")
      let otto = try await scene.browser(.otto)
      for path in ["/lessons/\(id)", "/lessons/\(id)?part=2", "/lessons/\(id)/done", "/lessons/\(id)/file", "/lessons/\(id)/assign"] {
        let answer = try await otto.get(path)
        #expect(answer.status == 404, "\(path)")
        #expect(try await scene.stranger.get(path).status == 303, "\(path)")
      }
      #expect(try await otto.post("/lessons/\(id)/finish").status == 404)
      #expect(try await otto.postJSON("/lessons/\(id)/assignments").status == 404)
    }
  }

  private func next(_ browser: Browser, _ path: String, _ part: Int) async throws -> String {
    let moved = try await browser.post("\(path)/parts", ["part": "\(part)"])
    #expect(moved.location == "\(path)?part=\(part)")
    return try await browser.follow(moved).body
  }

  private func answer(_ browser: Browser, _ path: String, _ part: Int, _ form: KeyValuePairs<String, String>) async throws -> String {
    let all = [("part", "\(part)")] + form.map { ($0.key, $0.value) }
    let body = all.map { "\($0.0)=\($0.1.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")" }.joined(separator: "&")
    let answered = try await browser.send(
      .post, "\(path)/answers",
      headers: [
        .accept: "text/html", .contentType: "application/x-www-form-urlencoded", .init("Sec-Fetch-Site") ?? .referer: "same-origin",
      ],
      body: body)
    #expect(answered.status == 303, "part \(part): \(answered.status)")
    return try await browser.follow(answered).body
  }
}
