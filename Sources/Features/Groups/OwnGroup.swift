import Kit
import Store
import Web

/// A group session that a person gives or has a seat in. Whoever waits has none.
struct OwnGroup: RowDecodable, Sendable {
  let session: GroupSession
  /// The number of the last calendar mail to the person.
  let sequence: Int

  init(row: Row) throws {
    session = try GroupSession(row: row)
    let mails: Int = try row("mails")
    sequence = session.sequence + max(mails - 1, 0)
  }

  /// Those that end after a moment, the nearest first, in one statement. Nobody has a seat in what they give.
  static func of(
    _ person: ID<Person>, org: ID<Organisation>, from: Instant, limit: Int = 200, _ tx: Transaction
  ) throws -> [OwnGroup] {
    try tx.all(
      """
      SELECT \(GroupSession.columns), group_session.mails FROM group_session
      WHERE group_session.org_id = \(org) AND group_session.mentor_id = \(person) AND group_session.ends_at > \(from)
        AND group_session.cancelled_at IS NULL
      UNION ALL
      SELECT \(GroupSession.columns), group_seat.mails FROM group_seat
      JOIN group_session ON group_session.org_id = group_seat.org_id AND group_session.id = group_seat.group_id
      WHERE group_seat.org_id = \(org) AND group_seat.person_id = \(person) AND group_seat.state = \(Seat.State.seated)
        AND group_session.ends_at > \(from) AND group_session.cancelled_at IS NULL
      ORDER BY starts_at, id LIMIT \(limit)
      """)
  }
}

/// A group session as a line among one's own sessions.
struct OwnGroupLine: Output, Hashable {
  let id: ID<GroupSession>
  let title: String
  /// "Group session", "Office hours, yours".
  let kind: String
  let start: Moment
  let minutes: Int

  init(_ group: GroupSession, _ viewer: Viewer, now: Instant) {
    id = group.id
    title = group.title
    kind = group.kind.words + (group.mentor == viewer.person ? ", yours" : "")
    start = Moment(group.start, viewer, now: now)
    minutes = group.minutes
  }
}
