import Foundation
import Kit
import Store
import TandemTesting
import Testing
import Web

@testable import Features

@Suite("Writing lessons")
struct WriteLessonTests {
  static let text = "One idea.\n\n```flashcards\nWhy? :: Because\n```\n"

  @Test("a mentor writes a draft, sees its minutes, and publishes it to the own mentees only", arguments: Databases.each)
  func published(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.meet()
      let ada = try await scene.browser(.ada)
      #expect(try await ada.get("/lessons/new").body.contains("```flashcards"))
      let saved = try await ada.post(
        "/lessons", ["title": "Say no: a \"kind\" way", "level": "2", "skills": "negotiation", "text": Self.text])
      let path = try #require(saved.location)
      let draft = try await ada.follow(saved)
      #expect(draft.body.contains("Saved as a draft. It takes about 1 min.") && draft.body.contains("Publish to my mentees"))
      let ben = try await scene.browser(.ben)
      #expect(try await ben.get(path).status == 404, "a draft is its author's own")
      #expect(try await ada.post("\(path)/publish").status == 303)
      #expect(try await ben.get(path).status == 200)
      #expect(try await ben.get("/lessons?minutes=3").body.contains("Say no: a &quot;kind&quot; way"))
      #expect(try await scene.browser(.ravi).get(path).status == 404, "Ravi is nobody's mentee")
      #expect(try await scene.browser(.ravi).get("/lessons?q=because").body.contains("Say no") == false)
      #expect(try await ada.post("\(path)/publish", ["withdraw": "true"]).status == 303)
      #expect(try await ben.get(path).status == 404)
    }
  }

  @Test("a text that breaks a rule comes back with the line in the author's own text", arguments: Databases.each)
  func lines(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let ada = try await scene.browser(.ada)
      let broken = "One.\n\n```quiz\n::Half::What? {\n```\n"
      let refused = try await ada.post("/lessons", ["title": "Broken", "level": "2", "text": broken])
      #expect(refused.status == 422)
      #expect(refused.body.contains("Line 4:"))
      #expect(refused.body.contains("::Half::What? {"), "what was typed is kept")
      let media = try await ada.postJSON("/lessons", #"{"title": "Film", "text": "```infographic\nsrc: a.svg\nalt: Three boxes\n```"}"#)
      #expect(media.status == 422 && media.body.contains("holds no file a.svg"))
      let long = String(repeating: "word ", count: 3200)
      #expect(try await ada.post("/lessons", ["title": "Long", "level": "2", "text": long]).status == 422)
    }
  }

  @Test("what the form began with is saved as a draft, but nobody publishes it", arguments: Databases.each)
  func unwritten(_ database: Databases.Kind) async throws {
    #expect(LessonDraft.unwritten(in: LessonDraft.example) == ["the one idea", "the example", "the quiz", "the card"])
    #expect(LessonDraft.unwritten(in: LessonDraft.from("Ask first.")) == ["what happened"])
    try await Scene.with(database) { scene in
      let ada = try await scene.browser(.ada)
      let saved = try await ada.post("/lessons", ["title": "Begun only", "level": "2", "text": LessonDraft.example])
      let path = try #require(saved.location)
      let refused = try await ada.post("\(path)/publish")
      #expect(refused.status == 422)
      #expect(refused.body.contains("Still as the form began: the one idea, the example, the quiz and the card."))
      #expect(refused.body.contains("href=\"#text\"") && refused.body.contains("Tell what happened"), "the form with the text is shown")
      let half = LessonDraft.example.replacing("Say the one idea in two or three sentences.", with: "Ask first.")
      let second = try await ada.post(path, ["title": "Begun only", "level": "2", "version": "1", "text": half])
      #expect(second.status == 303)
      let json = try await ada.postJSON("\(path)/publish")
      #expect(json.status == 422 && json.body.contains("the example, the quiz and the card"))
      #expect(try await ada.post(path, ["title": "Begun only", "level": "2", "version": "2", "text": Self.text]).status == 303)
      #expect(try await ada.post("\(path)/publish").status == 303)
      #expect(try await ada.post(path, ["title": "Begun only", "level": "2", "version": "3", "text": half]).status == 422)
    }
  }

  @Test("a stale version is refused, a new one keeps the same lesson", arguments: Databases.each)
  func versions(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let ada = try await scene.browser(.ada)
      let made = try await ada.postJSON("/lessons", #"{"title": "First", "text": "One idea."}"#)
      #expect(made.status == 201)
      let id = try #require(made.json["id"].text)
      let again = try await ada.postJSON("/lessons/\(id)", #"{"title": "Second", "text": "Another idea.", "version": 1}"#)
      #expect(again.status == 200 && again.json["id"].text == id)
      let stale = try await ada.postJSON("/lessons/\(id)", #"{"title": "Third", "text": "Lost idea.", "version": 1}"#)
      #expect(stale.status == 409 && stale.json["code"].text == "lesson_changed")
      #expect(try await ada.get("/lessons/\(id)/edit").body.contains("Another idea."))
    }
  }

  @Test(
    "whoever was an editor once changes what is for everybody no more, and every change says what it was made from",
    arguments: Databases.each)
  func formerEditor(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let (org, person) = (scene.org, scene.id(.ada))
      func become(_ roles: Roles) async throws {
        try await scene.store.write { tx in
          _ = try tx.run("UPDATE person SET roles = \(roles.rawValue) WHERE org_id = \(org) AND id = \(person)")
        }
      }
      try await become([.member, .mentor, .editor])
      let editor = try await scene.browser(.ada)
      let made = try await editor.postJSON("/lessons", #"{"title": "For all", "text": "One idea.", "audience": "everybody"}"#)
      let id = try #require(made.json["id"].text)
      #expect(try await editor.postJSON("/lessons/\(id)/publish").status == 200)
      let blind = try await editor.postJSON("/lessons/\(id)", #"{"title": "For all", "text": "Another idea."}"#)
      #expect(blind.status == 422 && blind.json["errors"].items.first?["field"].text == "version")
      try await become([.member, .mentor])
      let mentor = try await scene.browser(.ada)
      let again = #"{"title": "For all", "text": "Smuggled in.", "version": 1}"#
      #expect(try await mentor.postJSON("/lessons/\(id)", again).status == 422)
      #expect(try await mentor.get("/lessons/\(id)?part=1").body.contains("One idea."))
    }
  }

  @Test("members do not write, mentors do not publish to everybody, nobody edits what is not theirs", arguments: Databases.each)
  func permissions(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      #expect(try await scene.browser(.ben).get("/lessons/new").status == 403)
      let all = #"{"title": "For all", "text": "One idea.", "audience": "everybody"}"#
      #expect(try await scene.browser(.ada).postJSON("/lessons", all).status == 422)
      let made = try await scene.browser(.omar).postJSON("/lessons", all)
      let id = try #require(made.json["id"].text)
      #expect(try await scene.browser(.omar).postJSON("/lessons/\(id)/publish").json["state"].text == "published")
      #expect(try await scene.browser(.ben).getJSON("/lessons/\(id)").status == 200)
      #expect(try await scene.browser(.ada).postJSON("/lessons/\(id)", #"{"title": "Mine", "text": "Taken.", "version": 1}"#).status == 403)
      let shipped = try await scene.lesson("story-arc")
      #expect(try await scene.browser(.omar).get("/lessons/\(shipped)/edit").status == 403)
      #expect(try await scene.browser(.ben).get("/lessons?q=idea").body.contains("For all"))
    }
  }
}

@Suite("A lesson from an insight")
struct InsightLessonTests {
  @Test("the form begins with the insight's words, for those who may see it", arguments: Databases.each)
  func prefilled(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.meet()
      let (org, world, viewer) = (scene.org, scene.world, try await scene.viewer(.ada))
      let insight = try await scene.store.write { tx in
        let session: Session? = try tx.first("SELECT \(Session.columns) FROM session WHERE org_id = \(org)")
        return try Insights.add("Ask before you <advise> :: always", try #require(session), tx, viewer, world)
      }
      let ada = try await scene.browser(.ada)
      let page = try await ada.get("/lessons/new?insight=\(insight)").body
      #expect(page.contains("Ask before you &lt;advise&gt; :: always") && page.contains(insight.description))
      let text = "Ask before you advise.\n\n```flashcards\nWhat first? :: A question\n```"
      let made = try await ada.postJSON(
        "/lessons", #"{"title": "Ask first", "text": "\#(text.replacing("\n", with: "\\n"))", "insight": "\#(insight)"}"#)
      #expect(made.status == 201)
      #expect(try await scene.browser(.cleo).get("/lessons/new?insight=\(insight)").status == 404)
      #expect(
        try await scene.browser(.omar).postJSON("/lessons", #"{"title": "Ask first", "text": "x", "insight": "\#(insight)"}"#).status == 404
      )
    }
  }
}
