import Kit
import Store
import TandemTesting
import Testing

@testable import Features

extension Scene {
  /// The address of a program that the manager made, from the day of the scene on.
  func program(_ name: String = "Flash days", purpose: String = "", until: String = "2027-02-23") async throws -> String {
    let id = try await self.do(
      .mara, CreateProgram(name: name, template: .flash, purpose: purpose, startsOn: "2026-11-23", endsOn: until)
    ).id
    return "/programs/\(id)"
  }
}

@Suite("Editing a program")
struct EditProgramTests {
  private static func form(_ name: String, until: String = "2027-02-23", version: Int) -> KeyValuePairs<String, String> {
    [
      "name": name, "template": "flash", "purpose": "For a quick start", "starts_on": "2026-11-23", "ends_on": until,
      "version": "\(version)",
    ]
  }

  /// What the log says of changes, the newest first.
  private static func logged(_ scene: Scene) async throws -> [String] {
    let org = scene.org
    return try await scene.store.read { tx in
      try tx.values("SELECT data FROM activity WHERE org_id = \(org) AND verb = \("program.changed") ORDER BY id DESC")
    }
  }

  @Test("a manager changes a program by form and by JSON, and the log names the fields", arguments: Databases.each)
  func changes(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let mara = try await scene.browser(.mara)
      let path = try await scene.program(purpose: "For a quick start")
      try await #expect(mara.get(path).body.contains("href=\"\(path)/edit\""))
      let filled = try await mara.get(path + "/edit")
      #expect(filled.status == 200 && filled.body.contains("value=\"Flash days\"") && filled.body.contains("value=\"2027-02-23\""))
      #expect(filled.body.contains("For a quick start"))
      let saved = try await mara.post(path + "/edit", Self.form("Flash weeks", until: "2027-03-31", version: 1))
      #expect(saved.status == 303 && saved.location == path)
      let page = try await mara.getJSON(path).json
      #expect(page["name"].text == "Flash weeks" && page["ends_on"].text == "2027-03-31" && page["version"].number == 2)
      // The same once more changes nothing.
      try await #expect(mara.post(path + "/edit", Self.form("Flash weeks", until: "2027-03-31", version: 2)).status == 303)
      let body = #"{"name":"Flash weeks","template":"circle","starts_on":"2026-11-23","ends_on":"2027-03-31","version":2}"#
      try await #expect(mara.postJSON(path + "/edit", body).status == 200)
      let changed = try await mara.getJSON(path).json
      #expect(changed["template"].text == "Circle" && changed["purpose"].exists == false && changed["version"].number == 3)
      try await #expect(Self.logged(scene) == [#"{"fields":"template purpose"}"#, #"{"fields":"name ends_on"}"#])
    }
  }

  @Test("a name that is taken and days in the wrong order are refused, and what was typed stays", arguments: Databases.each)
  func refuses(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let mara = try await scene.browser(.mara)
      _ = try await scene.program("Spring")
      let path = try await scene.program()
      let taken = try await mara.post(path + "/edit", Self.form("Spring", until: "2027-03-31", version: 1))
      #expect(taken.status == 422 && taken.body.contains("A program has this name already."))
      #expect(taken.body.contains("value=\"Spring\"") && taken.body.contains("value=\"2027-03-31\""))
      let reversed = try await mara.post(path + "/edit", Self.form("Flash days", until: "2026-11-01", version: 1))
      #expect(reversed.status == 422 && reversed.body.contains("Choose a last day after the first."))
      #expect(reversed.body.contains("value=\"2026-11-01\""))
      try await #expect(mara.post(path + "/edit", Self.form("F", version: 1)).status == 422)
      let body = #"{"name":"Spring","template":"flash","starts_on":"2026-11-23","ends_on":"2027-02-23","version":1}"#
      try await #expect(mara.postJSON(path + "/edit", body).status == 422)
      try await #expect(Self.logged(scene).isEmpty)
    }
  }

  @Test("a form made before somebody else's change is not taken, keeps its words, and is taken when sent again", arguments: Databases.each)
  func stale(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let mara = try await scene.browser(.mara)
      let path = try await scene.program()
      try await #expect(mara.post(path + "/edit", Self.form("Flash weeks", version: 1)).status == 303)
      let late = try await mara.post(path + "/edit", Self.form("Flash months", version: 1))
      #expect(late.status == 409 && late.body.contains("changed in another window") && late.body.contains("value=\"Flash months\""))
      #expect(late.body.contains("name=\"version\" value=\"2\""))
      try await #expect(mara.post(path + "/edit", Self.form("Flash months", version: 2)).status == 303)
      let body = #"{"name":"Flash","template":"flash","starts_on":"2026-11-23","ends_on":"2027-02-23","version":1}"#
      try await #expect(mara.postJSON(path + "/edit", body).json["code"].text == "program_changed")
    }
  }

  @Test("only managers and administrators of the organisation change its programs", arguments: Databases.each)
  func people(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let path = try await scene.program() + "/edit"
      for (role, status) in [(Scene.Role.omar, 200), (.ben, 403), (.ada, 403), (.oskar, 404)] {
        let browser = try await scene.browser(role)
        try await #expect(browser.get(path).status == status, "\(role)")
        try await #expect(browser.post(path, Self.form("Flash weeks", version: 1)).status == (status == 200 ? 303 : status), "\(role)")
      }
    }
  }
}
