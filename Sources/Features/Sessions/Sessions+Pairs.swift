import Kit
import Scheduling
import Store
import Web

extension Sessions {
  private static let counts: SQL = "session.state NOT IN ('held', 'cancelled', 'lapsed')"

  /// Everybody who is or was a mentor of a person in a session, as a query.
  static func mentors(of person: ID<Person>, org: ID<Organisation>) -> SQL {
    "SELECT session.mentor_id FROM session WHERE session.org_id = \(org) AND session.mentee_id = \(person) AND \(counts)"
  }

  /// Everybody who is or was a mentee of a person in a session, as a query.
  static func mentees(of person: ID<Person>, org: ID<Organisation>) -> SQL {
    "SELECT session.mentee_id FROM session WHERE session.org_id = \(org) AND session.mentor_id = \(person) AND \(counts)"
  }

  /// When the two of a session meet next after it: booked, or waiting for the mentor's yes. A wish that belongs to an ask is not told, for
  /// whoever asked may have done so without a name.
  static func next(after session: Session, _ tx: Transaction, _ world: World) throws -> Session? {
    let now = world.now()
    return try tx.first(
      """
      SELECT \(Session.columns) FROM session WHERE org_id = \(session.org) AND mentor_id IN (\(session.mentor), \(session.mentee))
        AND mentee_id IN (\(session.mentor), \(session.mentee)) AND starts_at > \(max(session.start, now))
        AND (state = \("booked") OR state = \("held") AND approval_due IS NOT NULL AND held_until > \(now) AND ask_id IS NULL)
      ORDER BY starts_at, id LIMIT 1
      """)
  }
}

extension Session {
  /// "Mon 7 Dec, 09:00" by the viewer's clock.
  func startWords(_ viewer: Viewer) -> String { DisplayTime.dayAndTime(start.microseconds, Zones.zone(viewer.zone)) }
}
