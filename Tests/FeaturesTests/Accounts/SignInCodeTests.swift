import Foundation
import Kit
import Store
import TandemTesting
import Testing
import Web

@testable import Features

/// The code of the last mail to an address.
func mailedCode(_ scene: Scene, _ email: String) async throws -> String {
  try await scene.work()
  let mail = try #require(scene.outbox.to(email).last)
  let match = try #require(mail.text.firstMatch(of: /[0-9]{4} [0-9]{4}/))
  return String(match.0)
}

@Suite("Signing in with a code by e-mail")
struct SignInCodeTests {
  @Test("S18 a code signs in, with a new session token; the one before is dead", arguments: Databases.each)
  func signsIn(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let browser = try await scene.browser(.ben)
      let old = try #require(browser.cookies[scene.site.settings.sessionCookie])
      let asked = try await browser.post("/sign-in/code", ["email": " Ben@North.example", "return": "/invites"])
      #expect(asked.status == 303 && asked.location == "/sign-in/code?return=/invites")
      let code = try await mailedCode(scene, "ben@north.example")
      let answer = try await browser.post("/sign-in/verify", ["code": code, "return": "/you/sessions"])
      #expect(answer.status == 303 && answer.location == "/you/sessions")
      let cookie = try #require(answer.headers[values: .setCookie].first { $0.hasPrefix("tandem=") })
      #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Path=/"))
      let fresh = try #require(browser.cookies[scene.site.settings.sessionCookie])
      #expect(fresh != old && fresh.count == 43)
      #expect(try await browser.get("/you/sessions").status == 200)
      let former = Browser(scene.installation.responder, cookies: [scene.site.settings.sessionCookie: old])
      #expect(try await former.get("/you/sessions").status == 303)
    }
  }

  @Test("S16 an address without an account is answered alike, with as many statements, and gets no mail", arguments: Databases.each)
  func noDiscovery(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      var answers: [Browser.Answer] = []
      var costs: [Int] = []
      for email in ["ben@north.example", "nobody@north.example"] {
        let browser = scene.stranger
        let statements = try await scene.statements { answers.append(try await browser.post("/sign-in/code", ["email": email])) }
        costs.append(statements.count)
        answers.append(try await browser.post("/sign-in/verify", ["code": "0000 0000"]))
      }
      #expect(answers[0].status == answers[2].status && answers[0].location == answers[2].location)
      #expect(answers[1].status == 422 && answers[3].status == 422 && costs[0] == costs[1])
      try await scene.work()
      #expect(scene.outbox.to("ben@north.example").count == 1)
      #expect(scene.outbox.to("nobody@north.example").isEmpty)
    }
  }

  @Test("a code works once, for ten minutes, and five tries", arguments: Databases.each)
  func limits(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let browser = scene.stranger
      _ = try await browser.post("/sign-in/code", ["email": "ben@north.example"])
      var code = try await mailedCode(scene, "ben@north.example")
      for _ in 0..<SignInCode.tries { #expect(try await browser.post("/sign-in/verify", ["code": "00000000"]).status == 422) }
      #expect(try await browser.post("/sign-in/verify", ["code": code]).status == 422)

      _ = try await browser.post("/sign-in/code", ["email": "ben@north.example"])
      code = try await mailedCode(scene, "ben@north.example")
      scene.clock.advance(.minutes(10))
      #expect(try await browser.post("/sign-in/verify", ["code": code]).status == 422)

      _ = try await browser.post("/sign-in/code", ["email": "ben@north.example"])
      code = try await mailedCode(scene, "ben@north.example")
      let kept = browser.cookies
      #expect(try await browser.post("/sign-in/verify", ["code": code]).status == 303)
      let second = Browser(scene.installation.responder, cookies: kept)
      #expect(try await second.post("/sign-in/verify", ["code": code]).status == 422)
    }
  }

  @Test("a code that waited for the mail server longer than it works is not mailed any more", arguments: Databases.each)
  func late(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      scene.outbox.setAway(true)
      for email in ["ben@north.example", "ravi@north.example"] { _ = try await scene.stranger.post("/sign-in/code", ["email": email]) }
      try await scene.work()
      scene.outbox.setAway(false)
      scene.clock.advance(.minutes(9))
      _ = try await scene.stranger.post("/sign-in/code", ["email": "cleo@north.example"])
      try await scene.work()
      #expect(scene.outbox.all.count == 3)

      scene.outbox.clear()
      scene.outbox.setAway(true)
      _ = try await scene.stranger.post("/sign-in/code", ["email": "ben@north.example"])
      try await scene.work()
      scene.outbox.setAway(false)
      scene.clock.advance(.minutes(10))
      try await scene.work()
      #expect(scene.outbox.all.isEmpty)
    }
  }

  @Test("a code works only in the browser that asked, and the newest ends the ones before", arguments: Databases.each)
  func boundToBrowser(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let browser = scene.stranger
      _ = try await browser.post("/sign-in/code", ["email": "ben@north.example"])
      let first = try await mailedCode(scene, "ben@north.example")
      #expect(try await scene.stranger.post("/sign-in/verify", ["code": first]).status == 422)
      let other = scene.stranger
      _ = try await other.post("/sign-in/code", ["email": "ben@north.example"])
      let second = try await mailedCode(scene, "ben@north.example")
      #expect(try await browser.post("/sign-in/verify", ["code": first]).status == 422)
      #expect(try await browser.post("/sign-in/verify", ["code": second]).status == 422)
      #expect(try await other.post("/sign-in/verify", ["code": second]).status == 303)
    }
  }

  @Test("codes are kept as keyed seals, and jobs forget them once mailed", arguments: Databases.each)
  func notKept(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let browser = scene.stranger
      _ = try await browser.post("/sign-in/code", ["email": "ben@north.example"])
      let code = try await mailedCode(scene, "ben@north.example").replacing(" ", with: "")
      let found = try await scene.store.read { tx in
        try tx.values("SELECT code_hash FROM sign_in_code", as: String.self) + tx.values("SELECT payload FROM job", as: String.self)
      }
      #expect(found.allSatisfy { !$0.contains(code) })
      #expect(try await browser.post("/sign-in/verify", ["code": code]).status == 303)
    }
  }

  @Test(
    "mails with codes are limited by receiver, alike for addresses without account; a known device has its own count",
    arguments: Databases.each)
  func mailLimit(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let owner = scene.stranger
      _ = try await owner.post("/sign-in/code", ["email": "ben@north.example"])
      let code = try await mailedCode(scene, "ben@north.example")
      _ = try await owner.post("/sign-in/verify", ["code": code])
      for email in ["ben@north.example", "nobody@north.example"] {
        var statuses: [Int] = []
        for _ in 0..<6 { statuses.append(try await scene.stranger.postJSON("/sign-in/code", "{\"email\":\"\(email)\"}").status) }
        #expect(statuses.last == 429 && statuses.first == 200)
      }
      #expect(try await owner.post("/sign-in/code", ["email": "ben@north.example"]).status == 303)
    }
  }

  @Test("S27 after signing in, only own paths are gone to", arguments: Databases.each)
  func ownPaths(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      for path in ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/a\r\nX: y", "invites"] {
        #expect(OwnPath.checked(path) == "/")
      }
      #expect(OwnPath.checked("/asks?state=open") == "/asks?state=open")
      let browser = scene.stranger
      let asked = try await browser.post("/sign-in/code", ["email": "ben@north.example", "return": "//evil.example"])
      #expect(asked.location == "/sign-in/code")
    }
  }

  @Test("an address of several organisations chooses after proving, and only among its own", arguments: Databases.each)
  func severalOrganisations(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let (other, world) = (scene.other, scene.world)
      _ = try await scene.store.write { tx in
        try CreateMember(email: "ben@north.example", name: "Ben Elsewhere", zone: "UTC")(tx, org: other, by: nil, origin: "command", world)
      }
      let browser = scene.stranger
      #expect(try await browser.post("/sign-in/choose", ["organisation": other.description]).status == 422)
      _ = try await browser.post("/sign-in/code", ["email": "ben@north.example"])
      let code = try await mailedCode(scene, "ben@north.example")
      let answer = try await browser.post("/sign-in/verify", ["code": code, "return": "/you/sessions"])
      #expect(answer.location == "/sign-in/choose?return=/you/sessions")
      #expect(browser.cookies[scene.site.settings.sessionCookie] == nil)
      let page = try await browser.follow(answer)
      #expect(page.body.contains("Northwind") && page.body.contains("Southwind"))
      #expect(try await browser.post("/sign-in/choose", ["organisation": "0zzzzzzzzzzz7"]).status == 404)
      let chosen = try await browser.post("/sign-in/choose", ["organisation": other.description, "return": "/you/sessions"])
      #expect(chosen.location == "/you/sessions")
      #expect(try await browser.get("/you/sessions").body.contains("Southwind"))
    }
  }
}
