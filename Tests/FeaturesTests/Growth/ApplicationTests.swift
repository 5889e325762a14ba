import Kit
import Store
import TandemTesting
import Testing

@testable import Features

@Suite("Uses at work")
struct ApplicationTests {
  private func note(_ scene: Scene, by role: Scene.Role = .ben, confirmer: String? = "ada@north.example") async throws -> ID<Application> {
    try await scene.do(
      role,
      AddApplication(
        what: "Opened with the question, not the slides.", place: "Plan review", skill: "public-speaking", confirmer: confirmer)
    ).id
  }

  @Test("whoever is asked gets one mail and confirms; it then counts", arguments: Databases.each)
  func confirm(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let id = try await note(scene)
      try await scene.work()
      #expect(scene.outbox.to("ada@north.example").count == 1)
      let ada = try await scene.browser(.ada)
      #expect(try await ada.get("/applications/\(id)").body.contains("Opened with the question"))
      #expect(try await ada.post("/applications/\(id)/confirm").status == 303)
      let json = try await scene.browser(.ben).getJSON("/applications").json
      #expect(json["mine"][0]["state"].text == "confirmed")
    }
  }

  @Test("nobody confirms their own: not asked for, not by the act, not by the database", arguments: Databases.each)
  func own(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      await #expect(throws: Problem.self) { _ = try await note(scene, confirmer: "ben@north.example") }
      let id = try await note(scene)
      await #expect(throws: Problem.forbidden("Somebody else has to confirm what you did.")) {
        try await scene.do(.ben, ConfirmApplication(application: id))
      }
      let (org, ben) = (scene.org, scene.id(.ben))
      await #expect(throws: Violation.self) {
        try await scene.store.write { tx in
          try tx.run("UPDATE application SET decided_by = \(ben) WHERE org_id = \(org) AND id = \(id)")
        }
      }
    }
  }

  @Test("a colleague who was not asked and another organisation see nothing of it", arguments: Databases.each)
  func others(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let id = try await note(scene)
      for role in [Scene.Role.ravi, .mara, .otto] {
        await #expect(throws: Problem.notFound) { try await scene.do(role, ConfirmApplication(application: id)) }
        #expect(try await scene.browser(role).get("/applications/\(id)").status == 404)
      }
    }
  }

  @Test("a decision is made once, and can be taken back by who made it", arguments: Databases.each)
  func once(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let id = try await note(scene)
      try await scene.do(.ada, DeclineApplication(application: id))
      await #expect(throws: Problem.self) { try await scene.do(.ada, ConfirmApplication(application: id)) }
      try await scene.do(.ada, ReopenApplication(application: id))
      try await scene.do(.ada, ConfirmApplication(application: id))
    }
  }
}
