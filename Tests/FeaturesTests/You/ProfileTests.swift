import Foundation
import HTTPTypes
import Kit
import Store
import TandemTesting
import Testing

@testable import Features

@Suite("One's own profile")
struct ProfileTests {
  private static func form(_ name: String = "Ben Learner", version: Int = 1, zone: String = "Asia/Tokyo", languages: String = "German, en")
    -> KeyValuePairs<String, String>
  {
    [
      "version": "\(version)", "name": name, "title": "Plant engineer", "department": "Plant", "manager": "Mara Manager", "seniority": "3",
      "languages": languages, "zone": zone, "channel": "phone", "bio": "I ask <b>much</b>.", "theme": "dark",
    ]
  }

  @Test("what is saved is shown again, as page and as JSON", arguments: Databases.each)
  func save(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let ben = try await scene.browser(.ben)
      let answer = try await ben.post("/you/profile", Self.form())
      #expect(answer.status == 303)
      let page = try await ben.follow(answer)
      #expect(page.body.contains("I ask &lt;b&gt;much&lt;/b&gt;."))
      #expect(page.body.contains("Your hours keep their clock times"))
      let json = try await ben.getJSON("/you/profile").json
      #expect(json["profile"]["languages"].items.map(\.text) == ["de", "en"])
      #expect(json["profile"]["zone"].text == "Asia/Tokyo")
      #expect(json["profile"]["version"].number == 2)
      #expect(json["manager"]["name"].text == "Mara Manager")
      let you = try await ben.get("/you")
      #expect(you.body.contains("Ben Learner"))
      #expect(you.body.contains("data-theme=\"dark\""))
      for href in [
        "/you/profile", "/you/skills", "/you/availability", "/you/notifications", "/you/sessions", "/you/tokens", "/vetting/apply",
      ] {
        #expect(you.body.contains("href=\"\(href)\""), "\(href)")
      }
    }
  }

  @Test("a form opened before another change shows both texts, and the second try is taken", arguments: Databases.each)
  func conflict(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let ben = try await scene.browser(.ben)
      _ = try await ben.post("/you/profile", Self.form("Ben First"))
      let late = try await ben.post("/you/profile", Self.form("Ben Second"))
      #expect(late.status == 409)
      #expect(late.body.contains("<bdi>Ben First</bdi>"))
      #expect(late.body.contains("<bdi>Ben Second</bdi>"))
      #expect(late.body.contains("name=\"version\" value=\"2\""))
      #expect(late.body.contains("value=\"Ben Second\""))
      let json = try await ben.postJSON(
        "/you/profile",
        #"{"name":"B","languages":["en"],"seniority":1,"zone":"UTC","channel":"mail","theme":"light","version":1}"#)
      #expect(json.status == 409)
      #expect(json.json["code"].text == "profile_changed")
      #expect(try await ben.post("/you/profile", Self.form("Ben Second", version: 2)).status == 303)
    }
  }

  @Test("values that cannot be taken come back with what to do", arguments: Databases.each)
  func refused(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let ben = try await scene.browser(.ben)
      let tongue = try await ben.post("/you/profile", Self.form(languages: "Klingonisch"))
      #expect(tongue.status == 422)
      #expect(tongue.body.contains("is no language known here"))
      let zone = try await ben.post("/you/profile", Self.form(zone: "Mars/Olympus"))
      #expect(zone.status == 422)
      #expect(zone.body.contains("Choose a zone such as Europe/Berlin."))
      // Ben reports to Mara, so Mara cannot report to Ben.
      _ = try await ben.post("/you/profile", Self.form())
      let mara = try await scene.browser(.mara)
      for (manager, text) in [
        ("Ben Learner", "This person reports to you"), ("mara@north.example", "somebody else than yourself"),
        ("Otto Othermarker", "Nobody here is called"),
      ] {
        let answer = try await mara.post(
          "/you/profile",
          [
            "version": "1", "name": "Mara", "manager": manager, "seniority": "3", "languages": "en", "zone": "UTC", "channel": "mail",
            "theme": "system",
          ])
        #expect(answer.status == 422)
        #expect(answer.body.contains(text), "\(manager)")
      }
    }
  }

  @Test("a manager who is suspended or has left stays set while nobody else is chosen", arguments: Databases.each)
  func formerManager(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let (ben, omar, mara) = (try await scene.browser(.ben), try await scene.browser(.omar), scene.id(.mara))
      func save(_ manager: String, version: Int) async throws -> Int {
        try await ben.post(
          "/you/profile",
          [
            "version": "\(version)", "name": "Ben Learner", "manager": manager, "seniority": "3", "languages": "en", "zone": "UTC",
            "channel": "mail", "theme": "system",
          ]
        ).status
      }
      #expect(try await save("Mara Manager", version: 1) == 303)
      for (act, version) in [("suspend", 2), ("remove", 3)] {
        #expect(try await omar.post("/members/\(mara)/\(act)").status == 303)
        #expect(try await save(mara.description, version: version) == 303, "\(act)")
        #expect(try await ben.getJSON("/you/profile").json["profile"]["manager_id"].text == mara.description)
      }
      #expect(try await save("", version: 4) == 303)
      #expect(try await save(mara.description, version: 5) == 422, "she is not chosen anew")
    }
  }

  @Test("colleagues are found by the beginning of any name, those of another organisation never", arguments: Databases.each)
  func managers(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let ben = try await scene.browser(.ben)
      for (text, labels) in [
        ("ma", ["Mara Manager"]), ("manager", ["Mara Manager"]), ("o", ["Omar Admin"]), ("ben", []), ("%", []), ("_", []),
      ] as [(String, [String])] {
        let found = try await ben.getJSON("/you/managers/search?q=\(text.replacing("%", with: "%25"))").json["items"].items.map {
          $0["label"].text ?? ""
        }
        #expect(found == labels, "\(text)")
      }
      #expect(try await ben.get("/you/managers/search?q=ma").body.contains("Mara Manager"))
    }
  }

  @Test("nobody reads or changes these pages without being signed in", arguments: Databases.each)
  func strangers(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let first = try await scene.stranger.get("/you")
      #expect(first.location == "/sign-in?return=/you")
      for path in ["/you", "/you/profile", "/you/skills", "/you/managers/search?q=a"] {
        #expect(try await scene.stranger.get(path).status == 303)
        #expect(try await scene.stranger.getJSON(path).status == 401)
      }
      for path in ["/you/profile", "/you/skills/offers", "/you/skills/seeks"] {
        #expect(try await scene.stranger.postJSON(path).status >= 400)
      }
      #expect(try await scene.stranger.post("/you/skills/offers", ["add_offers": "negotiation"]).status == 303)
    }
  }
}
