import Jobs
import Kit
import Scheduling
import Store
import Web

/// Tells people that they take part in a program now. However many were enrolled together, one job is enqueued, and it writes their letters
/// a part at a time.
struct TellEnrolled: Job {
  static let kind = "tell-enrolled"

  let program: ID<Program>
  /// The moment of their enrolment.
  let at: Kit.Instant

  /// Whoever is taken out again within it gets no letter, nor does anybody when the program is closed.
  static let patience = Span.minutes(10)
  private static let part = 100
  /// For so long the key of a letter surely keeps it from being written twice. Done jobs are kept a day longer.
  private static let memory = Span.days(29)

  static let handler = JobHandler(TellEnrolled.self) { job, run in
    let org = try run.org()
    var last: ID<Person>? = ID<Person>(0)
    while let after = last {
      last = try await run.store.write { tx in try job.tell(after: after, tx, org: org, run.world) }
    }
  }

  /// For those who were enrolled at this moment. Gives how many of them are told: not whoever enrolled themselves, nobody of a program that
  /// is over.
  static func plan(
    _ people: [ID<Person>], in program: Program, at now: Kit.Instant, _ tx: Transaction, _ viewer: Viewer, _ world: World
  ) throws -> Int {
    let others = people.filter { $0 != viewer.person }
    let due = now + patience
    guard let first = others.first, due < program.end else { return 0 }
    let job = TellEnrolled(program: program.id, at: now)
    try tx.enqueue(job, for: viewer.org, key: "\(program.id)/\(now.microseconds)/\(first)", at: due, world)
    return others.count
  }

  /// For those whose letters were due while the program was closed. The key of a letter keeps anybody from being told twice.
  static func planAgain(
    in program: Program, closedAt: Kit.Instant, _ tx: Transaction, _ viewer: Viewer, _ world: World
  ) throws {
    let due = world.now() + patience
    guard due < program.end else { return }
    let moments: [Kit.Instant] = try tx.values(
      """
      SELECT DISTINCT enrolled_at FROM enrolment
      WHERE org_id = \(viewer.org) AND program_id = \(program.id) AND left_at IS NULL AND enrolled_at >= \(min(closedAt - patience, world.now() - memory))
      """)
    for at in moments {
      let key = "\(program.id)/\(at.microseconds)/reopened/\(world.now().microseconds)"
      try tx.enqueue(TellEnrolled(program: program.id, at: at), for: viewer.org, key: key, at: due, world)
    }
  }

  /// Writes to the next of those who still take part; gives the last of them, nil when nobody is left. The key of a letter is that of the
  /// enrolment, so that a second try repeats none.
  private func tell(after: ID<Person>, _ tx: Transaction, org: ID<Organisation>, _ world: World) throws -> ID<Person>? {
    guard let found = try Program.find(program, org: org, tx), found.closedAt == nil else { return nil }
    let (manager, admin) = (Roles.manager.rawValue, Roles.admin.rawValue)
    // Whoever founded it runs it, unless they may not any more.
    let rows = try tx.rows(
      """
      SELECT enrolment.person_id, enrolment.role, enroller.name AS enroller,
        CASE WHEN founder.state = 'active' AND ((founder.roles / \(manager)) % 2 = 1 OR (founder.roles / \(admin)) % 2 = 1)
          THEN founder.name ELSE enroller.name END AS runner
      FROM enrolment
      JOIN program ON program.org_id = enrolment.org_id AND program.id = enrolment.program_id
      JOIN person enroller ON enroller.org_id = enrolment.org_id AND enroller.id = enrolment.enrolled_by
      JOIN person founder ON founder.org_id = program.org_id AND founder.id = program.created_by
      WHERE enrolment.org_id = \(org) AND enrolment.program_id = \(found.id) AND enrolment.enrolled_at = \(at)
        AND enrolment.left_at IS NULL AND enrolment.person_id <> enrolment.enrolled_by AND enrolment.person_id > \(after)
      ORDER BY enrolment.person_id LIMIT \(TellEnrolled.part)
      """)
    var last: ID<Person>?
    for row in rows {
      let person: ID<Person> = try row("person_id")
      var letter = EnrolmentLetter(
        program: found, role: try row("role"), enroller: try row("enroller"), runner: try row("runner")
      ).letter(to: person)
      letter.until = found.end
      try tx.send(letter, org: org, key: "enrolment/\(found.id)/\(person)/\(at.microseconds)", world)
      last = person
    }
    return rows.count < TellEnrolled.part ? nil : last
  }
}

/// What somebody who was enrolled is told: what it is, until when, who runs it, what comes next, and how to leave.
struct EnrolmentLetter {
  let program: Program
  let role: Program.Role
  let enroller: String
  let runner: String

  func letter(to person: ID<Person>) -> Letter {
    let days = "from \(DisplayTime.dayAndYear(program.startsOn)) until \(DisplayTime.dayAndYear(program.endsOn))"
    var paragraphs = [
      "\(enroller) enrolled you as a \(role.rawValue) in the program \(program.name). It runs \(days).",
      "\(program.template.words): \(program.template.help)", next,
      "\(runner) runs the program. To leave it, tell \(runner), who takes you out. What you did is kept.",
    ]
    if !program.purpose.isEmpty { paragraphs.append("This is what it is for:") }
    return Letter(
      to: person, .program, subject: "You take part in \(program.name)", paragraphs,
      quote: program.purpose.isEmpty ? nil : program.purpose, buttons: buttons)
  }

  private var next: String {
    switch role {
    case .mentee: "What comes next: ask for help with one thing. You see three people and their free times."
    case .mentor: "What comes next: say what people can ask you, and when you are free. Requests then come to you."
    }
  }

  /// The first is where the line on Today leads.
  private var buttons: [Letter.Button] {
    switch role {
    case .mentee: [.init("Ask for help", "/asks/new"), .init("Open Today", "/")]
    case .mentor: [.init("Say what people can ask you", "/you/skills"), .init("Open Today", "/")]
    }
  }
}
