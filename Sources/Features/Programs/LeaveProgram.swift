import Kit
import Store
import Web

/// Takes somebody out of a program; what they did stays.
struct LeaveProgram: UseCase {
  var program: ID<Program>
  var person: ID<Person>

  struct Left: Output {
    let program: ID<Program>
    let person: ID<Person>
    let name: String
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Left {
    let program = try Program.findOpen(program, for: viewer, tx)
    return try LeaveProgram.set(program, person, "program.left", tx, viewer, world) { row in
      "UPDATE enrolment SET left_at = \(world.now()) WHERE \(row) AND left_at IS NULL"
    }
  }

  fileprivate static func set(
    _ program: Program, _ person: ID<Person>, _ verb: String, _ tx: Transaction, _ viewer: Viewer, _ world: World,
    _ statement: (SQL) -> SQL
  ) throws -> Left {
    guard let member = try Member.find([person], org: viewer.org, tx).first else { throw Problem.notFound }
    try tx.swap(
      statement("org_id = \(viewer.org) AND program_id = \(program.id) AND person_id = \(person)"),
      otherwise: .conflict(code: "enrolment_changed", detail: "This was changed a moment ago. Look at the list again."))
    try tx.record(viewer, verb, program.id, ["person": person.description], world)
    return Left(program: program.id, person: person, name: member.name)
  }
}

/// Brings them back. Whoever was taken out before the letter about the enrolment was due is enrolled anew, and so is told.
struct RejoinProgram: UseCase {
  var program: ID<Program>
  var person: ID<Person>

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> LeaveProgram.Left {
    let program = try Program.findOpen(program, for: viewer, tx)
    let now = world.now()
    let renewed = try tx.run(
      """
      UPDATE enrolment SET enrolled_at = \(now), enrolled_by = \(viewer.person)
      WHERE org_id = \(viewer.org) AND program_id = \(program.id) AND person_id = \(person)
        AND left_at < enrolled_at + \(TellEnrolled.patience.microseconds)
      """)
    let back = try LeaveProgram.set(program, person, "program.rejoined", tx, viewer, world) { row in
      "UPDATE enrolment SET left_at = NULL WHERE \(row) AND left_at IS NOT NULL"
    }
    if renewed == 1 { _ = try TellEnrolled.plan([person], in: program, at: now, tx, viewer, world) }
    return back
  }
}
