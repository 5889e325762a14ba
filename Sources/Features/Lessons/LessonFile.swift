import Kit
import Store
import Web

/// The file of a lesson, as an import takes it.
struct LessonFile: Input {
  var lesson: ID<Lesson>

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer) throws -> (name: String, text: String) {
    let lesson = try Lesson.find(lesson, for: viewer, tx)
    return (lesson.slug, try tx.value("SELECT source FROM lesson WHERE org_id = \(viewer.org) AND id = \(lesson.id)") ?? "")
  }
}
