import Kit
import Scheduling
import Store
import Web

/// Changes what a program is called, what it is for and when it runs. A purpose that is left out is emptied; who takes part stays.
struct EditProgram: UseCase {
  var program: ID<Program>
  var name: String
  var template: Program.Template
  var purpose: String?
  var startsOn: String
  var endsOn: String
  /// The version the form was made from.
  var version: Int

  static let rules: [String: Rule] = ProgramTerms.rules

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> CreateProgram.Created {
    let program = try Program.findOpen(program, for: viewer, tx)
    let terms = try ProgramTerms(name: name, template: template, purpose: purpose, startsOn: startsOn, endsOn: endsOn)
    let others = try tx.count(
      "SELECT count(*) FROM program WHERE org_id = \(viewer.org) AND name = \(terms.name) AND id <> \(program.id)")
    guard others == 0 else { throw ProgramTerms.nameTaken }
    let changed = terms.changes(of: program)
    if changed.isEmpty { return CreateProgram.Created(id: program.id) }
    try tx.swap(
      """
      UPDATE program SET \(SQL.joined(changed.map(\.value), by: ", ")), version = version + 1
      WHERE org_id = \(viewer.org) AND id = \(program.id) AND closed_at IS NULL AND version = \(version)
      """,
      otherwise: .conflict(code: "program_changed", detail: "This program was changed in another window. Your words are kept below."))
    try tx.record(viewer, "program.changed", program.id, ["fields": changed.map(\.name).joined(separator: " ")], world)
    return CreateProgram.Created(id: program.id)
  }
}

/// The form for changing a program.
struct ProgramToEdit: UseCase {
  var program: ID<Program>

  struct Page: Output {
    var name: String
    var href: String
    var form: Form
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Page {
    let program = try Program.findOpen(program, for: viewer, tx)
    var form = Form(
      "\(program.href)/edit", button: "Save", cancel: Form.Link("Back to the program", program.href),
      ProgramTerms.fields(
        name: program.name, template: program.template, startsOn: program.startsOn, endsOn: program.endsOn, purpose: program.purpose))
    form.fields.append(.hidden("version", "\(program.version)"))
    return Page(name: program.name, href: program.href, form: form)
  }
}
