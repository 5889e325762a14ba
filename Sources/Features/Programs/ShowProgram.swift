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
    var remove: String
  }

  struct Page: Output {
    var name: String
    var template: String
    var purpose: String?
    var dates: String
    var people: [Participant]
    var more: Int?
    var mentees: Int
    var mentors: Int
    var stats: [ShowPrograms.Stat]
    var withheld: String?
    var form: Form
    var csvHref: String
  }

  static let shown = 200

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Page {
    let program = try Program.find(program, for: viewer, tx)
    let enrolled = try Participants.load(program.id, org: viewer.org, tx)
    let whole = try tx.count("SELECT count(*) FROM person WHERE org_id = \(viewer.org) AND state = 'active'")
    let isShown = SmallGroups.shows(enrolled.count, of: whole)
    return Page(
      name: program.name, template: program.template.words, purpose: program.purpose.isEmpty ? nil : program.purpose, dates: program.dates,
      people: enrolled.prefix(ShowProgram.shown).map { entry in
        Participant(
          name: entry.member.name, detail: [entry.member.title, entry.member.department].filter { !$0.isEmpty }.joined(separator: ", "),
          role: entry.role == .mentor ? "Mentor" : "Mentee", remove: "\(program.href)/people/\(entry.member.id)/leave")
      }, more: enrolled.count > ShowProgram.shown ? enrolled.count - ShowProgram.shown : nil,
      mentees: enrolled.count { $0.role == .mentee }, mentors: enrolled.count { $0.role == .mentor },
      stats: isShown ? try ShowProgram.stats(program, enrolled.map(\.member.id), org: viewer.org, tx, world) : [],
      withheld: isShown
        ? nil : "Figures appear when at least 5 people take part and at least 5 others do not, so that nobody can be made out.",
      form: Form(
        "\(program.href)/people", button: "Enrol",
        [
          .area("people", "Addresses", help: "One a line, or with commas between. All must be members already.", rows: 4),
          .choose(.chips, "role", "As", [Form.Option("mentee", "Mentees", chosen: true), Form.Option("mentor", "Mentors")]),
        ]), csvHref: "\(program.href)/people.csv")
  }

  /// Figures of the program's own dates so far.
  private static func stats(
    _ program: Program, _ people: [ID<Person>], org: ID<Organisation>, _ tx: Transaction, _ world: World
  ) throws -> [ShowPrograms.Stat] {
    let from = Kit.Instant(microseconds: Zone.utc.instant(of: LocalDateTime(program.startsOn, .midnight)))
    let end = Kit.Instant(microseconds: Zone.utc.instant(of: LocalDateTime(program.endsOn.adding(days: 1), .midnight)))
    let now = world.now()
    let to = max(from, min(now, end))
    let learning = try LearningFigures.load(org: org, from: from, to: to, persons: people, tx, world)
    let growth = try GrowthFigures.load(org: org, from: from, to: to, now: now, persons: people, tx)
    let none = SessionFigures(
      booked: 0, met: 0, noShows: 0, cancelled: 0, cancelledLate: 0, wrapped: 0, ratings: 0, ratingSum: 0, ratingSquareSum: 0, loads: [])
    let kpis = KPIs(sessions: none, asks: [], waits: [], learning: learning, growth: growth, learners: 0, raters: 0)
    return [KPI.completion, .applied, .advancement, .retention].map { ShowPrograms.Stat(kpis.value($0)) }
  }
}

/// Active members who take part in a program.
struct Participants: Sendable {
  let member: Member
  let role: Program.Role

  static func load(_ program: ID<Program>, org: ID<Organisation>, _ tx: Transaction) throws -> [Participants] {
    try tx.rows(
      """
      SELECT \(Member.columns), enrolment.role FROM enrolment
      JOIN person ON person.org_id = enrolment.org_id AND person.id = enrolment.person_id
      WHERE enrolment.org_id = \(org) AND enrolment.program_id = \(program) AND enrolment.left_at IS NULL AND person.state = 'active'
      ORDER BY person.name, person.id
      """
    ).map { row in Participants(member: try Member(row: row), role: try row("role")) }
  }

  static func table(_ people: [Participants]) -> ReportTable {
    ReportTable(
      caption: "People", columns: ["Name", "Title", "Department", "Role"],
      rows: people.map { [$0.member.name, $0.member.title, $0.member.department, $0.role.rawValue] })
  }
}

/// The form for a program.
struct NewProgram: UseCase {
  struct Page: Output {
    var form: Form
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Page {
    let today = viewer.today(world)
    return Page(
      form: Form(
        "/programs", button: "Create program", cancel: Form.Link("Back", "/programs"),
        [
          .text("name", "Name", help: "“Onboarding buddies, spring 2027”.", max: 120),
          .choose(
            .radio, "template", "Template",
            Program.Template.allCases.map { Form.Option($0.rawValue, $0.words, help: $0.help, chosen: $0 == .flash) }),
          .text("starts_on", "First day", value: today.description, type: "date"),
          .text("ends_on", "Last day", value: GoalDates.adding(6, to: today).description, type: "date"),
          .area("purpose", "What is it for?", rows: 3, optional: true, max: 500),
        ]))
  }
}
