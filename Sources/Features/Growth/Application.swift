import Kit
import Scheduling
import Store
import Web

/// Evidence that something learned was used at work. It counts once another person confirms it.
public struct Application: Sendable, RowDecodable {
  public enum State: String, Choice, Bindable {
    /// Written down, nobody asked.
    case noted
    /// Somebody was asked to confirm it.
    case asked, confirmed, declined

    var words: String {
      switch self {
      case .noted: "Noted"
      case .asked: "Waits for confirmation"
      case .confirmed: "Confirmed"
      case .declined: "Not confirmed"
      }
    }

    var chip: String {
      switch self {
      case .noted: "plain"
      case .asked: "soon"
      case .confirmed: "good"
      case .declined: "warn"
      }
    }
  }

  public let id: ID<Application>
  public let person: ID<Person>
  public let skill: Skill
  public let goal: ID<Goal>?
  public let what: String
  public let place: String
  public let usedOn: CivilDate
  public let asked: ID<Person>?
  public let state: State
  public let decidedBy: ID<Person>?

  static let columns: SQL = """
    a.id AS application_id, a.person_id, a.goal_id, a.what, a.place, a.used_on, a.asked_id, a.state, a.decided_by, \(Skill.columns)
    """
  static let source: SQL = "application a JOIN skill ON skill.id = a.skill_id"

  public init(row: Row) throws {
    id = try row("application_id")
    person = try row("person_id")
    skill = try Skill(row: row)
    goal = try row.optional("goal_id")
    what = try row("what")
    place = try row("place")
    usedOn = CivilDate(try row("used_on", as: String.self)) ?? CivilDate(dayNumber: 0)
    asked = try row.optional("asked_id")
    state = try row("state")
    decidedBy = try row.optional("decided_by")
  }

  var href: String { "/applications/\(id)" }

  /// Evidence that the viewer wrote or was asked to confirm; anything else answers like nothing.
  static func find(_ id: ID<Application>, for viewer: Viewer, _ tx: Transaction) throws -> Application {
    let found: Application? = try tx.first(
      """
      SELECT \(columns) FROM \(source)
      WHERE a.org_id = \(viewer.org) AND a.id = \(id) AND (a.person_id = \(viewer.person) OR a.asked_id = \(viewer.person))
      """)
    guard let found else { throw Problem.notFound }
    return found
  }

  /// A person's own, the latest first.
  static func list(
    of person: ID<Person>, goal: ID<Goal>? = nil, org: ID<Organisation>, limit: Int, _ tx: Transaction
  ) throws -> [Application] {
    let ofGoal: SQL = goal.map { " AND a.goal_id = \($0)" } ?? ""
    return try tx.all(
      """
      SELECT \(columns) FROM \(source) WHERE a.org_id = \(org) AND a.person_id = \(person)\(ofGoal)
      ORDER BY a.used_on DESC, a.id DESC LIMIT \(limit)
      """)
  }

  /// What others ask the viewer to confirm, the oldest first.
  static func toConfirm(_ viewer: Viewer, limit: Int, _ tx: Transaction) throws -> [Application] {
    try tx.all(
      """
      SELECT \(columns) FROM \(source)
      WHERE a.org_id = \(viewer.org) AND a.asked_id = \(viewer.person) AND a.state = \(State.asked) ORDER BY a.id LIMIT \(limit)
      """)
  }

  struct Counts: Sendable {
    var mine = 0
    var confirmed = 0
    var toConfirm = 0
  }

  static func counts(of viewer: Viewer, _ tx: Transaction) throws -> Counts {
    let row = try tx.row(
      """
      SELECT count(*) AS mine, count(*) FILTER (WHERE state = 'confirmed') AS confirmed,
        (SELECT count(*) FROM application WHERE org_id = \(viewer.org) AND asked_id = \(viewer.person) AND state = 'asked') AS to_confirm
      FROM application WHERE org_id = \(viewer.org) AND person_id = \(viewer.person)
      """)
    guard let row else { return Counts() }
    return Counts(mine: try row("mine"), confirmed: try row("confirmed"), toConfirm: try row("to_confirm"))
  }
}
