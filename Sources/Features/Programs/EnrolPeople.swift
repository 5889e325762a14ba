import Kit
import Store
import Web

/// Brings people into a program by their addresses.
public struct EnrolPeople: UseCase {
  public var program: ID<Program>
  /// Addresses, with commas, spaces or line ends between.
  public var people: String
  public var role: Program.Role

  public static let rules: [String: Rule] = ["people": .text(3...50_000)]
  static let most = 1_000

  public init(program: ID<Program>, people: String, role: Program.Role) {
    self.program = program
    self.people = people
    self.role = role
  }

  public struct Enrolled: Output {
    public let program: ID<Program>
    public let count: Int
  }

  public func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Enrolled {
    let program = try Program.find(program, for: viewer, tx)
    let addresses = Set(people.lowercased().split { $0.isWhitespace || $0 == "," || $0 == ";" }.map(String.init))
    guard addresses.count <= EnrolPeople.most else { throw Problem.invalid("people", "At most \(EnrolPeople.most) people at a time.") }
    let found = try tx.rows(
      "SELECT id, email FROM person WHERE org_id = \(viewer.org) AND state = 'active' AND email IN \(SQL.list(addresses.sorted()))")
    let known = Set(try found.map { try $0("email", as: String.self) })
    let unknown = addresses.subtracting(known).sorted()
    guard unknown.isEmpty else {
      let more = unknown.count > 3 ? " and \(unknown.count - 3) more" : ""
      throw Problem.invalid(
        "people",
        "Not an active member: \(unknown.prefix(3).map { $0.shortened(to: 60) }.joined(separator: ", "))\(more). Invite them first.")
    }
    let rows = try found.map { row in
      "(\(viewer.org), \(program.id), \(try row("id", as: ID<Person>.self)), \(role), \(viewer.person), \(world.now()))" as SQL
    }
    guard !rows.isEmpty else { throw Problem.invalid("people", "Give at least one address.") }
    try tx.run(
      """
      INSERT INTO enrolment (org_id, program_id, person_id, role, enrolled_by, enrolled_at) VALUES \(SQL.joined(rows, by: ", "))
      ON CONFLICT (org_id, program_id, person_id) DO UPDATE SET role = excluded.role, left_at = NULL
      """)
    try tx.record(viewer, "program.enrolled", program.id, ["people": "\(rows.count)", "role": role.rawValue], world)
    return Enrolled(program: program.id, count: rows.count)
  }
}

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
    try LeaveProgram.set(program, person, "program.left", tx, viewer, world) { row in
      "UPDATE enrolment SET left_at = \(world.now()) WHERE \(row) AND left_at IS NULL"
    }
  }

  fileprivate static func set(
    _ program: ID<Program>, _ person: ID<Person>, _ verb: String, _ tx: Transaction, _ viewer: Viewer, _ world: World,
    _ statement: (SQL) -> SQL
  ) throws -> Left {
    let program = try Program.find(program, for: viewer, tx)
    guard let member = try Member.find([person], org: viewer.org, tx).first else { throw Problem.notFound }
    try tx.swap(
      statement("org_id = \(viewer.org) AND program_id = \(program.id) AND person_id = \(person)"),
      otherwise: .conflict(code: "enrolment_changed", detail: "This was changed a moment ago. Look at the list again."))
    try tx.record(viewer, verb, program.id, ["person": person.description], world)
    return Left(program: program.id, person: person, name: member.name)
  }
}

/// Brings them back.
struct RejoinProgram: UseCase {
  var program: ID<Program>
  var person: ID<Person>

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> LeaveProgram.Left {
    try LeaveProgram.set(program, person, "program.rejoined", tx, viewer, world) { row in
      "UPDATE enrolment SET left_at = NULL WHERE \(row) AND left_at IS NOT NULL"
    }
  }
}
