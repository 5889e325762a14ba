import Kit
import Store
import Web

/// The page on which an editor takes in files of lessons.
struct ShowLessonImport: UseCase {
  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> LessonImportPage {
    var field = Form.Field.file(
      "file", "File", help: "A lesson (.md), questions in GIFT (.gift or .txt), or many of both in a zip archive. At most 50 MB.")
    field.accept = ".md,.gift,.txt,.zip"
    return LessonImportPage(
      form: Form(
        "/lessons/import", button: "Take it in", id: "lessons", multipart: true, cancel: .init("Cancel", "/lessons"),
        [
          field, .checkbox("publish", "Publish new lessons at once", checked: false, help: "Else they begin as drafts."),
          .checkbox("dry_run", "Only check it", checked: false, help: "Says what would happen, and changes nothing."),
        ]))
  }
}

struct LessonImportPage: Output { let form: Form }

/// Takes files of lessons in from the browser.
struct TakeLessons: Input {
  var file: Upload?
  var publish: Bool?
  var dryRun: Bool?

  static let endpoint = Endpoint.custom(
    .post, "/lessons/import", allow: .editor, "Take in lessons and questions", input: TakeLessons.self, output: .of(LessonImportReport.self)
  ) { call, input in
    // Who may is asked before a byte of the file is looked at.
    try await call.reading { tx in _ = try call.admit(tx) }
    guard let file = input.file, !file.bytes.isEmpty else { throw Problem.invalid("file", "Choose a file, such as lessons.zip.") }
    let pack = try LessonPack(name: file.name, content: file.bytes)
    // Read before the transaction begins.
    let act = ImportLessons(pack, isDryRun: input.dryRun == true, isPublished: input.publish == true)
    let put: @Sendable (Transaction) throws -> LessonImportReport = { tx in try act(tx, try call.admit(tx), call.site.world) }
    let report = try await act.isDryRun ? call.reading(put) : call.writing(put)
    guard report.faults.isEmpty else {
      let more = report.faults.count > 8 ? " And \(report.faults.count - 8) more." : ""
      throw Problem.invalid("file", "Nothing was changed. \(report.faults.prefix(8).joined(separator: " "))\(more)")
    }
    let words = "\(counted(report.added, "new lesson")), \(report.changed) changed, \(report.unchanged) as before."
    return try Answer.acted(
      report,
      Destination(
        report.isDryRun ? "/lessons/import" : "/lessons", say: report.isDryRun ? "Nothing was changed yet: \(words)" : "Taken in: \(words)")
    )
  }.with {
    $0.takesFiles = true
    $0.form = "/lessons/import"
  }
}
