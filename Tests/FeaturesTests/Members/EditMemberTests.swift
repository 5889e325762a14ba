import Kit
import Store
import TandemTesting
import Testing
import Web

@testable import Features

@Suite("Correcting a member")
struct EditMemberTests {
  /// The fields of Ben's form with what they hold at first.
  private struct Fields {
    var name = "Ben Learner"
    var email = "ben@north.example"
    var title = ""
    var department = "Plant"
    var manager = ""
    var zone = "Europe/Berlin"

    func form(_ version: Int) -> KeyValuePairs<String, String> {
      [
        "name": name, "email": email, "title": title, "department": department, "manager_email": manager, "zone": zone,
        "version": "\(version)",
      ]
    }
  }

  private static func path(_ scene: Scene) -> String { "/members/\(scene.id(.ben))" }

  private static func version(_ scene: Scene) async throws -> Int {
    try await scene.do(.omar, ShowMember(person: scene.id(.ben))).member.version
  }

  private static func save(_ scene: Scene, _ fields: Fields, by role: Scene.Role = .omar) async throws -> Browser.Answer {
    try await scene.browser(role).post(path(scene) + "/edit", fields.form(try await version(scene)))
  }

  /// The fields that the log names, the newest change first.
  private static func logged(_ scene: Scene) async throws -> [String] {
    let org = scene.org
    return try await scene.store.read { tx in
      try tx.values("SELECT data FROM activity WHERE org_id = \(org) AND verb = \("person.changed") ORDER BY id DESC")
    }
  }

  @Test("an administrator corrects a member, and the log names the fields", arguments: Databases.each)
  func corrects(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let omar = try await scene.browser(.omar)
      let path = Self.path(scene)
      try await #expect(omar.get(path).body.contains("href=\"\(path)/edit\""))
      let form = try await omar.get(path + "/edit")
      #expect(form.status == 200 && form.body.contains("ben@north.example") && form.body.contains("Plant"))
      var fields = Fields()
      fields.name = "Ben Lerner"
      fields.title = "Engineer"
      fields.department = ""
      fields.manager = "Mara@North.example"
      let saved = try await Self.save(scene, fields)
      #expect(saved.status == 303 && saved.location == path)
      let page = try await omar.getJSON(path).json
      #expect(page["member"]["name"].text == "Ben Lerner" && page["member"]["title"].text == "Engineer")
      #expect(page["member"]["department"].text == "" && page["manager"].text == "Mara Manager")
      try await #expect(Self.logged(scene) == ["{\"fields\":\"name title department manager_email\"}"])
      try await #expect(omar.get(path + "/edit").body.contains("mara@north.example"))
      // The same once more changes nothing, and without a manager there is none.
      let version = try await Self.version(scene)
      try await #expect(Self.save(scene, fields).status == 303)
      try await #expect(Self.version(scene) == version)
      let body = "{\"name\":\"Ben Lerner\",\"email\":\"ben@north.example\",\"zone\":\"Asia/Tokyo\",\"version\":"
      try await #expect(omar.postJSON(path + "/edit", body + "\(version - 1)}").status == 409)
      let answer = try await omar.postJSON(path + "/edit", body + "\(version)}")
      #expect(answer.status == 200 && answer.json["zone"].text == "Asia/Tokyo" && answer.json["title"].text == "")
      try await #expect(omar.getJSON(path).json["manager"].exists == false)
      try await #expect(scene.breaches() == [])
    }
  }

  @Test("an address of somebody else, an unknown manager and a circle of managers are refused", arguments: Databases.each)
  func refuses(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      func refused(_ words: String, _ change: (inout Fields) -> Void) async throws -> Bool {
        var fields = Fields()
        change(&fields)
        let answer = try await Self.save(scene, fields)
        return answer.status == 422 && answer.body.contains(words)
      }
      try await #expect(refused("Somebody else here has this address") { $0.email = "ADA@north.example" })
      try await #expect(refused("Enter an address such as ann@example.org.") { $0.email = "ben" })
      try await #expect(refused("Nobody here has this address.") { $0.manager = "nobody@north.example" })
      try await #expect(refused("Nobody here has this address.") { $0.manager = "olga@south.example" })
      try await #expect(refused("Nobody is their own manager.") { $0.manager = "ben@north.example" })
      try await #expect(refused("Choose a zone such as Europe/Berlin.") { $0.zone = "Mars" })
      var several = Fields()
      (several.email, several.manager, several.zone) = ("ada@north.example", "nobody@north.example", JoinTests.forgotten)
      let told = try await Self.save(scene, several).body
      for words in ["Somebody else here has this address", "Nobody here has this address.", "This machine does not know that zone."] {
        #expect(told.contains(words), "all at once: \(words)")
      }
      let (org, ben, ravi, mara) = (scene.org, scene.id(.ben), scene.id(.ravi), scene.id(.mara))
      try await scene.store.write { tx in
        try tx.run("UPDATE person SET manager_id = \(ben) WHERE org_id = \(org) AND id = \(ravi)")
        try tx.run("UPDATE person SET manager_id = \(ravi) WHERE org_id = \(org) AND id = \(mara)")
      }
      try await #expect(refused("They would be their own manager") { $0.manager = "mara@north.example" })
      try await #expect(Self.logged(scene).isEmpty)
      try await scene.do(.omar, RemoveMember(person: ben))
      try await #expect(Self.save(scene, Fields()).status == 409)
    }
  }

  @Test("another address ends the codes of the one before, and both are told", arguments: Databases.each)
  func moves(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let stranger = scene.stranger
      _ = try await stranger.post("/sign-in/code", ["email": "ben@north.example"])
      let code = try await mailedCode(scene, "ben@north.example")
      var fields = Fields()
      fields.email = "Benjamin@north.example"
      try await #expect(Self.save(scene, fields).status == 303)
      try await #expect(stranger.post("/sign-in/verify", ["code": code]).status == 422)
      try await scene.work()
      let told = try #require(scene.outbox.to("ben@north.example").last)
      #expect(told.subject == "Your account has another address now" && !told.text.lowercased().contains("benjamin"))
      #expect(scene.outbox.to("benjamin@north.example").map(\.subject) == ["This is the address of your account now"])
      try await #expect(Self.logged(scene) == ["{\"fields\":\"email\"}"], "the log holds no address")
      _ = try await stranger.post("/sign-in/code", ["email": "benjamin@north.example"])
      let fresh = try await mailedCode(scene, "benjamin@north.example")
      try await #expect(stranger.post("/sign-in/verify", ["code": fresh]).status == 303)
    }
  }

  @Test("only administrators of the organisation correct its members", arguments: Databases.each)
  func people(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let path = Self.path(scene) + "/edit"
      let expected: [(Scene.Role, Int)] = [(.mara, 403), (.ben, 403), (.ravi, 403), (.ada, 403), (.olga, 403), (.oskar, 404)]
      for (role, status) in expected {
        try await #expect(scene.browser(role).get(path).status == status, "\(role)")
        try await #expect(scene.browser(role).getJSON(path).status == status, "\(role)")
        try await #expect(Self.save(scene, Fields(), by: role).status == status, "\(role)")
      }
      try await #expect(scene.stranger.get(path).status == 303)
      try await #expect(scene.stranger.getJSON(path).status == 401)
      try await #expect(scene.stranger.postJSON(path).status == 401)
      try await #expect(Self.logged(scene).isEmpty)
    }
  }
}
