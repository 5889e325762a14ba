import Kit
import Store
import TandemTesting
import Testing

@testable import Features

@Suite("Topics kept beside people")
struct OfferedTopicsTests {
  /// Ada's topics in the list, as the mentee Ben reads them.
  private func shown(_ scene: Scene) async throws -> [String] {
    let mentors = try await scene.browser(.ben).getJSON("/mentors?hours=false").json["mentors"].items
    return mentors.first { $0["name"].text == "Ada Mentor" }?["topics"].items.compactMap(\.text) ?? []
  }

  private func differences(_ scene: Scene) async throws -> Int {
    try await scene.store.read { tx in try OfferedTopics.differences(tx) }
  }

  @Test("the best known four stand in the list, and follow every change of what somebody offers", arguments: Databases.each)
  func follow(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      for (skill, level) in [("negotiation", 2), ("public-speaking", 5), ("coaching", 3), ("feedback", 3), ("delegation", 1)] {
        try await scene.do(.ada, AddSkill(skill: skill, direction: .offers, level: level))
      }
      let first = try await shown(scene)
      #expect(first.count == 4 && first.first == "Public speaking" && first.last == "Negotiation")
      #expect(try await differences(scene) == 0)
      try await scene.do(.ada, AddSkill(skill: "delegation", direction: .offers, level: 5))
      #expect(try await shown(scene).prefix(2).contains { $0.hasPrefix("Deleg") })
      try await scene.do(.ada, AddSkill(skill: "negotiation", direction: .seeks, level: 5))
      #expect(try await differences(scene) == 0)
      let (ada, org, world) = (scene.id(.ada), try await scene.viewer(.ada).org, scene.world)
      try await scene.store.write { tx in
        try PersonSkills.set(person: ada, org: org, offers: [:], seeks: [:], by: ada, tx, world)
      }
      #expect(try await shown(scene) == [])
      #expect(try await differences(scene) == 0)
    }
  }

  @Test("a skill that an import renames has its new name with everybody who offers it", arguments: Databases.each)
  func rename(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      var entry = SkillEntry(uri: Skill.scheme + "zither", label: "Zither", alternatives: [], topic: "", description: "", source: .esco)
      let world = scene.world
      try await scene.store.write { [entry] tx in try SkillCatalogue.put([entry], tx, world) }
      for role in [Scene.Role.ada, .cleo, .otto] { try await scene.do(role, AddSkill(skill: "zither", direction: .offers, level: 4)) }
      #expect(try await shown(scene).contains("Zither"))
      entry.label = "Citole"
      try await scene.store.write { [entry] tx in try SkillCatalogue.put([entry], tx, world) }
      #expect(try await shown(scene).contains("Citole"))
      #expect(try await differences(scene) == 0)
    }
  }

  @Test("the check counts rows that are stale, missing or of nobody; filling the table mends them", arguments: Databases.each)
  func check(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let check = try #require(Features.all.flatMap(\.checks).first { $0.name.hasPrefix("topics of a person") })
      for role in [Scene.Role.ada, .cleo] { try await scene.do(role, AddSkill(skill: "negotiation", direction: .offers, level: 4)) }
      let (ada, ben, cleo) = (scene.id(.ada), scene.id(.ben), scene.id(.cleo))
      let org = try await scene.viewer(.ada).org
      try await scene.store.write { tx in
        try #expect(check.breaches(tx) == 0)
        for (person, topics) in [(ada, "Other"), (cleo, ""), (ben, "Nothing")] {
          try tx.run("UPDATE person SET topics = \(topics) WHERE org_id = \(org) AND id = \(person)")
        }
        try #expect(check.breaches(tx) == 3)
        try tx.run("UPDATE person SET topics = '' WHERE org_id = \(org)")
        try OfferedTopics.fill(tx)
        try #expect(check.breaches(tx) == 0)
      }
    }
  }
}
