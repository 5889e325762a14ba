import Kit
import Store
import Web

/// What the organisation has to learn a skill with.
enum SkillLessons {
  struct TrackLink: Output {
    let title: String
    let detail: String
    let href: String
  }

  private static let most = 12

  /// Published lessons of a skill, the easiest and the shortest first.
  static func lessons(_ skill: ID<Skill>, _ viewer: Viewer, _ tx: Transaction) throws -> [LessonSummary] {
    let lessons: [Lesson] = try tx.all(
      """
      SELECT \(Lesson.columns) FROM lesson_skill JOIN lesson ON lesson.org_id = lesson_skill.org_id AND lesson.id = lesson_skill.lesson_id
      WHERE lesson_skill.org_id = \(viewer.org) AND lesson_skill.skill_id = \(skill) AND \(Lesson.visible(to: viewer))
        AND lesson.state = 'published'
      ORDER BY lesson_skill.level, lesson.minutes, lesson.title, lesson.id LIMIT \(most)
      """)
    return try LessonSummary.list(lessons, viewer, tx)
  }

  static func tracks(_ skill: ID<Skill>, _ viewer: Viewer, _ tx: Transaction) throws -> [TrackLink] {
    let tracks: [Track] = try tx.all(
      """
      SELECT \(Track.columns) FROM track WHERE org_id = \(viewer.org) AND skill_id = \(skill)
      ORDER BY from_level, title, id LIMIT \(most)
      """)
    return tracks.map { TrackLink(title: $0.title, detail: "Level \($0.fromLevel) to \($0.toLevel)", href: "/tracks/\($0.id)") }
  }
}
