import Kit
import Store
import Web

/// The title of a lesson that somebody may open.
struct LessonTitle: Sendable, RowDecodable {
  let id: ID<Lesson>
  let title: String

  init(row: Row) throws {
    id = try row("id")
    title = try row("title")
  }

  /// Up to 2,000 titles, in one statement: enough to hold a misspelt word against.
  static func all(_ viewer: Viewer, _ tx: Transaction) throws -> [LessonTitle] {
    try tx.all("SELECT lesson.id, lesson.title FROM lesson WHERE \(Lesson.visible(to: viewer)) ORDER BY lesson.id DESC LIMIT 2000")
  }
}
