import Kit
import Store
import Web

/// What one side sent after a session.
struct WrapUpRow: RowDecodable, Sendable {
  enum Next: String, Choice, Bindable {
    /// Not needed.
    case none
    /// Meet again.
    case book
    /// Grow into a longer engagement.
    case grow
  }

  let session: ID<Session>
  let author: ID<Person>
  let next: Next
  let sentAt: Instant

  init(row: Row) throws {
    session = try row("session_id")
    author = try row("author_id")
    next = try row("next")
    sentAt = try row("sent_at")
  }

  static func of(_ session: ID<Session>, org: ID<Organisation>, _ tx: Transaction) throws -> [WrapUpRow] {
    try tx.all(
      "SELECT session_id, author_id, next, sent_at FROM wrap_up WHERE org_id = \(org) AND session_id = \(session) ORDER BY sent_at, author_id"
    )
  }

  static func exists(_ session: ID<Session>, by person: ID<Person>, org: ID<Organisation>, _ tx: Transaction) throws -> Bool {
    try tx.count("SELECT count(*) FROM wrap_up WHERE org_id = \(org) AND session_id = \(session) AND author_id = \(person)") > 0
  }
}
