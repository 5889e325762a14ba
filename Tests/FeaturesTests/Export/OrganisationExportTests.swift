import Foundation
import Interchange
import Kit
import Store
import TandemTesting
import Testing

@testable import Features

@Suite("The export of an organisation")
struct OrganisationExportTests {
  private func folder(_ scene: Scene) -> URL {
    FileManager.default.temporaryDirectory.appending(path: "tandem-export-\(scene.org)-\(scene.other)")
  }

  private func text(_ path: String, _ folder: URL) throws -> String {
    try String(contentsOf: folder.appending(path: path), encoding: .utf8)
  }

  @Test("it has every table but those left out for a reason, as many rows as the database, and no secrets", arguments: Databases.each)
  func whole(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      _ = try await scene.book(question: "=1+1, \"quoted\"\nand a second line")
      _ = try await scene.browser(.ben)
      let folder = folder(scene)
      defer { try? FileManager.default.removeItem(at: folder) }
      let manifest = try await OrganisationExport.write(
        scene.org, to: folder, store: scene.store, version: "1", now: scene.world.now()
      ) { _ in }
      let tables = Set(try await scene.store.columns().map(\.table))
      #expect(Set(manifest.tables.map(\.name)).union(ExportedTable.leftOut.keys) == tables)
      for table in manifest.tables {
        let read = try CSV.Table(text(table.file.path, folder).utf8)
        #expect(read.header == table.columns && read.rows.count == table.rows, "\(table.name)")
        #expect(table.columns.allSatisfy { !$0.hasSuffix("_hash") }, "\(table.name)")
      }
      let people = try text("tables/person.csv", folder)
      #expect(people.contains("ben@north.example") && !people.contains("south.example") && people.contains(scene.id(.ben).description))
      #expect(try text("tables/session.csv", folder).contains("\"'=1+1, \"\"quoted\"\"\nand a second line\""))
      let org = scene.org
      let lessons = try await scene.store.read { tx in try tx.count("SELECT count(*) FROM lesson WHERE org_id = \(org)") }
      #expect(manifest.lessons.count == lessons && lessons > 0)
      let lesson = try #require(manifest.lessons.first)
      #expect(LessonDocument.read(Array(try text(lesson.path, folder).utf8)).document != nil)
      #expect(try text("personal-data.csv", folder).contains("person,email,contact,replace"))
      #expect(try text("manifest.json", folder).contains("\"slug\" : \"northwind\""))
    }
  }

  @Test("moments go out as moments whatever their column is called, numbers as numbers")
  func moments() {
    let moment = Instant(microseconds: 1_795_492_681_672_874)
    for column in ["at", "until", "due_at", "held_until", "approval_due", "offered_until"] {
      #expect(ExportedTable.value(.integer(moment.microseconds), column: column) == .text(moment.description), "\(column)")
    }
    for column in ["minutes", "remaining", "day"] { #expect(ExportedTable.value(.integer(7), column: column) == .integer(7), "\(column)") }
  }

  @Test("a folder that holds something is refused, and nothing in it changes", arguments: [Databases.Kind.sqlite])
  func refuses(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let folder = folder(scene)
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      try Data("mine".utf8).write(to: folder.appending(path: "note.txt"))
      await #expect(throws: ExportRefusal.self) {
        try await OrganisationExport.write(scene.org, to: folder, store: scene.store, version: "1", now: scene.world.now()) { _ in }
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["note.txt"])
    }
  }
}
