import Foundation
@testable import Features
import Kit
import Store
import Synchronization
import TandemTesting
import Testing

@Suite("The European classification of skills is imported and brought up to date")
struct EscoImportTests {
  private static let base = "http://data.europa.eu/esco"

  /// As the official files: byte order mark, quotes, line breaks inside fields, and rows that cannot be taken.
  private static let skills =
    "\u{FEFF}conceptType,conceptUri,skillType,reuseLevel,preferredLabel,altLabels,hiddenLabels,status,description\r\n"
    + "KnowledgeSkillCompetence,\(base)/skill/1,,,weld steel,\"steel welding\nweld metal\",,released,\"Joins \"\"hot\"\" steel,\nwith care.\"\r\n"
    + "KnowledgeSkillCompetence,\(base)/skill/2,,,play the zither,,,released,\r\n"
    + "KnowledgeSkillCompetence,\(base)/skill/2,,,play the zither again,,,released,\r\n"
    + "KnowledgeSkillCompetence,tandem:negotiation,,,a name that would take another's place,,,released,\r\n"
    + "KnowledgeSkillCompetence,\(base)/skill/3,,,,,,released,no label\r\n"
    + "KnowledgeSkillCompetence,\(base)/skill/4,,,ride a dragon,,,obsolete,\r\n"
    + "too,short\r\n"
  private static let occupations =
    "conceptType,conceptUri,iscoGroup,preferredLabel,altLabels,hiddenLabels,status,description\n"
    + "Occupation,\(base)/occupation/1,7212,welder,,,released,Welds.\nOccupation,\(base)/occupation/2,2652,zither player,,,released,\n"
  private static let relations =
    "occupationUri,relationType,skillType,skillUri\n\(base)/occupation/1,essential,,\(base)/skill/1\n"
    + "\(base)/occupation/2,optional,,\(base)/skill/2\n\(base)/occupation/9,essential,,\(base)/skill/1\n"
    + "\(base)/occupation/1,essential,,\(base)/skill/9\n\(base)/occupation/1,sometimes,,\(base)/skill/2\n"

  private static func files(_ skills: String = skills, _ occupations: String = occupations, _ relations: String = relations) -> EscoFiles {
    EscoFiles([.skills: Array(skills.utf8), .occupations: Array(occupations.utf8), .relations: Array(relations.utf8)])
  }

  private static func counts(_ part: EscoReport.Part?) -> [Int] {
    guard let part else { return [] }
    return [part.total, part.done, part.created, part.updated, part.unchanged, part.refused]
  }

  @Test("rows are counted as made, changed, as before and refused with their number", arguments: Databases.each)
  func counted(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let first = try await EscoImport.run(Self.files(), store: scene.store, world: scene.world)
      #expect(Self.counts(first[.skills]) == [7, 7, 2, 0, 0, 5])
      #expect(Self.counts(first[.occupations]) == [2, 2, 2, 0, 0, 0])
      #expect(Self.counts(first[.relations]) == [5, 5, 2, 0, 0, 3])
      #expect(first[.skills]?.refusals.map(\.row) == [8, 4, 5, 6, 7])
      #expect(first[.skills]?.refusals.map(\.text).contains("Row 4: the concept stands in row 3 already.") == true)
      #expect(first[.skills]?.refusals.map(\.text).contains("Row 7: its status is obsolete, not released.") == true)
      #expect(first[.relations]?.refusals.map(\.text).first == "Row 4: its occupation is not known.")
      let again = try await EscoImport.run(Self.files(), store: scene.store, world: scene.world)
      #expect(Self.counts(again[.skills]) == [7, 7, 0, 0, 2, 5])
      #expect(Self.counts(again[.occupations]) == [2, 2, 0, 0, 2, 0])
      #expect(Self.counts(again[.relations]) == [5, 5, 0, 0, 2, 3])
    }
  }

  @Test("a pair named both ways is essential, and importing it again changes nothing", arguments: Databases.each)
  func essentialWins(_ database: Databases.Kind) async throws {
    let both = ["optional", "essential", "optional"].map { "\(Self.base)/occupation/1,\($0),,\(Self.base)/skill/1\n" }.joined()
    let files = Self.files(Self.skills, Self.occupations, "occupationUri,relationType,skillType,skillUri\n" + both)
    try await Scene.with(database) { scene in
      let first = try await EscoImport.run(files, store: scene.store, world: scene.world)
      let again = try await EscoImport.run(files, store: scene.store, world: scene.world)
      #expect(Self.counts(first[.relations]) == [3, 3, 1, 0, 2, 0])
      #expect(Self.counts(again[.relations]) == [3, 3, 0, 0, 3, 0])
      let kept = try await scene.store.read { tx in try tx.values("SELECT relation FROM occupation_skill", as: String.self) }
      #expect(kept == ["essential"])
    }
  }

  @Test("a later import changes labels and relations and keeps the identity", arguments: Databases.each)
  func updated(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      _ = try await EscoImport.run(Self.files(), store: scene.store, world: scene.world)
      let before = try await scene.store.read { tx in try Skill.resolve("weld metal", tx) }
      let report = try await EscoImport.run(
        Self.files(
          Self.skills.replacing("weld steel", with: "weld iron"), Self.occupations.replacing("Welds.", with: "Joins metal."),
          Self.relations.replacing("optional", with: "essential")), store: scene.store, world: scene.world)
      #expect(report.parts.map(\.updated) == [1, 1, 1])
      try await scene.store.read { tx in
        try #expect(Skill.resolve("weld iron", tx) == before)
        #expect(throws: Problem.self) { try Skill.resolve("weld steel", tx) }
        let text: String? = try tx.value("SELECT description FROM skill WHERE id = \(before)")
        #expect(text == "Joins \"hot\" steel,\nwith care.")
        try #expect(Skill.named([try #require(try Skill.slug("negotiation", tx))], tx).values.map(\.label) == ["Negotiation"])
      }
    }
  }

  @Test("a file that is broken as a whole leaves everything as it was", arguments: Databases.each)
  func broken(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      for relations in ["", "occupationUri,skillUri\n", "occupationUri,relationType,skillUri\n\"open"] {
        await #expect(throws: EscoFiles.Unreadable.self) {
          try await EscoImport.run(Self.files(Self.skills, Self.occupations, relations), store: scene.store, world: scene.world)
        }
      }
      let imported = try await scene.store.read { tx in try tx.count("SELECT count(*) FROM skill WHERE source = 'esco'") }
      #expect(imported == 0)
      await #expect(throws: EscoFiles.Unreadable.self) {
        try await EscoImport.run(folder: try Databases.temporaryFolder(), store: scene.store, world: scene.world)
      }
    }
  }

  @Test("the whole classification is read in batches, and searched at once", arguments: Databases.each)
  func whole(_ database: Databases.Kind) async throws {
    guard let folder = ProcessInfo.processInfo.environment["TANDEM_TEST_ESCO"], !folder.isEmpty else {
      return print("TANDEM_TEST_ESCO is not set: the import of the whole classification is skipped.")
    }
    try await Scene.with(database) { scene in
      let calls = Mutex(0)
      let clock = ContinuousClock()
      let start = clock.now
      let report = try await EscoImport.run(folder: URL(filePath: folder), store: scene.store, world: scene.world) { _ in
        calls.withLock { $0 += 1 }
      }
      print("ESCO import on \(database): \(clock.now - start)")
      #expect(report.parts.map(\.done) == [13_485, 2_933, 12_437])
      #expect(report.parts.map(\.created) == [13_485, 2_933, 11_779], "658 relations stand in the sample twice")
      #expect(report.refused == 0)
      #expect(calls.withLock { $0 } == 30)
      try await scene.store.read { tx in
        let labels = try tx.values("SELECT label FROM skill ORDER BY id LIMIT 400", as: String.self)
        let parts = labels.flatMap { label in [1, 2, 3, 5, 8].map { String(label.prefix($0)) } + [label, String(label.reversed())] }
        var times: [Duration] = []
        for text in parts + ["manage", "manage team", "and the", "use of", "p s", "in a p", "operate machine"] {
          let start = clock.now
          _ = try Skill.search(text, limit: 12, tx)
          times.append(clock.now - start)
        }
        times.sort()
        print("Search on \(database): p50 \(times[times.count / 2]), p99 \(times[times.count * 99 / 100]), worst \(times.last ?? .zero)")
        for label in labels { try #expect(Skill.search(label, tx).contains { $0.label == label }) }
      }
    }
  }
}
