@testable import Features
import Kit
import Store
import TandemTesting
import Testing

@Suite("Skills are found while somebody types")
struct SkillSearchTests {
  /// The skills that ship with Tandem, and a few as an import would bring them.
  private static func withCatalogue(_ database: Databases.Kind, _ body: @escaping @Sendable (Transaction) throws -> Void) async throws {
    try await Scene.with(database) { scene in
      let world = scene.world
      try await scene.store.write { tx in
        try SkillCatalogue.put(imported, tx, world)
        try body(tx)
      }
    }
  }

  private static let imported = [
    ("negotiate price", ["bargain"]), ("negotiation", []), ("C++", []), ("C#", []), ("speak in public", ["public address"]),
    ("manage a team of welders", []), ("Übersetzung prüfen", []), ("100 % inspection", []), ("team building", ["teamwork for groups"]),
  ].enumerated().map { place, skill in
    SkillEntry(
      uri: "http://data.europa.eu/esco/skill/\(place)", label: skill.0, alternatives: skill.1, topic: "", description: "", source: .esco)
  }

  @Test("labels that begin so come first, what ships with Tandem before what was imported", arguments: Databases.each)
  func table(_ database: Databases.Kind) async throws {
    try await Self.withCatalogue(database) { tx in
      for (text, first) in [
        ("nego", ["Negotiation", "negotiate price", "negotiation"]),
        ("negotiation", ["Negotiation", "negotiation"]),
        ("NEGOTIATE p", ["negotiate price"]),
        ("price negotiate", ["negotiate price"]),
        ("speak publ", ["Public speaking", "speak in public"]),
        ("public spe", ["Public speaking"]),
        ("c++", ["C++"]), ("c#", ["C#"]),
        ("ubersetz", ["Übersetzung prüfen"]), ("prüf", ["Übersetzung prüfen"]),
        ("100 %", ["100 % inspection"]),
        ("stage fr", ["Public speaking"]), ("scrum m", ["Leading a sprint"]), ("kanban", ["Agile methods"]),
        ("welders", ["manage a team of welders"]),
        ("the talks", ["Developing people", "One-to-one meetings"]),
        ("bargain", ["Negotiation", "negotiate price"]),
      ] {
        let found = try Skill.search(text, limit: 12, tx).map(\.label)
        #expect(Array(found.prefix(first.count)) == first, "\(text): \(found)")
      }
      for nothing in ["", "   ", "%", "zzz", "the of", "'; DROP TABLE skill; --", "\u{202E}", "talk zzz"] {
        try #expect(Skill.search(nothing, tx).isEmpty, "\(nothing)")
      }
      try #expect(Skill.search("a", limit: 5, tx).count == 5)
      try #expect(Skill.search("team", limit: 0, tx).isEmpty)
      try #expect(Skill.search(String(repeating: "team ", count: 5000), tx).count > 0)
    }
  }

  @Test("what is changed in the catalogue is found by its new words only", arguments: Databases.each)
  func replaced(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let world = scene.world
      try await scene.store.write { tx in
        var entry = SkillEntry(uri: "x:1", label: "zither", alternatives: ["zither playing"], topic: "", description: "", source: .esco)
        try #expect(SkillCatalogue.put([entry], tx, world) == .init(created: 1))
        try #expect(SkillCatalogue.put([entry], tx, world) == .init(unchanged: 1))
        let id = try Skill.search("zither", tx).first?.id
        entry.label = "xylophone"
        entry.alternatives = []
        try #expect(SkillCatalogue.put([entry], tx, world) == .init(updated: 1))
        try #expect(Skill.search("zither", tx).isEmpty)
        try #expect(Skill.search("xylo", tx).first?.id == id)
      }
    }
  }

  @Test("a search costs one statement when beginnings fill it, two otherwise, and no more", arguments: Databases.each)
  func cost(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      for (text, most) in [("t", 1), ("talks team", 2), ("zzz", 2)] {
        let statements = try await scene.statements { try await scene.store.read { tx in _ = try Skill.search(text, limit: 5, tx) } }
        #expect(statements.count <= most, "\(text)")
      }
    }
  }
}
