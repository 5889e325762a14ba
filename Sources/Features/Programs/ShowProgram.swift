import Kit
import Scheduling
import Store
import Web

/// One program: its people, and the figures of those who take part.
struct ShowProgram: UseCase {
  var program: ID<Program>

  struct Participant: Output {
    var name: String
    var detail: String
    var role: String
    /// Nil once the program is closed.
    var remove: String?
  }

  struct Page: Output {
    var name: String
    var href: String
    /// What a change is made from.
    var version: Int
    var closed: Moment?
    var template: String
    var purpose: String?
    var dates: String
    /// ISO 8601, as the last day.
    var startsOn: String
    var endsOn: String
    var people: [Participant]
    var more: Int?
    var mentees: Int
    var mentors: Int
    /// "1 mentee, 2 mentors."
    var counts: String
    var stats: [ShowPrograms.Stat]
    var withheld: String?
    var figuresCsv: String
    /// For enrolling; nil once the program is closed.
    var form: Form?
    var csvHref: String
  }

  static let shown = 200

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Page {
    let program = try Program.find(program, for: viewer, tx)
    let enrolled = try Participants.load(program.id, org: viewer.org, tx)
    let figures = try ProgramFigures.load(program, enrolled, viewer, tx, world)
    let mentors = enrolled.count { $0.role == .mentor }
    let mentees = enrolled.count - mentors
    let isClosed = program.closedAt != nil
    return Page(
      name: program.name, href: program.href, version: program.version,
      closed: program.closedAt.map { Moment($0, viewer, now: world.now()) }, template: program.template.words,
      purpose: program.purpose.isEmpty ? nil : program.purpose, dates: program.dates, startsOn: program.startsOn.description,
      endsOn: program.endsOn.description,
      people: enrolled.prefix(ShowProgram.shown).map { entry in
        Participant(
          name: entry.member.name, detail: [entry.member.title, entry.member.department].filter { !$0.isEmpty }.joined(separator: ", "),
          role: entry.role == .mentor ? "Mentor" : "Mentee",
          remove: isClosed ? nil : "\(program.href)/people/\(entry.member.id)/leave")
      }, more: enrolled.count > ShowProgram.shown ? enrolled.count - ShowProgram.shown : nil,
      mentees: mentees, mentors: mentors, counts: "\(counted(mentees, "mentee")), \(counted(mentors, "mentor")).",
      stats: (figures.values ?? []).map(ShowPrograms.Stat.init), withheld: figures.values == nil ? ProgramFigures.withheld : nil,
      figuresCsv: "/programs/kpis.csv?program=\(program.id)",
      form: isClosed ? nil : ShowProgram.enrolForm(program), csvHref: "\(program.href)/people.csv")
  }

  private static func enrolForm(_ program: Program) -> Form {
    Form(
      "\(program.href)/people", button: "Enrol",
      [
        .area(
          "people", "Addresses",
          help: "One a line, or with commas or semicolons between, with or without names. All must be members. New ones are told.",
          rows: 4),
        .choose(.chips, "role", "As", [Form.Option("mentee", "Mentees", chosen: true), Form.Option("mentor", "Mentors")]),
      ])
  }
}

/// Active members who take part in a program.
struct Participants: Sendable {
  let member: Member
  let email: String
  let role: Program.Role
  let enrolledAt: Kit.Instant

  static func load(_ program: ID<Program>, org: ID<Organisation>, _ tx: Transaction) throws -> [Participants] {
    try tx.rows(
      """
      SELECT \(Member.columns), person.email, enrolment.role, enrolment.enrolled_at FROM enrolment
      JOIN person ON person.org_id = enrolment.org_id AND person.id = enrolment.person_id
      WHERE enrolment.org_id = \(org) AND enrolment.program_id = \(program) AND enrolment.left_at IS NULL AND person.state = 'active'
      ORDER BY person.name, person.id
      """
    ).map { row in
      Participants(member: try Member(row: row), email: try row("email"), role: try row("role"), enrolledAt: try row("enrolled_at"))
    }
  }

  /// With the addresses by which they can be enrolled again, and the day they were, ISO 8601.
  static func table(_ people: [Participants], zone: Zone) -> ReportTable {
    ReportTable(
      caption: "People", columns: ["Name", "E-mail", "Title", "Department", "Role", "Enrolled"],
      rows: people.map { entry in
        [
          entry.member.name, entry.email, entry.member.title, entry.member.department, entry.role.rawValue,
          zone.local(at: entry.enrolledAt.microseconds).date.description,
        ]
      })
  }
}
