import Kit
import Store
import Web

extension Vetting {
  /// One application to become a mentor.
  public struct Application: Sendable, RowDecodable {
    enum State: String, Bindable, Choice {
      case applied, approved, declined, withdrawn

      var name: String {
        switch self {
        case .applied: "Being read"
        case .approved: "Approved"
        case .declined: "Not this time"
        case .withdrawn: "Withdrawn"
        }
      }

      var chip: String {
        switch self {
        case .applied: "info"
        case .approved: "good"
        case .declined: "warn"
        case .withdrawn: "plain"
        }
      }
    }

    /// Whom the applicant wants to help.
    enum Reach: String, Bindable, Choice {
      case anywhere
      case ownDepartment = "own_department"
      case otherDepartments = "other_departments"

      var name: String {
        switch self {
        case .anywhere: "Anybody"
        case .ownDepartment: "People in my department"
        case .otherDepartments: "People outside my department"
        }
      }
    }

    let id: ID<Application>
    let person: ID<Person>
    let state: State
    let reach: Reach
    let appliedAt: Instant
    let decidedBy: ID<Person>?
    let decidedAt: Instant?
    /// What the reviewer wrote to the applicant.
    let words: String
    let recheckAt: Instant?

    static let columns: SQL = "id, person_id, state, reach, applied_at, decided_by, decided_at, words, recheck_at"

    public init(row: Row) throws {
      id = try row("id")
      person = try row("person_id")
      state = try row("state")
      reach = try row("reach")
      appliedAt = try row("applied_at")
      decidedBy = try row.optional("decided_by")
      decidedAt = try row.optional("decided_at")
      words = try row("words")
      recheckAt = try row.optional("recheck_at")
    }

    /// An application of the viewer's own, or of anybody when they read applications.
    static func find(_ id: ID<Application>, for viewer: Viewer, _ tx: Transaction) throws -> Application {
      let found: Application? = try tx.first("SELECT \(columns) FROM vetting WHERE org_id = \(viewer.org) AND id = \(id)")
      guard let found, found.person == viewer.person || Permission.manager.allows(viewer.roles) else { throw Problem.notFound }
      return found
    }

    static func latest(of person: ID<Person>, org: ID<Organisation>, _ tx: Transaction) throws -> Application? {
      try tx.first("SELECT \(columns) FROM vetting WHERE org_id = \(org) AND person_id = \(person) ORDER BY id DESC LIMIT 1")
    }
  }

  /// The application of a person that waits for a decision.
  static func open(of person: ID<Person>, org: ID<Organisation>, _ tx: Transaction) throws -> ID<Application>? {
    try tx.value("SELECT id FROM vetting WHERE org_id = \(org) AND person_id = \(person) AND state = 'applied'")
  }
}
