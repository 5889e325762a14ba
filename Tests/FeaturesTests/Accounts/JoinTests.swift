import Kit
import Store
import TandemTesting
import Testing
import Web

@testable import Features

@Suite("Setting up and joining")
struct JoinTests {
  /// A zone that the program's tables have and the machine's have not had since 2020.
  static let forgotten = "US/Pacific-New"

  @Test("S12 the setup link makes the first administrator once, within an hour, in one transaction", arguments: Databases.each)
  func setup(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let world = scene.world
      await #expect(throws: Problem.self) { try await scene.store.write { tx in try SetupLink.make(tx, world) } }
      try await scene.store.write { tx in _ = try tx.run("UPDATE person SET roles = 1 WHERE org_id = org_id") }
      scene.site.needsSetup.store(true, ordering: .relaxed)
      let first = try await scene.store.write { tx in try SetupLink.make(tx, world) }
      let path = try await scene.store.write { tx in try SetupLink.make(tx, world) }
      let code = String(path.dropFirst("/setup?code=".count))
      #expect(code.count == 43)
      let browser = scene.stranger
      #expect(try await browser.get("/sign-in").location == "/setup")
      #expect(try await browser.get(first).body.contains("does not open the setup"))
      #expect(try await browser.get(path).body.contains("Name of your organisation"))
      func send(_ password: String, _ code: String) async throws -> Browser.Answer {
        try await browser.post(
          "/setup",
          [
            "code": code, "organisation": "Eastwind", "zone": "Europe/Berlin", "name": "Eva East", "email": "eva@east.example",
            "password": password,
          ])
      }
      #expect(try await send("too short", code).status == 422)
      let both = try await browser.post(
        "/setup",
        ["code": code, "organisation": "Eastwind", "zone": Self.forgotten, "name": "Eva East", "email": "eva", "password": "too short"])
      #expect(both.status == 422 && both.body.contains("This machine does not know that zone."))
      for field in ["zone", "email", "password"] { #expect(both.body.contains("<a href=\"#\(field)\">"), "\(field)") }
      #expect(both.body.contains("value=\"\(Self.forgotten)\""), "what a script put in can be typed over")
      let typed = try await browser.post("/setup", ["code": code, "zone": "UTC", "password": ""]).body
      #expect(typed.contains("value=\"UTC\"") && !typed.contains("data-zone-field"), "no script puts another one in again")
      #expect(try await browser.get(path).body.contains("data-zone-field=\"UTC\""))
      let empty = try await browser.post("/setup", ["code": code, "password": ""])
      for field in ["organisation", "name", "email", "password"] { #expect(empty.body.contains("<a href=\"#\(field)\">")) }
      let done = try await send("seven quiet lanterns by the mill", code)
      #expect(done.status == 303 && done.location == "/admin/start")
      #expect(try await browser.get("/admin/start").status == 200)
      #expect(try await send("seven quiet lanterns by the mill", code).status == 409)
      #expect(try await scene.store.read { tx in try tx.count("SELECT count(*) FROM organisation WHERE name = 'Eastwind'") } == 1)
      let acts = try await browser.getJSON("/admin/audit?kind=organisation").json["items"].items
      let made = try #require(acts.first { $0["what"].text == "Organisation created" })
      #expect(made["who"].text == "Tandem" && made["origin"].text == "session", "no operator made it")
    }
  }

  @Test("S14 a mailed invitation works once, for its address, with its roles; looking changes nothing", arguments: Databases.each)
  func mailed(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let mara = try await scene.browser(.mara)
      #expect(try await scene.browser(.ben).post("/invites", ["email": "new@north.example"]).status == 403)
      #expect(try await mara.post("/invites", ["email": "new@north.example", "roles": "admin"]).status == 403)
      #expect(try await mara.post("/invites", ["email": "new@north.example", "name": "Nia New", "roles": "mentor"]).status == 303)
      try await scene.work()
      let mail = try #require(scene.outbox.to("new@north.example").last)
      let path = String(try #require(mail.text.firstMatch(of: /\/join\/[A-Za-z0-9_-]{43}/)).0)
      for _ in 0..<3 { #expect(try await scene.stranger.get(path).body.contains("Join Northwind")) }
      let browser = scene.stranger
      #expect(try await browser.post(path, ["name": "Nia New", "zone": "Asia/Tokyo"]).status == 303)
      let member = try #require(
        try await scene.store.read { tx in try tx.row("SELECT roles, zone, org_id FROM person WHERE email = 'new@north.example'") })
      #expect(try Roles(rawValue: member("roles")) == [.member, .mentor])
      #expect(try member("org_id") == scene.org)
      #expect(try await browser.get("/you/sessions").status == 200)
      #expect(try await scene.stranger.post(path, ["name": "Second"]).status == 409)
      #expect(try await scene.stranger.get(path).body.contains("This invitation has ended"))
    }
  }

  @Test("a zone that the browser reports and this machine does not know gives way to the organisation's", arguments: Databases.each)
  func unknownZone(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let (mara, org) = (try await scene.browser(.mara), scene.org)
      let reported = ["old@north.example": Self.forgotten, "none@north.example": "Etc/Unknown", "left@north.example": ""]
      for (email, zone) in reported.sorted(by: { $0.key < $1.key }) {
        #expect(try await mara.post("/invites", ["email": email]).status == 303)
        let path = try await mailedPath(scene, email)
        #expect(try await scene.stranger.post(path, ["name": "Nia New", "zone": zone]).status == 303, "\(zone)")
        let kept = try await scene.store.read { tx in
          try tx.value("SELECT zone FROM person WHERE org_id = \(org) AND email = \(email)", as: String.self)
        }
        #expect(kept == "Europe/Berlin", "\(zone)")
      }
    }
  }

  private func state(_ scene: Scene, _ role: Scene.Role) async throws -> String? {
    let (org, id) = (scene.org, scene.id(role))
    return try await scene.store.read { tx in try tx.value("SELECT state FROM person WHERE org_id = \(org) AND id = \(id)") }
  }

  private func mailedPath(_ scene: Scene, _ email: String) async throws -> String {
    try await scene.work()
    let mail = try #require(scene.outbox.to(email).last { $0.text.contains("/join/") })
    return String(try #require(mail.text.firstMatch(of: /\/join\/[A-Za-z0-9_-]{43}/)).0)
  }

  @Test("whoever left comes back only by an invitation mailed to them after that", arguments: Databases.each)
  func comingBack(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let (mara, ben) = (try await scene.browser(.mara), scene.id(.ben))
      let link = try await mara.postJSON("/invites/links", "{\"most_uses\":5,\"days\":7}")
      let poster = String(try #require(link.json["url"].text).dropFirst(scene.site.settings.baseURL.count))
      try await scene.do(.omar, RemoveMember(person: ben))
      scene.clock.advance(.minutes(1))
      let browser = scene.stranger
      _ = try await browser.post("/sign-in/code", ["email": "ben@north.example", "return": poster])
      let code = try await mailedCode(scene, "ben@north.example")
      #expect(try await browser.post("/sign-in/verify", ["code": code, "return": poster]).location == poster)
      let refused = try await browser.post(poster, ["name": "Ben Again"])
      #expect(refused.status == 409 && refused.body.contains("You were a member of Northwind before."))
      #expect(try await state(scene, .ben) == "left")

      #expect(try await mara.post("/invites", ["email": "ben@north.example"]).status == 303)
      let early = try await mailedPath(scene, "ben@north.example")
      try await scene.do(.omar, ReactivateMember(person: ben))
      scene.clock.advance(.minutes(1))
      try await scene.do(.omar, RemoveMember(person: ben))
      #expect(try await scene.stranger.post(early, ["name": "Ben Again"]).status == 409)
      #expect(try await state(scene, .ben) == "left")

      scene.clock.advance(.minutes(1))
      #expect(try await mara.post("/invites", ["email": "ben@north.example"]).status == 303)
      let path = try await mailedPath(scene, "ben@north.example")
      #expect(try await scene.stranger.post(path, ["name": "Ben Again"]).status == 303)
      #expect(try await state(scene, .ben) == "active")
    }
  }

  @Test("open invitations end with the right to make them", arguments: Databases.each)
  func makers(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let (omar, mara) = (try await scene.browser(.omar), try await scene.browser(.mara))
      #expect(try await omar.post("/invites", ["email": "admin@north.example", "roles": "admin"]).status == 303)
      #expect(try await omar.post("/invites", ["email": "mentor@north.example", "roles": "mentor"]).status == 303)
      #expect(try await mara.post("/invites", ["email": "other@north.example"]).status == 303)
      let (org, maker, world) = (scene.org, scene.id(.omar), scene.world)
      let viewer = try await scene.viewer(.omar)
      func open(holding roles: Roles) async throws -> [String] {
        try await scene.store.write { tx in
          try Invite.end(madeBy: maker, holding: roles, tx, viewer, world)
          return try tx.values("SELECT email FROM invite WHERE org_id = \(org) AND revoked_at IS NULL ORDER BY email")
        }
      }
      #expect(try await open(holding: [.member, .admin]) == ["admin@north.example", "mentor@north.example", "other@north.example"])
      #expect(try await open(holding: [.member, .manager]) == ["mentor@north.example", "other@north.example"])
      #expect(try await open(holding: []) == ["other@north.example"])
      try await scene.do(.omar, SetRoles(person: scene.id(.mara), roles: ["member"]))
      #expect(try await open(holding: []).isEmpty)
    }
  }

  @Test("S6 a link admits no more people than it says, each with an address they proved", arguments: Databases.each)
  func link(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let mara = try await scene.browser(.mara)
      let made = try await mara.postJSON("/invites/links", "{\"most_uses\":1,\"days\":7}")
      #expect(made.json["qr"].text?.hasPrefix("<svg") == true)
      let url = try #require(made.json["url"].text)
      let path = String(url.dropFirst(scene.site.settings.baseURL.count))
      #expect(try await scene.stranger.post(path, ["name": "Nobody"]).status == 409)
      let asked = try await scene.stranger.get("/sign-in/code?return=\(path)").body
      #expect(asked.contains("on its way to the address you gave") && !asked.contains("has an account"))
      #expect(try await scene.stranger.get("/sign-in/code").body.contains("If this address has an account"))
      var browsers: [Browser] = []
      for email in ["a@north.example", "b@north.example"] {
        let browser = scene.stranger
        let mistaken = try await browser.post("/sign-in/code", ["email": "nobody", "return": path])
        #expect(mistaken.body.contains("<h1>Show that your address is yours</h1>") && mistaken.body.contains("href=\"\(path)\""))
        _ = try await browser.post("/sign-in/code", ["email": email, "return": path])
        let code = try await mailedCode(scene, email)
        #expect(try await browser.post("/sign-in/verify", ["code": code, "return": path]).location == path)
        browsers.append(browser)
      }
      #expect(try await browsers[0].post(path, ["name": "A"]).status == 303)
      #expect(try await browsers[1].post(path, ["name": "B"]).status == 409)
      let id = try #require(made.json["id"].text)
      let otherAdmin = try await scene.browser(.oskar)
      #expect(try await otherAdmin.post("/invites/\(id)/revoke").status == 404)
    }
  }

  @Test("a link makes members only, also one into which more was written", arguments: Databases.each)
  func linkRoles(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let (mara, org) = (try await scene.browser(.mara), scene.org)
      #expect(try await mara.postJSON("/invites/links", "{\"most_uses\":3,\"days\":7,\"roles\":[\"mentor\"]}").status == 422)
      let form = try await mara.get("/invites/links/new")
      #expect(form.status == 200 && !form.body.contains("value=\"mentor\""))
      #expect(try await mara.get("/invites/new").body.contains("value=\"mentor\""), "an inviter knows whom they write to")
      let made = try await mara.postJSON("/invites/links", "{\"most_uses\":3,\"days\":7}")
      let path = String(try #require(made.json["url"].text).dropFirst(scene.site.settings.baseURL.count))
      try await scene.store.write { tx in _ = try tx.run("UPDATE invite SET roles = 3 WHERE org_id = \(org)") }
      #expect(try await mara.getJSON("/invites").json["items"][0]["roles"].text == "Member")
      #expect(try await mara.get("/invites").body.contains("data-confirm=\"Nobody can join by this link any more"))
      let browser = scene.stranger
      _ = try await browser.post("/sign-in/code", ["email": "new@north.example", "return": path])
      let code = try await mailedCode(scene, "new@north.example")
      #expect(try await browser.post("/sign-in/verify", ["code": code, "return": path]).location == path)
      #expect(try await browser.get(path).body.contains("You are invited as member."))
      #expect(try await browser.post(path, ["name": "Nia New"]).status == 303)
      let roles = try await scene.store.read { tx in
        try tx.value("SELECT roles FROM person WHERE org_id = \(org) AND email = 'new@north.example'", as: Int.self)
      }
      #expect(roles == Roles.member.rawValue)
    }
  }
}
