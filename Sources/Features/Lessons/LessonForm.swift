import Kit
import Store
import Web

/// The page on which a lesson is written.
struct NewLesson: UseCase {
  /// An insight to start from.
  var insight: ID<Insight>?
  // What was chosen in a form that was refused.
  var skills: [String]?

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> LessonFormPage {
    try LessonWriters.admit(viewer, audience: nil)
    let start = try insight.map { try Insight.find($0, for: viewer, tx) }
    var form = LessonForm.form(
      "/lessons", button: "Save draft", title: "", text: start.map { LessonDraft.from($0.text) } ?? LessonDraft.example,
      skills: try PickedSkills([], typed: skills, tx), level: 2, audience: .mentees, viewer)
    if let start { form.fields.append(.hidden("insight", start.id.description)) }
    return LessonFormPage(title: "Write a lesson", back: .init("Library", "/lessons"), form: form)
  }
}

struct EditLesson: UseCase {
  var lesson: ID<Lesson>
  // What was chosen in a form that was refused.
  var skills: [String]?

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> LessonFormPage {
    let lesson = try LessonWriters.find(lesson, viewer, tx)
    let source: String = try tx.value("SELECT source FROM lesson WHERE org_id = \(viewer.org) AND id = \(lesson.id)") ?? ""
    let entries = try LessonSkills.of([lesson.id], org: viewer.org, tx)
    let named = try Skill.named(entries.map(\.skill), tx)
    var form = LessonForm.form(
      "/lessons/\(lesson.id)", button: "Save", title: lesson.title, text: LessonDraft.text(of: source),
      skills: try PickedSkills(entries.compactMap { named[$0.skill] }, typed: skills, tx), level: entries.first?.level ?? 2,
      audience: lesson.audience, viewer)
    form.fields.append(.hidden("version", "\(lesson.version)"))
    return LessonFormPage(title: "Edit \(lesson.title)", back: .init(lesson.title, "/lessons/\(lesson.id)"), form: form)
  }
}

struct LessonFormPage: Output {
  let title: String
  let back: Form.Link
  let form: Form
}

enum LessonForm {
  static func form(
    _ action: String, button: String, title: String, text: String, skills: PickedSkills, level: Int, audience: Lesson.Audience,
    _ viewer: Viewer
  ) -> Form {
    var fields: [Form.Field] = [
      .text("title", "Title", value: title, help: "What a learner can do afterwards, in a few words.", max: 120),
      .skills("skills", "Skills", skills, help: "The skills it trains.", optional: true),
      .stepper("level", "Level it leads to", value: level, 1...5, help: "1 is new to it, 5 is what others come for."),
      .area(
        "text", "Text", value: text,
        help:
          "Markdown. Two hashes begin a new screen. Blocks: quiz, flashcards, scenario, reflection, cheatsheet. The time is computed and stays below 15 minutes.",
        rows: 18, max: 60_000),
    ]
    if Permission.editor.allows(viewer.roles) {
      fields.append(
        .choose(
          .radio, "audience", "Who finds it",
          [.init("mentees", "My mentees", chosen: audience == .mentees), .init("everybody", "Everybody", chosen: audience == .everybody)]))
    }
    return Form(action, button: button, cancel: .init("Cancel", action), fields)
  }
}
