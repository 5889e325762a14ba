import Kit
import Store
import Web

/// The page on which somebody is asked to do a lesson.
struct ShowAssign: UseCase {
  var lesson: ID<Lesson>

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> AssignPage {
    let lesson = try Lesson.find(lesson, for: viewer, tx)
    var people = [Form.Option("", "Myself", chosen: true)]
    people += try receivers(viewer, tx).filter { $0.id != viewer.person }.map { Form.Option($0.id.description, $0.name) }
    var fields: [Form.Field] = []
    if people.count > 1 { fields.append(.choose(.select, "person", "For whom", people)) }
    fields.append(.text("due", "Until", help: "A day, so that it comes up in time.", type: "date", optional: true))
    if people.count > 1 {
      fields.append(.text("why", "Why this lesson", help: "One line in your own words. It stands in the mail.", optional: true, max: 300))
    }
    return AssignPage(
      id: lesson.id, title: lesson.title, canAssign: people.count > 1,
      form: Form(
        "/lessons/\(lesson.id)/assignments", button: people.count > 1 ? "Assign" : "Plan it",
        cancel: .init("Cancel", "/lessons/\(lesson.id)"), fields))
  }

  private func receivers(_ viewer: Viewer, _ tx: Transaction) throws -> [Member] {
    guard Permission.manager.allows(viewer.roles) else { return try Mentees.members(of: viewer, tx) }
    return try tx.all(
      "SELECT \(Member.columns) FROM person WHERE org_id = \(viewer.org) AND state = 'active' ORDER BY name, id LIMIT 500")
  }
}

struct AssignPage: Output {
  let id: ID<Lesson>
  let title: String
  /// Whether there is anybody besides oneself.
  let canAssign: Bool
  let form: Form
}
