import Interchange
import Kit
import Store
import Web

/// Writes a lesson that passed every rule: a new row, or the next version of the one with the same name.
struct StoreLesson {
  var document: LessonDocument
  var minutes: Int
  var skills: [LessonSkill]
  var origin: String
  var state: Lesson.State
  var audience: Lesson.Audience = .everybody
  var author: ID<Person>?
  var authorName: String
  var insight: ID<Insight>?

  struct LessonSkill: Sendable {
    let id: ID<Skill>
    let level: Int
  }

  func callAsFunction(_ tx: Transaction, org: ID<Organisation>, _ world: World) throws -> ID<Lesson> {
    let made: ID<Lesson> = world.id()
    let now = world.now()
    let source = document.text
    let row = try tx.row(
      """
      INSERT INTO lesson (org_id, id, slug, title, language, minutes, parts, source, origin, state, audience, author_id, author_name,
        insight_id, review_by, version, created_at, updated_at, published_at)
      VALUES (\(org), \(made), \(document.id), \(document.title), \(document.language), \(max(1, minutes)), \(Screen.count(of: document)),
        \(source), \(origin), \(state), \(audience), \(author), \(authorName), \(insight), \(document.reviewBy), 1, \(now), \(now),
        \(state == .published ? now : nil))
      ON CONFLICT (org_id, slug) DO UPDATE SET title = excluded.title, language = excluded.language, minutes = excluded.minutes,
        parts = excluded.parts, source = excluded.source, state = excluded.state, audience = excluded.audience,
        author_name = excluded.author_name, review_by = excluded.review_by,
        version = lesson.version + CASE WHEN lesson.source = excluded.source THEN 0 ELSE 1 END,
        updated_at = CASE WHEN lesson.source = excluded.source THEN lesson.updated_at ELSE excluded.updated_at END,
        published_at = coalesce(lesson.published_at, excluded.published_at)
      RETURNING id
      """)
    let id: ID<Lesson> = try row?("id") ?? made
    try tx.run("DELETE FROM lesson_skill WHERE org_id = \(org) AND lesson_id = \(id)")
    if !skills.isEmpty {
      let rows: [SQL] = skills.enumerated().map { "(\(org), \(id), \($1.id), \($1.level), \($0))" }
      try tx.run("INSERT INTO lesson_skill (org_id, lesson_id, skill_id, level, position) VALUES \(SQL.joined(rows, by: ", "))")
    }
    if state == .published, audience == .everybody {
      try tx.index(org: org.value, kind: "lesson", id: id.value, title: document.title, body: document.searchText)
    } else {
      try tx.index(
        org: org.value, kind: "lesson", id: id.value, title: document.title, body: document.searchText, visibleTo: author?.value ?? -1)
    }
    return id
  }
}

extension LessonDocument {
  /// What a search looks through: prose and sheets, questions and cards, without their answers.
  var searchText: String {
    parts.map { part in
      switch part {
      case .prose(let text), .cheatsheet(let text): text
      case .quiz(let questions): questions.map(\.readable.text.text).joined(separator: "\n")
      case .flashcards(let notes): notes.flatMap(\.cards).map(\.front).joined(separator: "\n")
      case .scenario(let scenario): scenario.opening
      case .reflection(let reflection): reflection.prompt
      case .recording(let recording): recording.title
      case .picture(let picture): picture.alternative
      }
    }.joined(separator: "\n\n")
  }
}
