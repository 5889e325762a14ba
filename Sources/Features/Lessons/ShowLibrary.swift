import Kit
import Store
import Web

/// The library: search, filter by skill and length.
struct ShowLibrary: UseCase {
  var q: String?
  var skill: ID<Skill>?
  /// At most so many minutes.
  var minutes: Int?
  var after: ID<Lesson>?

  static var rules: [String: Rule] { ["q": .text(0...200), "minutes": .number(1...15)] }
  static let pageSize = 30

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> LibraryPage {
    let words = (q ?? "").trimmed
    var lessons = try words.isEmpty ? listed(viewer, tx) : found(words, viewer, tx)
    let more = words.isEmpty && lessons.count > Self.pageSize
    lessons = Array(lessons.prefix(Self.pageSize))
    let skills: [ID<Skill>] = try tx.values(
      """
      SELECT lesson_skill.skill_id FROM lesson_skill JOIN lesson ON lesson.org_id = lesson_skill.org_id AND lesson.id = lesson_skill.lesson_id
      WHERE lesson_skill.org_id = \(viewer.org) AND lesson.state = 'published' GROUP BY lesson_skill.skill_id
      ORDER BY count(*) DESC, lesson_skill.skill_id LIMIT 40
      """)
    let named = try Skill.named(skills, tx)
    let tracks: [Track] = try tx.all("SELECT \(Track.columns) FROM track WHERE org_id = \(viewer.org) ORDER BY title, id LIMIT 12")
    let isFiltered = !words.isEmpty || skill != nil || minutes != nil
    return LibraryPage(
      q: words,
      skills: skills.compactMap { named[$0] }.sorted { $0.label < $1.label }.map {
        Form.Option($0.id.description, $0.label, chosen: $0.id == skill)
      },
      lengths: [3, 5, 8, 15].map { (length: Int) in Form.Option("\(length)", "Up to \(length) min", chosen: length == minutes) },
      lessons: try LessonSummary.list(lessons, viewer, tx), isFiltered: isFiltered,
      tracks: isFiltered || after != nil ? [] : tracks.map { .init(title: $0.title, href: "/tracks/\($0.id)", summary: $0.summary) },
      nextHref: more ? lessons.last.map { address(after: $0.id) } : nil,
      mayWrite: viewer.has(.mentor) || Permission.editor.allows(viewer.roles), mayImport: Permission.editor.allows(viewer.roles))
  }

  private func listed(_ viewer: Viewer, _ tx: Transaction) throws -> [Lesson] {
    let further: SQL =
      after.map { last in
        " AND (lesson.title, lesson.id) > (SELECT l.title, l.id FROM lesson l WHERE l.org_id = \(viewer.org) AND l.id = \(last))"
      } ?? ""
    return try tx.all(
      """
      SELECT \(Lesson.columns) FROM lesson WHERE \(Lesson.visible(to: viewer)) AND lesson.state <> 'withdrawn'\(filters)\(further)
      ORDER BY lesson.title, lesson.id LIMIT \(Self.pageSize + 1)
      """)
  }

  /// The index knows which words stand where; who may see a lesson is asked again here.
  private func found(_ words: String, _ viewer: Viewer, _ tx: Transaction) throws -> [Lesson] {
    let hits = try tx.search(org: viewer.org.value, kinds: ["lesson"], query: words, viewer: viewer.person.value, limit: 100)
    let ids = hits.map { ID<Lesson>($0.id) }
    let lessons: [Lesson] = try tx.all(
      "SELECT \(Lesson.columns) FROM lesson WHERE \(Lesson.visible(to: viewer)) AND lesson.id IN \(SQL.list(ids))\(filters)")
    let byID = Dictionary(lessons.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    return ids.compactMap { byID[$0] }
  }

  private var filters: SQL {
    var sql: SQL = ""
    if let skill {
      sql =
        sql + """
           AND EXISTS (SELECT 1 FROM lesson_skill WHERE lesson_skill.org_id = lesson.org_id AND lesson_skill.lesson_id = lesson.id
          AND lesson_skill.skill_id = \(skill))
          """
    }
    if let minutes { sql = sql + " AND lesson.minutes <= \(minutes)" }
    return sql
  }

  private func address(after last: ID<Lesson>) -> String {
    var parts = ["after=\(last)"]
    if let minutes { parts.append("minutes=\(minutes)") }
    if let skill { parts.append("skill=\(skill)") }
    return "/lessons?" + parts.joined(separator: "&")
  }
}

struct LibraryPage: Output {
  let q: String
  let skills: [Form.Option]
  let lengths: [Form.Option]
  let lessons: [LessonSummary]
  let isFiltered: Bool
  let tracks: [TrackLink]
  let nextHref: String?
  let mayWrite: Bool
  let mayImport: Bool

  struct TrackLink: Output {
    let title: String
    let href: String
    let summary: String
  }
}
