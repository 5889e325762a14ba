import HTTPTypes
import Kit
import TandemTesting
import Testing

@testable import Features
@testable import Web

@Suite("The frame around every address")
struct FrameTests {
  private let guarded = [
    "Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy",
    "Permissions-Policy", "Cache-Control", "X-Request-Id",
  ]

  @Test("S25 every answer has the security headers and no name of the server, errors and redirects too", arguments: Databases.each)
  func headers(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let answers = [
        try await scene.stranger.get("/healthz"), try await scene.stranger.get("/nowhere"), try await scene.stranger.get("/live"),
        try await scene.stranger.send(.post, "/healthz"), try await scene.stranger.getJSON("/api/v1/openapi.json"),
      ]
      #expect(answers.map(\.status) == [200, 404, 303, 405, 200])
      for answer in answers {
        for name in guarded { #expect(answer.header(name) != nil, "\(name)") }
        #expect(answer.header("Server") == nil)
        #expect(answer.header("Content-Security-Policy")?.contains("unsafe") == false)
      }
    }
  }

  @Test("figures are for this machine and for an administrator's token, and for nobody whom a proxy passes on", arguments: Databases.each)
  func metrics(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      #expect(try await scene.stranger.get("/metrics").body.contains("tandem_build_info"))
      let forwarded = try #require(HTTPField.Name("X-Forwarded-For"))
      func ask(as role: Scene.Role?, scopes: [String] = ["*"]) async throws -> Int {
        var headers: HTTPFields = [forwarded: "127.0.0.1"]
        if let role {
          let (person, org, world) = (scene.id(role), scene.org, scene.world)
          let token = try await scene.store.write { tx in
            try ApiToken.create(person, org: org, name: "figures", scopes: scopes, days: 30, tx, world)
          }
          headers[.authorization] = "Bearer \(token)"
        }
        return try await scene.stranger.send(.get, "/metrics", headers: headers).status
      }
      #expect(try await [ask(as: nil), ask(as: .ben), ask(as: .omar), ask(as: .omar, scopes: ["asks:read"])] == [303, 403, 200, 403])
      #expect(try await scene.stranger.send(.get, "/you", headers: [.authorization: "Bearer tdm_none"]).status != 200)
    }
  }

  @Test("the fields of a filter may stay empty, those of a form may not", arguments: Databases.each)
  func filters(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let omar = try await scene.browser(.omar)
      for path in ["/members", "/admin/audit"] { #expect(try await !omar.get(path).body.contains(" required"), "\(path)") }
      #expect(try await omar.get("/members/new").body.contains(" required"))
    }
  }

  @Test("a day further off than half a year is told with its year")
  func years() throws {
    let now = try #require(Instant("2026-11-22T10:00:00Z"))
    #expect(Moment(try #require(Instant("2027-07-25T10:00:00Z")), zone: "UTC", now: now).text == "Sun 25 Jul 2027, 10:00")
    #expect(Moment(try #require(Instant("2027-01-25T10:00:00Z")), zone: "UTC", now: now).day == "Mon 25 Jan")
    #expect(Moment(try #require(Instant("2026-01-25T10:00:00Z")), zone: "UTC", now: now).day == "Sun 25 Jan 2026")
  }

  @Test("S39 an unknown address and a foreign method say so as problem+json", arguments: Databases.each)
  func problems(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let unknown = try await scene.stranger.getJSON("/api/v1/nowhere")
      #expect(unknown.status == 404)
      #expect(unknown.header("Content-Type") == "application/problem+json")
      #expect(unknown.json["code"].text == "not_found")
      let method = try await scene.stranger.send(.delete, "/healthz")
      #expect(method.header("Allow") == "GET")
    }
  }

  @Test("an address, a head or a body over its limit is refused before it is read", arguments: Databases.each)
  func limits(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let long = try await scene.stranger.get("/" + String(repeating: "a", count: 9000))
      #expect(long.status == 414)
      var headers: HTTPFields = [:]
      for number in 0..<120 { if let name = HTTPField.Name("X-Filler-\(number)") { headers[name] = "x" } }
      try await #expect(scene.stranger.send(.get, "/healthz", headers: headers).status == 431)
    }
  }

  @Test("S8 too many requests of one session are told to wait", arguments: Databases.each)
  func rates(_ database: Databases.Kind) async throws {
    var limits = Limits()
    limits.requestBurst = 3
    limits.requestsPerSecond = 1
    try await Scene.with(database, limits: limits) { scene in
      let stranger = scene.stranger
      for _ in 0..<3 { try await #expect(stranger.get("/healthz").status == 200) }
      let refused = try await stranger.get("/healthz")
      #expect(refused.status == 429)
      #expect(refused.header("Retry-After") == "1")
      scene.clock.advance(.seconds(2))
      try await #expect(stranger.get("/healthz").status == 200)
    }
  }

  @Test("a form that was sent any JSON where a text belongs is shown again with it", arguments: Databases.each)
  func oddValues(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let values = [
        "-9223372036854775808.0", "-9223372036854775809", "-9223372036854775808", "9223372036854775807", "1e308", "-5e-324", "true", "null",
        "[1]", "{\"a\": 1}",
      ]
      var headers: HTTPFields = [.accept: "text/html", .contentType: "application/json"]
      if let name = HTTPField.Name("Sec-Fetch-Site") { headers[name] = "same-origin" }
      for value in values {
        for path in ["/sign-in/code", "/sign-in/password"] {
          let answer = try await scene.stranger.send(.post, path, headers: headers, body: "{\"email\": \(value), \"password\": \(value)}")
          #expect(answer.status == 422 && answer.body.contains("<form"), "\(path) \(value)")
        }
      }
    }
  }

  @Test("no more than a hundred faults are told of one input", arguments: Databases.each)
  func manyFaults(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let body = "{" + (0..<1500).map { "\"x\($0)\":0" }.joined(separator: ",") + "}"
      let answer = try await scene.browser(.ben).postJSON("/goals", body)
      #expect(answer.status == 422 && answer.json["errors"].items.count == 100)
    }
  }

  @Test("a live page that is never begun takes no place", arguments: Databases.each)
  func streams(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let ben = try await scene.browser(.ben)
      for _ in 0..<8 { try await #expect(ben.send(.head, "/live").status == 200) }
      #expect(scene.site.openStreams(scene.id(.ben), 0) == 0)
    }
  }

  @Test("S8 made-up credentials win no requests, and a real one has its own", arguments: Databases.each)
  func madeUp(_ database: Databases.Kind) async throws {
    var limits = Limits()
    limits.requestBurst = 3
    limits.requestsPerSecond = 0.001
    try await Scene.with(database, limits: limits) { scene in
      let ben = try await scene.browser(.ben)
      try await #expect(ben.get("/goals").status == 200)
      var refused = 0
      for number in 0..<80 {
        let stranger = scene.stranger
        stranger.token = number % 2 == 0 ? "tdm_\(number)" : nil
        stranger.cookies = [scene.site.settings.sessionCookie: "made up \(number)"]
        refused += try await stranger.get(number % 2 == 0 ? "/api/v1/goals" : "/goals").status == 429 ? 1 : 0
      }
      // Twenty times three pass, less what Ben took before he was known.
      #expect((20...21).contains(refused))
      try await #expect(ben.get("/goals").status == 200)
    }
  }

  @Test("until there is an administrator pages lead to the setup, and everything else is unavailable", arguments: Databases.each)
  func setup(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      scene.site.needsSetup.store(true, ordering: .relaxed)
      let page = try await scene.stranger.get("/goals")
      #expect(page.status == 303)
      #expect(page.header("Location") == "/setup")
      let answer = try await scene.stranger.send(.get, "/api/v1/goals", headers: [.accept: "application/json"])
      #expect(answer.status == 503)
      #expect(answer.body.contains("not set up yet"))
      try await #expect(scene.stranger.get("/healthz").status == 200)
    }
  }
}
