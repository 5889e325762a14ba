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
  /// Rises with each change, so that a form made before it is not taken.
  let version: Int
  let closedAt: Kit.Instant?
  /// Active members who take part now.
  let people: Int

  static let columns: SQL = """
    program.id, program.name, program.template, program.purpose, program.starts_on, program.ends_on,
    program.version, program.closed_at,
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
    version = try row("version")
    closedAt = try row.optional("closed_at")
    people = try row("people")
  }

  var href: String { "/programs/\(id)" }
  var dates: String { "\(DisplayTime.dayAndYear(startsOn)) – \(DisplayTime.dayAndYear(endsOn))" }

  /// When its first day begins and its last one ends, in UTC.
  var start: Kit.Instant { Kit.Instant(microseconds: Zone.utc.instant(of: LocalDateTime(startsOn, .midnight))) }
  var end: Kit.Instant { Kit.Instant(microseconds: Zone.utc.instant(of: LocalDateTime(endsOn.adding(days: 1), .midnight))) }

  static let closed = Problem.conflict(code: "program_closed", detail: "This program is closed. Open it again to change it.")

  static func find(_ id: ID<Program>, for viewer: Viewer, _ tx: Transaction) throws -> Program {
    guard let program = try find(id, org: viewer.org, tx) else { throw Problem.notFound }
    return program
  }

  /// One that is not closed.
  static func findOpen(_ id: ID<Program>, for viewer: Viewer, _ tx: Transaction) throws -> Program {
    let program = try find(id, for: viewer, tx)
    guard program.closedAt == nil else { throw Program.closed }
    return program
  }

  static func find(_ id: ID<Program>, org: ID<Organisation>, _ tx: Transaction) throws -> Program? {
    try tx.first("SELECT \(columns) FROM program WHERE org_id = \(org) AND id = \(id)")
  }

  /// The open ones first, the latest of each first.
  static func all(org: ID<Organisation>, _ tx: Transaction) throws -> [Program] {
    try tx.all(
      """
      SELECT \(columns) FROM program WHERE org_id = \(org)
      ORDER BY CASE WHEN closed_at IS NULL THEN 0 ELSE 1 END, starts_on DESC, id DESC LIMIT 100
      """)
  }
}
