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

  @Test("files are read before anything waits for the database")
  func early() {
    let act = ImportLessons(LessonPack([.init(name: "bad.gift", content: Array("A {=b".utf8))]), isDryRun: true)
    #expect(act.found.faults.contains { $0.hasPrefix("bad.gift, line 1: ") })
  }

  @Test("a lesson that the reader of the file may not change is a fault, also when only checking, and stays", arguments: Databases.each)
  func foreign(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let made = try await scene.browser(.ada).postJSON("/lessons", #"{"title": "Mine", "text": "My own idea."}"#)
      let id = try #require(made.json["id"].text)
      let slug = try #require(try await scene.slugs().first)
      let pack = LessonPack([
        .init(name: "good.md", content: Array(Self.lesson.utf8)),
        .init(name: "taken.md", content: Array(Self.lesson.replacing("brought-along", with: slug).utf8)),
      ])
      for isDryRun in [true, false] {
        let report = try await scene.take(pack, isDryRun: isDryRun)
        #expect(report.faults == ["taken.md: the lesson \(slug) here is not yours to change. Give this one another id."])
        #expect(report.changed == 0)
      }
      #expect(try await scene.slugs() == [slug])
      #expect(try await scene.browser(.ada).get("/lessons/\(id)/edit").body.contains("My own idea."))
    }
  }

  @Test("files of questions named in other scripts are lessons of their own; plain names stay as they were", arguments: Databases.each)
  func scripts(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let content = Array("What is it? {=Behaviour ~Opinion}\n".utf8)
      let pack = LessonPack(
        ["вопросы.gift", "ответы.gift", "问题.gift", "team feedback.gift"].map { LessonPack.File(name: $0, content: content) })
      let report = try await scene.take(pack)
      #expect(report.faults == [] && report.added == 4)
      let slugs = try await scene.slugs()
      #expect(slugs.count == 4 && slugs.contains("questions-team-feedback"))
      #expect(try await scene.take(pack).unchanged == 4)
    }
  }

  @Test("writing an imported lesson anew keeps what its file said beside title, text and skills", arguments: Databases.each)
  func rewritten(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let file = """
        ---
        id: auf-deutsch
        title: Eine Lektion
        skills: [{negotiation: 3}, {public-speaking: 1}]
        language: de
        minutes: 1
        licence: CC-BY-4.0
        review-by: 2027-06-30
        ---
        Ein Gedanke.

        """
      #expect(try await scene.take(LessonPack([.init(name: "l.md", content: Array(file.utf8))])).faults == [])
      let (org, id) = (scene.org, try await scene.lesson("auf-deutsch"))
      let text = String(repeating: "Ein anderer Gedanke. ", count: 300)
      try await scene.do(
        .omar, RewriteLesson(lesson: id, title: "Neu", skills: ["public-speaking", "negotiation"], level: 3, text: text, version: 1))
      let source = try await scene.store.read { tx in
        try tx.value("SELECT source FROM lesson WHERE org_id = \(org) AND id = \(id)", as: String.self)
      }
      let document = try #require(LessonDocument.read(Array((source ?? "").utf8)).document)
      #expect(document.title == "Neu" && document.language == "de" && document.licence == "CC-BY-4.0")
      #expect(document.reviewBy == "2027-06-30" && document.author == nil)
      #expect(document.skills == [.init(skill: "public-speaking", level: 1), .init(skill: "negotiation", level: 3)])
      let levels = try await scene.store.read { tx in try LessonSkills.of([id], org: org, tx).map(\.level) }
      #expect(levels == [1, 3])
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
      let questions = ExportLessons.questions(in: files)
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
    let act = ImportLessons(pack, isDryRun: isDryRun)
    // A transaction that only reads refuses to write.
    let put: @Sendable (Transaction) throws -> LessonImportReport = { tx in try act(tx, viewer, world) }
    return try await isDryRun ? store.read(put) : store.write(put)
  }

  /// Names of the lessons that did not ship with Tandem.
  fileprivate func slugs() async throws -> [String] {
    let org = org
    return try await store.read { tx in
      try tx.values("SELECT slug FROM lesson WHERE org_id = \(org) AND origin = 'authored' ORDER BY slug")
    }
  }
}
