import Kit
import Scheduling
import Store
import Web

/// A named stretch of mentoring with people in it.
public struct Program: Sendable, RowDecodable {
  public enum Template: String, Choice, Bindable {
    case flash, buddy, reverse, leadership
    case jobSeekers = "job_seekers"
    case circle, alumni

    var words: String {
      switch self {
      case .flash: "Flash days"
      case .buddy: "Onboarding buddy"
      case .reverse: "Reverse mentoring"
      case .leadership: "Leadership, six months"
      case .jobSeekers: "Job-seeker clinic"
      case .circle: "Circle"
      case .alumni: "Alumni"
      }
    }

    var help: String {
      switch self {
      case .flash: "Single meetings of 15 to 30 minutes on one topic."
      case .buddy: "Somebody who knows the place, for the first 90 days."
      case .reverse: "Junior people mentor senior ones."
      case .leadership: "Pairs that meet every two weeks, with goals."
      case .jobSeekers: "Résumé, interview, negotiation: one situation each."
      case .circle: "A mentor and up to twelve people."
      case .alumni: "Former members who help present ones."
      }
    }
  }

  public enum Role: String, Choice, Bindable {
    case mentee, mentor
  }

  public let id: ID<Program>
  let name: String
  let template: Template
  let purpose: String
  let startsOn: CivilDate
  let endsOn: CivilDate
  /// Active members who take part now.
  let people: Int

  static let columns: SQL = """
    program.id, program.name, program.template, program.purpose, program.starts_on, program.ends_on,
    (SELECT count(*) FROM enrolment e JOIN person p ON p.org_id = e.org_id AND p.id = e.person_id
      WHERE e.org_id = program.org_id AND e.program_id = program.id AND e.left_at IS NULL AND p.state = 'active') AS people
    """

  public init(row: Row) throws {
    id = try row("id")
    name = try row("name")
    template = try row("template")
    purpose = try row("purpose")
    startsOn = CivilDate(try row("starts_on", as: String.self)) ?? CivilDate(dayNumber: 0)
    endsOn = CivilDate(try row("ends_on", as: String.self)) ?? CivilDate(dayNumber: 0)
    people = try row("people")
  }

  var href: String { "/programs/\(id)" }
  var dates: String { "\(DisplayTime.dayAndYear(startsOn)) – \(DisplayTime.dayAndYear(endsOn))" }

  static func find(_ id: ID<Program>, for viewer: Viewer, _ tx: Transaction) throws -> Program {
    guard let program: Program = try tx.first("SELECT \(columns) FROM program WHERE org_id = \(viewer.org) AND id = \(id)") else {
      throw Problem.notFound
    }
    return program
  }

  static func all(org: ID<Organisation>, _ tx: Transaction) throws -> [Program] {
    try tx.all("SELECT \(columns) FROM program WHERE org_id = \(org) ORDER BY starts_on DESC, id DESC LIMIT 100")
  }
}

/// Makes a program.
public struct CreateProgram: UseCase {
  public var name: String
  public var template: Program.Template
  public var purpose: String?
  public var startsOn: String
  public var endsOn: String

  public static let rules: [String: Rule] = ["name": .text(3...120), "purpose": .text(0...500), "starts_on": .date, "ends_on": .date]

  public init(name: String, template: Program.Template, purpose: String? = nil, startsOn: String, endsOn: String) {
    self.name = name
    self.template = template
    self.purpose = purpose
    self.startsOn = startsOn
    self.endsOn = endsOn
  }

  public struct Created: Output {
    public let id: ID<Program>
  }

  public func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Created {
    guard let first = CivilDate(startsOn), let last = CivilDate(endsOn), first < last else {
      throw Problem.invalid("ends_on", "Choose a last day after the first.")
    }
    let id: ID<Program> = world.id()
    let made = try tx.run(
      """
      INSERT INTO program (org_id, id, name, template, purpose, starts_on, ends_on, created_by, created_at)
      VALUES (\(viewer.org), \(id), \(name.trimmed), \(template), \((purpose ?? "").trimmed), \(first.description), \(last.description),
        \(viewer.person), \(world.now()))
      ON CONFLICT (org_id, name) DO NOTHING
      """)
    guard made == 1 else { throw Problem.invalid("name", "A program has this name already. Add a year or a place.") }
    try tx.record(viewer, "program.created", id, ["template": template.rawValue], world)
    return Created(id: id)
  }
}
