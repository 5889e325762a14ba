import Kit
import Scheduling
import Store
import Web

/// Something a person wants to have reached in six or twelve months. Only its owner sees it.
public struct Goal: Sendable, RowDecodable {
  public enum State: String, Choice, Bindable {
    case open, reached, dropped
  }

  public let id: ID<Goal>
  public let person: ID<Person>
  public let title: String
  public let measure: String
  public let target: String
  public let why: String
  public let months: Int
  public let startsOn: CivilDate
  public let dueOn: CivilDate
  public let state: State
  public let learned: String
  public let version: Int

  static let columns: SQL = "id, person_id, title, measure, target, why, months, starts_on, due_on, state, learned, version"

  public init(row: Row) throws {
    id = try row("id")
    person = try row("person_id")
    title = try row("title")
    measure = try row("measure")
    target = try row("target")
    why = try row("why")
    months = try row("months")
    startsOn = CivilDate(try row("starts_on", as: String.self)) ?? CivilDate(dayNumber: 0)
    dueOn = CivilDate(try row("due_on", as: String.self)) ?? CivilDate(dayNumber: 0)
    state = try row("state")
    learned = try row("learned")
    version = try row("version")
  }

  var href: String { "/goals/\(id)" }

  /// A goal of the viewer; anybody else's answers like none.
  static func find(_ id: ID<Goal>, for viewer: Viewer, _ tx: Transaction) throws -> Goal {
    let goal: Goal? = try tx.first(
      "SELECT \(columns) FROM goal WHERE org_id = \(viewer.org) AND id = \(id) AND person_id = \(viewer.person)")
    guard let goal else { throw Problem.notFound }
    return goal
  }

  /// A goal of the viewer that is not closed.
  static func findOpen(_ id: ID<Goal>, for viewer: Viewer, _ tx: Transaction) throws -> Goal {
    let goal = try find(id, for: viewer, tx)
    guard goal.state == .open else { throw Goal.closed }
    return goal
  }

  static let closed = Problem.conflict(code: "goal_closed", detail: "This goal is closed. Open it again to change it.")
}

/// Goals of people, for other features.
public enum Goals {
  /// The open goals of a person, the nearest date first.
  public static func open(_ person: ID<Person>, org: ID<Organisation>, limit: Int = 20, _ tx: Transaction) throws -> [Goal] {
    try list(person, org: org, [.open], limit: limit, tx)
  }

  static func list(_ person: ID<Person>, org: ID<Organisation>, _ states: [Goal.State], limit: Int, _ tx: Transaction) throws -> [Goal] {
    try tx.all(
      """
      SELECT \(Goal.columns) FROM goal WHERE org_id = \(org) AND person_id = \(person) AND state IN \(SQL.list(states))
      ORDER BY due_on, id LIMIT \(limit)
      """)
  }
}
