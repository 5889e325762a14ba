import Kit
import Store
import Web

/// Brings people into a program by their addresses.
public struct EnrolPeople: UseCase {
  public var program: ID<Program>
  /// Addresses, with commas, semicolons, blanks or line ends between, with or without names.
  public var people: String
  public var role: Program.Role

  public static let rules: [String: Rule] = ["people": .text(3...50_000)]
  static let most = 1_000
  /// How many faults are named.
  private static let mostNamed = 20

  public init(program: ID<Program>, people: String, role: Program.Role) {
    self.program = program
    self.people = people
    self.role = role
  }

  public struct Enrolled: Output {
    public let program: ID<Program>
    public let role: Program.Role
    /// Everybody who was named.
    public let count: Int
    /// The names of those of them who took part in the other role until now.
    public let moved: [String]
    /// How many of them took part in this role already.
    public let unchanged: Int
    /// How many of those who are new are told: each on the ways and at the hours of their own choice.
    public let told: Int

    var words: String {
      let added = count - moved.count - unchanged
      var parts: [String] = []
      if added > 0 { parts.append("\(counted(added, "person", "people")) enrolled as \(role.rawValue)\(added == 1 ? "" : "s").") }
      if let name = moved.first {
        parts.append(moved.count == 1 ? "\(name) is now \(role.rawValue)." : "\(moved.count) people are now \(role.rawValue)s.")
      }
      if unchanged > 0 { parts.append("\(counted(unchanged, "person", "people")) took part already.") }
      if told > 0 {
        let wait = counted(Int(TellEnrolled.patience.minutes), "minute")
        parts.append("\(counted(told, "person is", "people are")) told in \(wait), or after their quiet hours.")
      }
      return parts.joined(separator: " ")
    }
  }

  public func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Enrolled {
    let program = try Program.findOpen(program, for: viewer, tx)
    let pasted = PastedAddresses(people)
    guard pasted.addresses.count <= EnrolPeople.most else {
      throw Problem.invalid("people", "At most \(EnrolPeople.most) people at a time.")
    }
    let found: [Found] = try tx.all(
      """
      SELECT id, name, email, roles FROM person
      WHERE org_id = \(viewer.org) AND state = 'active' AND email IN \(SQL.list(pasted.addresses)) ORDER BY name, id
      """)
    let faults = refusals(pasted, found)
    guard faults.isEmpty else { throw Problem.invalid("people", faults.joined(separator: " ")) }
    guard !found.isEmpty else { throw Problem.invalid("people", "Give at least one address.") }
    let before = try EnrolPeople.roles(of: found.map(\.id), in: program, viewer, tx)
    let now = world.now()
    let rows: [SQL] = found.map { person in
      "(\(viewer.org), \(program.id), \(person.id), \(role), \(viewer.person), \(now))"
    }
    // Whoever comes back after leaving is enrolled anew; who never left only changes the role.
    try tx.run(
      """
      INSERT INTO enrolment (org_id, program_id, person_id, role, enrolled_by, enrolled_at) VALUES \(SQL.joined(rows, by: ", "))
      ON CONFLICT (org_id, program_id, person_id) DO UPDATE SET role = excluded.role,
        enrolled_by = CASE WHEN enrolment.left_at IS NULL THEN enrolment.enrolled_by ELSE excluded.enrolled_by END,
        enrolled_at = CASE WHEN enrolment.left_at IS NULL THEN enrolment.enrolled_at ELSE excluded.enrolled_at END, left_at = NULL
      """)
    try tx.record(viewer, "program.enrolled", program.id, ["people": "\(rows.count)", "role": role.rawValue], world)
    let new = found.map(\.id).filter { before[$0] == nil }
    let told = try TellEnrolled.plan(new, in: program, at: now, tx, viewer, world)
    let moved = found.filter { before[$0.id] != nil && before[$0.id] != role }
    return Enrolled(
      program: program.id, role: role, count: found.count, moved: moved.map(\.name), unchanged: found.count { before[$0.id] == role },
      told: told)
  }

  /// What stands in the way, each kind with its remedy.
  private func refusals(_ pasted: PastedAddresses, _ found: [Found]) -> [String] {
    let known = Set(found.map(\.email))
    let unknown = pasted.addresses.filter { !known.contains($0) }
    let others = role == .mentor ? found.filter { !$0.isMentor }.map(\.name) : []
    var sentences: [String] = []
    if !pasted.faults.isEmpty {
      let quoted = pasted.faults.map { "“\($0.shortened(to: 60))”" }
      sentences.append("\(EnrolPeople.some(of: quoted)) \(quoted.count == 1 ? "is not an address" : "are not addresses").")
    }
    if !unknown.isEmpty {
      let shown = unknown.map { $0.shortened(to: 60) }
      sentences.append("Not an active member: \(EnrolPeople.some(of: shown)). Invite them first.")
    }
    if !others.isEmpty {
      sentences.append(
        "Not a mentor: \(EnrolPeople.some(of: others)). Enrol them as mentees, or have them apply under You, Become a mentor.")
    }
    return sentences
  }

  private static func some(of words: [String]) -> String {
    let rest = words.count - mostNamed
    return listed(rest > 0 ? Array(words.prefix(mostNamed)) + ["\(rest) more"] : words)
  }

  /// As what each of them takes part until now.
  private static func roles(
    of people: [ID<Person>], in program: Program, _ viewer: Viewer, _ tx: Transaction
  ) throws -> [ID<Person>: Program.Role] {
    try tx.rows(
      """
      SELECT person_id, role FROM enrolment
      WHERE org_id = \(viewer.org) AND program_id = \(program.id) AND left_at IS NULL AND person_id IN \(SQL.list(people))
      """
    ).reduce(into: [:]) { $0[try $1("person_id")] = try $1("role", as: Program.Role.self) }
  }

  private struct Found: RowDecodable {
    let id: ID<Person>
    let name: String
    let email: String
    let isMentor: Bool

    init(row: Row) throws {
      id = try row("id")
      name = try row("name")
      email = try row("email")
      isMentor = Roles(rawValue: try row("roles")).contains(.mentor)
    }
  }
}
