import Foundation
import Interchange
import Kit
import TandemTesting
import Testing

@testable import Features

@Suite("Lessons that ship with Tandem")
struct StarterLessonTests {
  @Test("every lesson that ships keeps its rules, is at most 15 minutes long and ends in cards or a reflection")
  func rules() throws {
    let pack = try StarterLessons.shipped.get()
    #expect(pack.lessons.count >= 18)
    for lesson in pack.lessons {
      #expect((1...15).contains(lesson.minutes), "\(lesson.document.id)")
      let hasThought = lesson.document.parts.contains { if case .reflection = $0 { true } else { false } }
      #expect(!lesson.document.cards.isEmpty || hasThought, "\(lesson.document.id)")
      // The Markdown of lessons has no tables: their bars would be shown as they are.
      #expect(!lesson.document.text.contains("\n|"), "\(lesson.document.id)")
      #expect(LessonDocument.read(Array(lesson.document.text.utf8)).document == lesson.document, "\(lesson.document.id)")
    }
  }

  @Test("a new organisation has every lesson with its skills, and every track in its order", arguments: Databases.each)
  func installed(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let pack = try StarterLessons.shipped.get()
      let org = scene.org
      let (lessons, skills, tracks) = try await scene.store.read { tx in
        (
          try tx.count("SELECT count(*) FROM lesson WHERE org_id = \(org) AND state = 'published'"),
          try tx.count("SELECT count(*) FROM lesson_skill WHERE org_id = \(org)"),
          try tx.values(
            """
            SELECT lesson.slug FROM track JOIN track_lesson ON track_lesson.org_id = track.org_id AND track_lesson.track_id = track.id
              JOIN lesson ON lesson.org_id = track.org_id AND lesson.id = track_lesson.lesson_id
            WHERE track.org_id = \(org) AND track.slug = 'speaking-in-public' ORDER BY track_lesson.position
            """, as: String.self)
        )
      }
      #expect(lessons == pack.lessons.count)
      #expect(skills == pack.lessons.reduce(0) { $0 + $1.document.skills.count })
      #expect(tracks == pack.tracks.first { $0.id == "speaking-in-public" }?.lessons)
    }
  }

  @Test("importing twice updates the text and keeps everybody's progress", arguments: Databases.each)
  func again(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let id = try await scene.lesson("feedback-that-lands")
      try await scene.finish(id)
      let (org, world) = (scene.org, scene.world)
      try await scene.store.write { tx in
        try tx.run("UPDATE lesson SET title = 'An older title', source = 'older' WHERE org_id = \(org) AND id = \(id)")
        try StarterLessons.install(org: org, tx: tx, world: world)
        try StarterLessons.install(org: org, tx: tx, world: world)
      }
      let viewer = try await scene.viewer(.ben)
      try await scene.store.read { tx in
        let lesson = try Lesson.find(id, for: viewer, tx)
        #expect(lesson.title == "Feedback that lands")
        #expect(lesson.version == 2, "one change of text is one version")
        try #expect(Attempt.latest(id, viewer, tx)?.isFinished == true)
        try #expect(tx.count("SELECT count(*) FROM card WHERE org_id = \(org)") == 5)
        try #expect(tx.count("SELECT count(*) FROM lesson WHERE org_id = \(org)") == StarterLessons.shipped.get().lessons.count)
      }
    }
  }

  @Test("a file that breaks a rule is refused with its line and the reason")
  func refused() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "tandem-lessons-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let text = "---\nid: broken\ntitle: Broken\nlanguage: en\n---\nText.\n\n```quiz\n::Half::What is it? {\n```\n"
    try Data(text.utf8).write(to: folder.appending(path: "broken.md"))
    do {
      _ = try StarterLessons.read(folder, tracks: [])
      Issue.record("The broken file was taken.")
    } catch let refused as StarterLessons.Refused {
      #expect(refused.description.hasPrefix("broken.md, line 9:"), "\(refused)")
    }
  }
}
