import HTTPTypes
import Kit
import TandemTesting
import Testing
import Web

@testable import Features

/// What a browser is told and asked, so that other sites can do nothing in a member's name.
@Suite("Browsers and other sites")
struct CrossSiteTests {
  private static let https = "https://learn.north.example"

  private func headers(_ pairs: [String: String], type: String = "application/x-www-form-urlencoded") -> HTTPFields {
    var fields: HTTPFields = [.accept: "text/html", .contentType: type]
    for (name, value) in pairs { if let name = HTTPField.Name(name) { fields[name] = value } }
    return fields
  }

  @Test("S23 under https the cookie of a session is bound to the host, hidden from scripts and other sites", arguments: Databases.each)
  func cookie(_ database: Databases.Kind) async throws {
    try await Scene.with(database, base: Self.https) { scene in
      let browser = scene.stranger
      _ = try await browser.post("/sign-in/code", ["email": "ben@north.example"])
      let answer = try await browser.post("/sign-in/verify", ["code": try await mailedCode(scene, "ben@north.example")])
      let cookie = try #require(answer.headers[values: .setCookie].first { $0.hasPrefix("__Host-tandem=") })
      let parts = Set(cookie.split(separator: ";").dropFirst().map(\.trimmed))
      #expect(parts.isSuperset(of: ["Path=/", "Secure", "HttpOnly", "SameSite=Lax"]))
      #expect(!parts.contains { $0.hasPrefix("Domain") })
      #expect(answer.header("Strict-Transport-Security") == "max-age=31536000")
    }
  }

  @Test("S24 an act counts only when it comes from our own pages, whatever the browser tells", arguments: Databases.each)
  func acts(_ database: Databases.Kind) async throws {
    try await Scene.with(database, base: Self.https) { scene in
      let ben = try await scene.browser(.ben)
      let refused: [[String: String]] = [
        ["Sec-Fetch-Site": "cross-site"], ["Sec-Fetch-Site": "same-site"], ["Sec-Fetch-Site": "none"], [:],
        ["Sec-Fetch-Site": "cross-site", "Origin": Self.https], ["Origin": "https://evil.example"], ["Origin": "null"],
        ["Origin": Self.https + ".evil.example"], ["Origin": "http://learn.north.example"],
        ["Host": "evil.example", "Origin": "https://evil.example"], ["Referer": Self.https],
      ]
      for given in refused {
        let answer = try await ben.send(.post, "/sign-out", headers: headers(given))
        #expect(answer.status == 403, "\(given)")
      }
      try await #expect(ben.get("/you/sessions").status == 200)
      let own = try await ben.send(.post, "/sign-out", headers: headers(["Origin": Self.https]))
      #expect(own.status == 303)
      try await #expect(ben.get("/you/sessions").status == 303)
    }
  }

  @Test("S24 an address for programs takes JSON only, so that no form of another site can speak it", arguments: Databases.each)
  func types(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let ben = try await scene.browser(.ben)
      let (org, person, world) = (scene.org, scene.id(.ben), scene.world)
      ben.token = try await scene.store.write { tx in
        try ApiToken.create(person, org: org, name: "Phone", scopes: ["*"], days: 30, tx, world)
      }
      for type in ["text/plain", "application/x-www-form-urlencoded", "application/jsonp"] {
        let answer = try await ben.send(.post, "/api/v1/reviews/settings", headers: headers([:], type: type), body: "{}")
        #expect(answer.status == 415, "\(type)")
      }
    }
  }

  @Test("S26 no answer lets the scripts of another site read it", arguments: Databases.each)
  func sharing(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let ben = try await scene.browser(.ben)
      for path in ["/", "/healthz", "/api/v1/openapi.json", "/you/sessions", "/nowhere"] {
        for method in [HTTPRequest.Method.get, .options] {
          let answer = try await ben.send(method, path, headers: headers(["Origin": "https://evil.example"]))
          #expect(!answer.headers.contains { $0.name.canonicalName.hasPrefix("access-control-") }, "\(method) \(path)")
          if method == .options { #expect([404, 405].contains(answer.status)) }
        }
      }
      var json = headers(["Sec-Fetch-Site": "cross-site"])
      json[.accept] = "application/json"
      try await #expect(ben.send(.get, "/you/sessions", headers: json).status == 403)
    }
  }

  @Test("S28 the stream of changes is opened by members and from our own pages only", arguments: Databases.each)
  func stream(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      var asked = headers(["Sec-Fetch-Site": "cross-site"])
      asked[.accept] = "text/event-stream"
      try await #expect(scene.browser(.ben).send(.get, "/live", headers: asked).status == 403)
      asked = headers(["Sec-Fetch-Site": "same-origin"])
      asked[.accept] = "text/event-stream"
      try await #expect([303, 401].contains(scene.stranger.send(.get, "/live", headers: asked).status))
    }
  }

  @Test("S29 what a person sees stays out of every cache", arguments: Databases.each)
  func caches(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let ben = try await scene.browser(.ben)
      for path in ["/", "/you/profile", "/goals", "/nowhere"] {
        try await #expect(ben.get(path).header("Cache-Control") == "private, no-store", "\(path)")
      }
    }
  }

  @Test("S36 a forwarded address counts from a named proxy only", arguments: Databases.each)
  func proxies(_ database: Databases.Kind) async throws {
    var limits = Limits()
    limits.requestBurst = 2
    limits.requestsPerSecond = 0.001
    try await Scene.with(database, limits: limits) { scene in
      var statuses: [Int] = []
      for number in 1...4 {
        let forwarded = headers(["X-Forwarded-For": "198.51.100.\(number)"])
        statuses.append(try await scene.stranger.send(.get, "/healthz", headers: forwarded).status)
      }
      #expect(statuses == [200, 200, 429, 429])
    }
  }

  @Test("S41 nothing answers TRACE, and no answer names a program or its version", arguments: Databases.each)
  func traces(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      for path in ["/", "/healthz", "/api/v1/openapi.json"] {
        let answer = try await scene.stranger.send(.trace, path)
        #expect(answer.status == 405 && !answer.body.contains("TRACE /"), "\(path)")
      }
      for path in ["/sign-in", "/nowhere", "/healthz", "/debug", "/api/v1/debug"] {
        let answer = try await scene.stranger.get(path)
        for name in ["Server", "X-Powered-By", "Via"] { #expect(answer.header(name) == nil) }
        #expect(!answer.body.contains("0.1.0-test"), "\(path)")
      }
    }
  }
}
