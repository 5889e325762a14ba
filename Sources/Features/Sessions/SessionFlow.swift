import Kit
import Store
import Web

/// Who learned from whom, by department: sessions that took place, and how many people are behind them.
struct SessionFlow: Sendable, Hashable {
  let learners: String
  let mentors: String
  let sessions: Int
  /// Different mentees.
  let people: Int

  static func load(org: ID<Organisation>, from: Instant, to: Instant, _ tx: Transaction) throws -> [SessionFlow] {
    try tx.rows(
      """
      SELECT learner.department AS learners, mentor.department AS mentors, count(*) AS sessions, count(DISTINCT session.mentee_id) AS people
      FROM session JOIN person learner ON learner.org_id = session.org_id AND learner.id = session.mentee_id
      JOIN person mentor ON mentor.org_id = session.org_id AND mentor.id = session.mentor_id
      WHERE session.org_id = \(org) AND session.starts_at >= \(from) AND session.starts_at < \(to) AND session.state IN ('met', 'wrapped')
      GROUP BY learner.department, mentor.department ORDER BY learner.department, mentor.department
      """
    ).map { row in
      SessionFlow(learners: try row("learners"), mentors: try row("mentors"), sessions: try row("sessions"), people: try row("people"))
    }
  }

  /// How many people learned, and how many rated, in sessions of a span.
  static func people(org: ID<Organisation>, from: Instant, to: Instant, _ tx: Transaction) throws -> (met: Int, rated: Int) {
    let span: SQL = "session.org_id = \(org) AND session.starts_at >= \(from) AND session.starts_at < \(to)"
    let row = try tx.row(
      """
      SELECT count(DISTINCT CASE WHEN session.state IN ('met', 'wrapped') THEN session.mentee_id END) AS met,
        count(DISTINCT rating.author_id) AS rated
      FROM session LEFT JOIN rating ON rating.org_id = session.org_id AND rating.session_id = session.id
        AND rating.subject_id = session.mentor_id WHERE \(span)
      """)
    return (met: try row?("met") ?? 0, rated: try row?("rated") ?? 0)
  }
}
