import Foundation
import Interchange
import Kit
import Store
import TandemTesting
import Testing

@testable import Features

@Suite("Lessons and questions from files")
struct LessonImportTests {
  private static let lesson = """
    ---
    id: brought-along
    title: A lesson from elsewhere
    language: en
    ---
    One idea, said plainly.

    ```flashcards
    Question? :: Answer
    ```

    """

  @Test("a lesson, a file of questions and a zip archive are taken in; again, nothing changes", arguments: Databases.each)
  func take(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      var zip = ZipWriter()
      try zip.add("pack/lesson.md", Array(Self.lesson.utf8))
      try zip.add("pack/feedback.gift", Array("$CATEGORY: tests/SBI\n\nWhat is it? {=Behaviour ~Opinion}\n\nIs it seen? {TRUE}\n".utf8))
      try zip.add("pack/readme.pdf", [1, 2])
      let pack = try LessonPack(name: "pack.zip", content: zip.finish())
      let dry = try await scene.take(pack, isDryRun: true)
      #expect(dry.added == 2 && dry.questions == 2 && dry.faults.isEmpty && dry.warnings.count == 1)
      #expect(try await scene.slugs() == [])
      let report = try await scene.take(pack)
      #expect(report.added == 2 && report.changed == 0)
      #expect(try await scene.slugs() == ["brought-along", "questions-feedback-sbi"])
      let again = try await scene.take(pack)
      #expect(again.added == 0 && again.unchanged == 2)
      let changed = try LessonPack(name: "lesson.md", content: Array(Self.lesson.replacing("plainly", with: "briefly").utf8))
      #expect(try await scene.take(changed).changed == 1)
    }
  }

  @Test("one fault, and nothing is taken; the line is named", arguments: Databases.each)
  func faults(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let pack = LessonPack([
        .init(name: "good.md", content: Array(Self.lesson.utf8)), .init(name: "bad.gift", content: Array("A {=b\n\nC {=d ~e}".utf8)),
        .init(name: "twin.md", content: Array(Self.lesson.utf8)),
      ])
      let report = try await scene.take(pack)
      #expect(report.faults.contains { $0.hasPrefix("bad.gift, line 1: ") })
      #expect(report.faults.contains("twin.md: the id brought-along is that of good.md too."))
      #expect(try await scene.slugs() == [])
    }
  }

  @Test("what goes out comes back the same; editors may, members may not", arguments: Databases.each)
  func roundTrip(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      _ = try await scene.take(LessonPack([.init(name: "l.md", content: Array(Self.lesson.utf8))]))
      let org = scene.org
      let files = try await scene.store.read { tx in try ExportLessons.files(org: org, tx) }
      let own = try #require(files.first { $0.name == "brought-along.md" })
      #expect(String(decoding: own.content, as: UTF8.self) == LessonDocument.read(Array(Self.lesson.utf8)).document?.text)
      #expect(try await scene.take(LessonPack(files)).unchanged == files.count)
      let questions = try await scene.store.read { tx in try ExportLessons.questions(org: org, tx) }
      #expect(GIFT.read(Array(questions.text.utf8)).questions.count == questions.count)
      #expect(try await scene.browser(.ben).get("/lessons/import").status == 403)
      #expect(try await scene.browser(.omar).get("/lessons/import").body.contains("All files or none"))
    }
  }
}

extension Scene {
  fileprivate func take(_ pack: LessonPack, isDryRun: Bool = false) async throws -> LessonImportReport {
    let viewer = try await viewer(.omar)
    let world = world
    return try await store.write { tx in try ImportLessons(pack, isDryRun: isDryRun)(tx, viewer, world) }
  }

  /// Names of the lessons that did not ship with Tandem.
  fileprivate func slugs() async throws -> [String] {
    let org = org
    return try await store.read { tx in
      try tx.values("SELECT slug FROM lesson WHERE org_id = \(org) AND origin = 'authored' ORDER BY slug")
    }
  }
}
