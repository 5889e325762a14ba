import Kit
import Store

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
}
