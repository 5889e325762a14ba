import Kit
import Store
import TandemTesting
import Testing
import Web

@testable import Features

@Suite("Sessions and tokens")
struct AccessTests {
  @Test("S20 sessions end when idle and for good; sooner for administrators", arguments: Databases.each)
  func timeOuts(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let (ben, omar) = (try await scene.browser(.ben), try await scene.browser(.omar))
      scene.clock.advance(.hours(11))
      #expect(try await omar.get("/admin/organisation").status == 200)
      try await scene.work()
      scene.clock.advance(.hours(12))
      #expect(try await omar.get("/admin/organisation").status == 303)
      #expect(try await ben.get("/you/sessions").status == 200)
      scene.clock.advance(.days(14))
      #expect(try await ben.get("/you/sessions").status == 303)
    }
  }

  @Test("the use of a session is written down now and then, and keeps it alive", arguments: Databases.each)
  func stamps(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let browser = try await scene.browser(.ben)
      for _ in 0..<2 {
        scene.clock.advance(.days(13))
        #expect(try await browser.get("/you/sessions").status == 200)
        try await scene.site.stampSeen()
      }
      scene.clock.advance(.days(5))
      #expect(try await browser.get("/you/sessions").status == 303)
    }
  }

  @Test("S19 S21 own sessions are listed and ended at the server, nobody else's", arguments: Databases.each)
  func ends(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let (here, there, ravi) = (try await scene.browser(.ben), try await scene.browser(.ben), try await scene.browser(.ravi))
      let list = try await here.getJSON("/you/sessions")
      #expect(list.json["items"].count == 2)
      let other = try #require(list.json["items"].items.first { $0["is_this"].flag == false }?["id"].text)
      let foreign = try await ravi.post("/you/sessions/\(other)/end")
      let random = try await ravi.post("/you/sessions/0zzzzzzzzzzz7/end")
      #expect(foreign.status == 404 && foreign.body == random.body)
      #expect(try await here.post("/you/sessions/\(other)/end").status == 303)
      #expect(try await there.get("/you/sessions").status == 303)
      #expect(try await here.post("/sign-out").status == 303)
      #expect(here.cookies[scene.site.settings.sessionCookie] == nil)
      let left = try await scene.store.read { tx in
        try tx.count("SELECT count(*) FROM sign_in_session WHERE expires_at > \(scene.clock.now)")
      }
      #expect(left == 1)
    }
  }

  @Test("a token is shown once, kept as a hash, held to its scopes and owner, and ends when revoked", arguments: Databases.each)
  func tokens(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let browser = try await scene.browser(.mara)
      let made = try await browser.postJSON("/you/tokens", "{\"name\":\"report\",\"scopes\":[\"members:read\"],\"days\":30}")
      let token = try #require(made.json["token"].text)
      #expect(token.hasPrefix("tdm_") && token.count == 4 + 43 + 6)
      #expect(ApiToken.checksum(String(token.dropFirst(4).prefix(43))) == token.suffix(6))
      #expect(ApiToken.checksum("123456789") == [0xCB, 0xF4, 0x39, 0x26].base64URL)
      let kept = try await scene.store.read { tx in try tx.values("SELECT token_hash FROM api_token", as: String.self) }
      #expect(kept == [Token.hash(token)])
      let page = try await browser.get("/you/tokens")
      #expect(page.body.contains("report") && !page.body.contains(token))
      let program = Browser(scene.installation.responder, token: token)
      #expect(try await program.getJSON("/members").status == 200)
      #expect(try await program.getJSON("/invites").status == 403)
      #expect(try await program.postJSON("/members", "{\"name\":\"x\",\"email\":\"x@north.example\"}").status == 403)
      let id = try #require(try await browser.getJSON("/you/tokens").json["items"][0]["id"].text)
      #expect(try await scene.browser(.omar).post("/you/tokens/\(id)/revoke").status == 404)
      #expect(try await browser.post("/you/tokens/\(id)/revoke").status == 303)
      #expect(try await program.getJSON("/members").status == 401)
      #expect(try await browser.post("/you/tokens", ["name": "x", "scopes": "root", "days": "3"]).status == 422)
      #expect(try await browser.post("/you/tokens", ["name": "x", "scopes": "*", "days": "366"]).status == 422)
    }
  }

  @Test("a new token is offered the scopes that its owner can use", arguments: Databases.each)
  func offeredScopes(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      func offers(_ role: Scene.Role, _ scope: String) async throws -> Bool {
        try await scene.browser(role).get("/you/tokens/new").body.contains("value=\"\(scope)\"")
      }
      for role in [Scene.Role.ben, .mara, .omar] { try await #expect(offers(role, "asks:write"), "\(role)") }
      try await #expect(offers(.mara, "members:read"))
      try await #expect(offers(.ben, "members:read") == false)
      try await #expect(offers(.omar, "admin:read"))
      try await #expect(offers(.mara, "admin:read") == false)
      try await #expect(offers(.mara, "*"))
    }
  }

  @Test("a token ends with its days", arguments: Databases.each)
  func tokenExpiry(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let (org, mara, world) = (scene.org, scene.id(.mara), scene.world)
      let token = try await scene.store.write { tx in try ApiToken.create(mara, org: org, name: "a", scopes: ["*"], days: 1, tx, world) }
      let program = Browser(scene.installation.responder, token: token)
      #expect(try await program.getJSON("/members").status == 200)
      scene.clock.advance(.hours(25))
      #expect(try await program.getJSON("/members").status == 401)
    }
  }
}
