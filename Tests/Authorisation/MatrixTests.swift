import Features
import Kit
import TandemTesting
import Testing
import Web

/// Who may call what, held against a file written by hand: what endpoints declare, and what they do.
@Suite("The authorisation matrix")
struct MatrixTests {
  @Test("S1 every route has one row, every row a route, and no row allows what the declaration refuses")
  func declarations() throws {
    let found = try Matrix.read().differences(from: Features.endpoints)
    #expect(found.isEmpty, "\(found.joined(separator: "\n"))")
  }

  @Test("a route without a row, a row without a route and a wrong permission are found")
  func differences() throws {
    let endpoints = [
      Endpoint.custom(.get, "/asks", allow: .manager, "", input: NoInput.self) { _, _ in .bytes([], "text/plain") },
      Endpoint.custom(.get, "/goals", allow: .member, "", input: NoInput.self) { _, _ in .bytes([], "text/plain") },
    ]
    let matrix = try Matrix("GET /asks,-,own,-,org,-,-,org,-,\nGET /lessons,-,-,-,-,-,-,-,-,gone")
    #expect(
      matrix.differences(from: endpoints) == [
        "GET /asks: the matrix allows member, the declaration only manager.", "GET /goals has no row in matrix.csv.",
        "GET /lessons is a row without a route.",
      ])
    #expect(throws: Matrix.Unreadable.self) { try Matrix("GET /asks,-,perhaps,-,-,-,-,-,-,") }
  }

  @Test("S1 every route does for every role what its row says", arguments: Databases.each)
  func behaviour(_ database: Databases.Kind) async throws {
    let rows = Dictionary(try Matrix.read().rows.map { ($0.route, $0) }, uniquingKeysWith: { first, _ in first })
    let reads = Features.endpoints.filter { $0.method == .get && $0.contentType != "text/event-stream" }
    let acts = Features.endpoints.filter { $0.method != .get }
    try await Scene.with(database) { scene in
      let trial = try await Trial(scene)
      for endpoint in reads { if let row = rows[endpoint.name] { try await trial.check(endpoint, row) } }
    }
    // An act changes the scene, so each has its own; PostgreSQL takes every fourth, the code above the engine being the same.
    for (number, endpoint) in acts.enumerated() where database == .sqlite || number % 4 == 0 {
      guard let row = rows[endpoint.name] else { continue }
      try await Scene.with(database) { scene in try await Trial(scene).check(endpoint, row) }
    }
  }

  @Test("S2 an object of another organisation answers like none at all", arguments: Databases.each)
  func foreignObjects(_ database: Databases.Kind) async throws {
    let rows = Dictionary(try Matrix.read().rows.map { ($0.route, $0) }, uniquingKeysWith: { first, _ in first })
    try await Scene.with(database) { scene in
      let trial = try await Trial(scene)
      var compared = 0
      for endpoint in Features.endpoints where !endpoint.parameters.isEmpty && rows[endpoint.name]?.cell(.other) == .refused {
        compared += try await trial.compareForeign(endpoint)
      }
      #expect(compared > 0)
    }
  }
}
