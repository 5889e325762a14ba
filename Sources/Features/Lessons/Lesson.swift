import Interchange
import Kit
import Store
import Web

/// A lesson of an organisation: its file, and what lists need to know of it.
public struct Lesson: Sendable, RowDecodable {
  public enum State: String, Choice, Bindable { case draft, published, withdrawn }
  /// Who finds it: everybody, or the mentees of its author and those to whom it is assigned.
  public enum Audience: String, Choice, Bindable { case everybody, mentees }

  public let id: ID<Lesson>
  /// The stable name of its file.
  public let slug: String
  public let title: String
  public let language: String
  /// Computed from its parts, rounded up.
  public let minutes: Int
  /// Screens of the player.
  public let parts: Int
  public let state: State
  public let audience: Audience
  public let author: ID<Person>?
  public let authorName: String
  public let version: Int

  static let columns: SQL =
    """
    lesson.id, lesson.slug, lesson.title, lesson.language, lesson.minutes, lesson.parts, lesson.state, lesson.audience,
    lesson.author_id, lesson.author_name, lesson.version
    """

  public init(row: Row) throws {
    id = try row("id")
    slug = try row("slug")
    title = try row("title")
    language = try row("language")
    minutes = try row("minutes")
    parts = try row("parts")
    state = try row("state")
    audience = try row("audience")
    author = try row.optional("author_id")
    authorName = try row("author_name")
    version = try row("version")
  }

  /// The lessons a person may open. Somebody to whom a lesson was assigned may open it whoever it was made for.
  static func visible(to viewer: Viewer) -> SQL {
    let person = viewer.person
    let editor: SQL = Permission.editor.allows(viewer.roles) ? " OR lesson.audience = 'everybody'" : ""
    return """
      lesson.org_id = \(viewer.org) AND (lesson.author_id = \(person) OR lesson.state = 'published' AND (lesson.audience = 'everybody'
        OR lesson.author_id IN (\(Mentees.mentors(of: person, org: viewer.org)))
        OR EXISTS (SELECT 1 FROM assignment WHERE assignment.org_id = \(viewer.org) AND assignment.person_id = \(person)
          AND assignment.lesson_id = lesson.id AND assignment.withdrawn_at IS NULL))\(editor))
      """
  }

  public static func find(_ id: ID<Lesson>, for viewer: Viewer, _ tx: Transaction) throws -> Lesson {
    let lesson: Lesson? = try tx.first("SELECT \(columns) FROM lesson WHERE \(visible(to: viewer)) AND lesson.id = \(id)")
    guard let lesson else { throw Problem.notFound }
    return lesson
  }

  /// The lesson as its file says it.
  func document(org: ID<Organisation>, _ tx: Transaction) throws -> LessonDocument {
    let source: String = try tx.value("SELECT source FROM lesson WHERE org_id = \(org) AND id = \(id)") ?? ""
    let reading = LessonDocument.read(Array(source.utf8))
    guard let document = reading.document else { throw UnreadableLesson(slug: slug, findings: reading.errors) }
    return document
  }

  /// A stored lesson passed every rule when it was stored.
  struct UnreadableLesson: Error {
    let slug: String
    let findings: [Finding]
  }

  func mayEdit(_ viewer: Viewer) -> Bool {
    author == viewer.person || author != nil && audience == .everybody && Permission.editor.allows(viewer.roles)
  }
}
