import Kit
import Store
import Web

/// A lesson in a list, as its viewer stands to it.
public struct LessonSummary: Output, Hashable {
  public let id: ID<Lesson>
  public let title: String
  public let href: String
  public let minutes: Int
  /// "7 min".
  public let length: String
  /// "Feedback, Mentoring".
  public let skills: String
  public let isDraft: Bool
  /// "Part 3 of 14"; absent when it is not under way.
  public let progress: String?
  public let isDone: Bool
}

extension LessonSummary {
  /// Summaries of lessons in their order, in four statements whatever their number.
  static func list(_ lessons: [Lesson], _ viewer: Viewer, _ tx: Transaction) throws -> [LessonSummary] {
    if lessons.isEmpty { return [] }
    let ids = lessons.map(\.id)
    let skills = try LessonSkills.labels(ids, org: viewer.org, tx)
    let attempts: [Attempt] = try tx.all(
      """
      SELECT \(Attempt.columns) FROM attempt
      WHERE org_id = \(viewer.org) AND person_id = \(viewer.person) AND lesson_id IN \(SQL.list(ids))
      """)
    let open = Dictionary(attempts.filter { !$0.isFinished }.map { ($0.lesson, $0.part) }, uniquingKeysWith: max)
    let done = Set(attempts.filter(\.isFinished).map(\.lesson))
    return lessons.map { lesson in
      LessonSummary(
        id: lesson.id, title: lesson.title, href: "/lessons/\(lesson.id)", minutes: lesson.minutes, length: "\(lesson.minutes) min",
        skills: (skills[lesson.id] ?? []).joined(separator: ", "), isDraft: lesson.state != .published,
        progress: open[lesson.id].map { "Part \(min($0, lesson.parts)) of \(lesson.parts)" }, isDone: done.contains(lesson.id))
    }
  }
}

enum LessonSkills {
  /// Labels of the skills of lessons, in the order of their files.
  static func labels(_ lessons: [ID<Lesson>], org: ID<Organisation>, _ tx: Transaction) throws -> [ID<Lesson>: [String]] {
    let rows = try of(lessons, org: org, tx)
    let named = try Skill.named(Set(rows.map(\.skill)), tx)
    return Dictionary(grouping: rows, by: \.lesson).mapValues { $0.compactMap { named[$0.skill]?.label } }
  }

  struct Entry: RowDecodable {
    let lesson: ID<Lesson>
    let skill: ID<Skill>
    let level: Int
    init(row: Row) throws {
      lesson = try row("lesson_id")
      skill = try row("skill_id")
      level = try row("level")
    }
  }

  static func of(_ lessons: [ID<Lesson>], org: ID<Organisation>, _ tx: Transaction) throws -> [Entry] {
    if lessons.isEmpty { return [] }
    return try tx.all(
      """
      SELECT lesson_id, skill_id, level FROM lesson_skill WHERE org_id = \(org) AND lesson_id IN \(SQL.list(lessons))
      ORDER BY lesson_id, position
      """)
  }
}

/// What other parts ask about lessons.
public enum Lessons {
  /// Lessons of these skills that the person has not finished, those of the first skills and the shortest first. Without skills,
  /// or when there are too few, the shortest of all fill up.
  public static func suggest(skills: [ID<Skill>], for viewer: Viewer, limit: Int, _ tx: Transaction) throws -> [LessonSummary] {
    let fitting: SQL =
      """
      (SELECT count(*) FROM lesson_skill WHERE lesson_skill.org_id = lesson.org_id AND lesson_skill.lesson_id = lesson.id
        AND lesson_skill.skill_id IN \(SQL.list(skills)))
      """
    let lessons: [Lesson] = try tx.all(
      """
      SELECT \(Lesson.columns) FROM lesson
      WHERE \(Lesson.visible(to: viewer)) AND lesson.state = 'published'
        AND NOT EXISTS (SELECT 1 FROM attempt WHERE attempt.org_id = lesson.org_id AND attempt.person_id = \(viewer.person)
          AND attempt.lesson_id = lesson.id AND attempt.finished_at IS NOT NULL)
      ORDER BY \(fitting) DESC, lesson.minutes, lesson.title, lesson.id LIMIT \(limit)
      """)
    return try LessonSummary.list(lessons, viewer, tx)
  }
}
