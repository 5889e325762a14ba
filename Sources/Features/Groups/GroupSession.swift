import Kit
import Scheduling
import Store
import Web

/// One meeting of a mentor with several people. Everybody of the organisation may see that it is; who sits in it is for those who do.
struct GroupSession: RowDecodable, Sendable {
  enum Kind: String, Choice, Bindable {
    case group
    case officeHours = "office_hours"

    var words: String { self == .group ? "Group session" : "Office hours" }
  }

  let org: ID<Organisation>
  let id: ID<GroupSession>
  let mentor: ID<Person>
  let kind: Kind
  let title: String
  let about: String
  let link: String
  let start: Instant
  let end: Instant
  let zone: String
  let seats: Int
  let taken: Int
  let sequence: Int
  let uid: String
  let cancelledAt: Instant?
  let cancelReason: String

  static let columns: SQL = """
    group_session.org_id, group_session.id, group_session.mentor_id, group_session.kind, group_session.title, group_session.about,
    group_session.link, group_session.starts_at, group_session.ends_at, group_session.zone, group_session.seats, group_session.taken,
    group_session.sequence, group_session.uid, group_session.cancelled_at, group_session.cancel_reason
    """

  init(row: Row) throws {
    org = try row("org_id")
    id = try row("id")
    mentor = try row("mentor_id")
    kind = try row("kind", as: Kind.self)
    title = try row("title")
    about = try row("about")
    link = try row("link")
    start = try row("starts_at")
    end = try row("ends_at")
    zone = try row("zone")
    seats = try row("seats")
    taken = try row("taken")
    sequence = try row("sequence")
    uid = try row("uid")
    cancelledAt = try row.optional("cancelled_at")
    cancelReason = try row("cancel_reason")
  }

  var minutes: Int { Int((end - start).minutes) }

  func isOpen(_ now: Instant) -> Bool { cancelledAt == nil && start > now }

  static func find(_ id: ID<GroupSession>, org: ID<Organisation>, _ tx: Transaction) throws -> GroupSession? {
    try tx.first("SELECT \(columns) FROM group_session WHERE org_id = \(org) AND id = \(id)")
  }

  /// One of the viewer's organisation.
  static func find(_ id: ID<GroupSession>, for viewer: Viewer, _ tx: Transaction) throws -> GroupSession {
    guard let found = try find(id, org: viewer.org, tx) else { throw Problem.notFound }
    return found
  }

  /// Those that a person gives, as time that counts against the person's limits.
  static func given(by persons: [ID<Person>], org: ID<Organisation>, from: Instant, to: Instant, _ tx: Transaction) throws -> [Row] {
    try tx.rows(
      """
      SELECT mentor_id, starts_at, ends_at FROM group_session WHERE org_id = \(org) AND mentor_id IN \(SQL.list(persons))
        AND starts_at > \(from) AND starts_at < \(to) AND cancelled_at IS NULL
      """)
  }
}
