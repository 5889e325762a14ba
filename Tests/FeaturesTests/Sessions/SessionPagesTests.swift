import Foundation
import Kit
import Store
import TandemTesting
import Testing
import Web

@testable import Features

@Suite struct SessionPagesTests {
  @Test("only the two of a session see it: everybody else gets the bytes of a random id", arguments: Databases.each)
  func strangers(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      let id = try await scene.book()
      for role in [Scene.Role.ben, .ada] {
        let browser = try await scene.browser(role)
        let page = try await browser.get("/sessions/\(id)")
        #expect(page.status == 200 && page.body.contains("Beginning a talk"))
        let json = try await browser.getJSON("/sessions/\(id)").json
        #expect(json["session"]["title"].text == "Beginning a talk" && json["phase"].text == "before")
      }
      for role in [Scene.Role.cleo, .mara, .omar, .olga] {
        let browser = try await scene.browser(role)
        for path in ["", "/move", "/wrap-up"] {
          try await #expect(browser.get("/sessions/\(id)\(path)").status == 404, "\(role) \(path)")
        }
        let known = try await browser.getJSON("/sessions/\(id)")
        let random = try await browser.getJSON("/sessions/00000000000ZZ")
        #expect(
          known.status == 404 && known.json["code"].text == random.json["code"].text
            && known.json["detail"].text == random.json["detail"].text)
        for act in [
          "book", "extend", "release", "cancel", "check-in", "no-show", "took-place", "wrap-up", "points", "notes", "place", "move",
        ] {
          let body = [
            "took-place": #"{"took_place":true}"#, "wrap-up": #"{"insight":"x"}"#, "points": #"{"text":"x"}"#,
            "notes": #"{"text":"x","version":0}"#, "place": #"{"link":"x"}"#, "move": #"{"start":"2026-11-25T11:00:00Z"}"#,
          ]
          try await #expect(browser.postJSON("/sessions/\(id)/\(act)", body[act] ?? "{}").status == 404, "\(role) \(act)")
        }
      }
      try await #expect(scene.stranger.get("/sessions/\(id)").status == 303)
      try await #expect(scene.stranger.getJSON("/sessions/\(id)").status == 401)
    }
  }

  @Test("shared notes are for both, the private note for its author, and a stale version overwrites nothing", arguments: Databases.each)
  func notes(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      let id = try await scene.book()
      let (ben, ada) = (try await scene.browser(.ben), try await scene.browser(.ada))
      try await #expect(ben.post("/sessions/\(id)/notes", ["text": "From Ben", "version": "0"]).status == 303)
      try await #expect(ben.post("/sessions/\(id)/notes", ["text": "For Ben alone", "version": "0", "is_private": "true"]).status == 303)
      try await #expect(ada.get("/sessions/\(id)").body.contains("From Ben"))
      try await #expect(!ada.get("/sessions/\(id)").body.contains("For Ben alone"))
      try await #expect(ben.get("/sessions/\(id)").body.contains("For Ben alone"))
      let stale = try await ada.post("/sessions/\(id)/notes", ["text": "From Ada", "version": "0"])
      #expect(stale.status == 409)
      #expect(stale.body.contains("From Ben") && stale.body.contains("From Ada"))
      try await #expect(ada.post("/sessions/\(id)/notes", ["text": "Both", "version": "1"]).status == 303)
      try await #expect(ben.get("/sessions/\(id)").body.contains("Both"))
    }
  }

  /// What stands in a text field of a page.
  private func field(_ id: String, _ page: String) -> String? {
    guard let tag = page.range(of: "<textarea id=\"\(id)\""), let open = page[tag.upperBound...].firstIndex(of: ">"),
      let end = page[open...].range(of: "</textarea>")
    else { return nil }
    return page[page.index(after: open)..<end.lowerBound].trimmingCharacters(in: .newlines)
  }

  @Test("a refused note keeps what was typed in its own field: private words never stand in the notes of both", arguments: Databases.each)
  func refusedNotes(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      let id = try await scene.book()
      let (ben, path) = (try await scene.browser(.ben), "/sessions/\(id)/notes")
      try await #expect(ben.post(path, ["text": "Shared at first", "version": "0"]).status == 303)
      try await #expect(ben.post(path, ["text": "Private at first", "version": "0", "is_private": "true"]).status == 303)
      let own = try await ben.post(path + "?is_private=true", ["text": "Private later", "version": "0", "is_private": "true"])
      #expect(own.status == 409)
      #expect(field("notes-text", own.body) == "Shared at first")
      #expect(field("own-note-text", own.body) == "Private later")
      #expect(own.body.contains("As it is now") && own.body.contains("Private at first") && !own.body.contains("As they are now"))
      let both = try await ben.post(path, ["text": "Shared later", "version": "0"])
      #expect(both.status == 409)
      #expect(field("notes-text", both.body) == "Shared later")
      #expect(field("own-note-text", both.body) == "Private at first")
      #expect(both.body.contains("As they are now") && both.body.contains("Shared at first") && !both.body.contains("As it is now"))
      let long = try await ben.post(path, ["text": String(repeating: "p", count: 20_001), "version": "1", "is_private": "true"])
      #expect(long.status == 422 && field("notes-text", long.body) == "Shared at first")
      let toAda = try await scene.browser(.ada).get("/sessions/\(id)").body
      #expect(toAda.contains("Shared at first") && !toAda.contains("Private at first") && !toAda.contains("Private later"))
    }
  }

  @Test("a meeting link is an address of the web or plain words", arguments: Databases.each)
  func place(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      let id = try await scene.book()
      let ada = try await scene.browser(.ada)
      try await #expect(ada.post("/sessions/\(id)/place", ["link": "javascript://alert(1)"]).status == 422)
      try await #expect(ada.post("/sessions/\(id)/place", ["link": "Room 4"]).status == 303)
      try await #expect(!ada.get("/sessions/\(id)").body.contains("href=\"Room 4\""))
      try await #expect(ada.post("/sessions/\(id)/place", ["link": "https://meet.example/a"]).status == 303)
      try await #expect(ada.get("/sessions/\(id)").body.contains("href=\"https://meet.example/a\""))
    }
  }

  @Test("lists cost the same number of statements for few and for many", arguments: Databases.each)
  func statements(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      let ben = try await scene.browser(.ben)
      func fill(_ days: Range<Int>) async throws {
        for day in days where ![5, 6].contains(day % 7) {
          for minutes in [0, 30] {
            let id = try await scene.book(at: scene.noon(day, minutes: minutes))
            let ask = AddPoint(session: id, text: "Point \(day)")
            try await scene.do(.ben, ask)
          }
        }
      }
      try await fill(1..<3)
      let paths = ["/sessions", "/insights", "/actions", "/you/availability", "/sessions/new?mentor=\(scene.id(.ada))"]
      var few: [Int] = []
      for path in paths { few.append(try await scene.statements { _ = try await ben.get(path) }.count) }
      try await fill(3..<23)
      for (place, path) in paths.enumerated() {
        try await #expect(scene.statements { _ = try await ben.get(path) }.count == few[place], "\(path)")
      }
    }
  }

  @Test("sending the booking twice with one key is one booking", arguments: Databases.each)
  func idempotent(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      let ben = try await scene.browser(.ben)
      let body = "{\"mentor\":\"\(scene.id(.ada))\",\"start\":\"\(scene.noon())\",\"minutes\":30}"
      let first = try await ben.postJSON("/sessions", body, key: "k1")
      let second = try await ben.postJSON("/sessions", body, key: "k1")
      #expect(first.status == 201 && second.status == 201)
      #expect(first.json["id"].text == second.json["id"].text)
    }
  }
}
