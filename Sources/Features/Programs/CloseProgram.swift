import Kit
import Store
import Web

/// Ends a program. It stays as it is, with its people and its figures, until it is opened again.
struct CloseProgram: UseCase {
  var program: ID<Program>

  struct Closed: Output {
    let id: ID<Program>
    let name: String
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Closed {
    let program = try Program.find(program, for: viewer, tx)
    try tx.swap(
      """
      UPDATE program SET closed_at = \(world.now()), closed_by = \(viewer.person), version = version + 1
      WHERE org_id = \(viewer.org) AND id = \(program.id) AND closed_at IS NULL
      """, otherwise: Program.closed)
    try tx.record(viewer, "program.closed", program.id, [:], world)
    return Closed(id: program.id, name: program.name)
  }
}

/// Takes a closing back. Whoever was to be told of their enrolment meanwhile is told now.
struct ReopenProgram: UseCase {
  var program: ID<Program>

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> CloseProgram.Closed {
    let program = try Program.find(program, for: viewer, tx)
    try tx.swap(
      """
      UPDATE program SET closed_at = NULL, closed_by = NULL, version = version + 1
      WHERE org_id = \(viewer.org) AND id = \(program.id) AND closed_at IS NOT NULL
      """, otherwise: .conflict(code: "program_open", detail: "This program is open already."))
    try tx.record(viewer, "program.reopened", program.id, [:], world)
    if let closedAt = program.closedAt { try TellEnrolled.planAgain(in: program, closedAt: closedAt, tx, viewer, world) }
    return CloseProgram.Closed(id: program.id, name: program.name)
  }
}

/// The question before a program is closed, with what it means.
struct ProgramToClose: UseCase {
  var program: ID<Program>

  struct Page: Output {
    var name: String
    var href: String
    var effects: [String]
    var form: Form
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Page {
    let program = try Program.findOpen(program, for: viewer, tx)
    let people =
      program.people == 0
      ? "Nobody takes part." : "\(counted(program.people, "person takes part and stays", "people take part and stay")) in its list."
    return Page(
      name: program.name, href: program.href,
      effects: [
        "\(people) Nobody can be enrolled or taken out any more, and its name and dates stay.",
        "Its figures end today. You can go on reading and downloading them.",
        "Sessions, asks and goals of its people go on. Nobody is written to.",
        "You can open it again at any time.",
      ],
      form: Form("\(program.href)/close", button: "Close this program", cancel: Form.Link("Keep it open", program.href), []))
  }
}
