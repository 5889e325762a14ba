import Kit
import Store
import Web

/// What the people of one department learned in sessions that took place, whoever mentored them.
struct DepartmentTotal: Sendable, Hashable {
  let department: String
  let sessions: Int
  /// Different mentees.
  let people: Int
  /// Those of them who met a mentor of another department.
  let crossing: Int

  static func load(org: ID<Organisation>, from: Instant, to: Instant, _ tx: Transaction) throws -> [DepartmentTotal] {
    try tx.rows(
      """
      SELECT learner.department AS department, count(*) AS sessions, count(DISTINCT session.mentee_id) AS people,
        count(DISTINCT CASE WHEN learner.department <> mentor.department THEN session.mentee_id END) AS crossing
      FROM session JOIN person learner ON learner.org_id = session.org_id AND learner.id = session.mentee_id
      JOIN person mentor ON mentor.org_id = session.org_id AND mentor.id = session.mentor_id
      WHERE session.org_id = \(org) AND session.starts_at >= \(from) AND session.starts_at < \(to) AND session.state IN ('met', 'wrapped')
      GROUP BY learner.department ORDER BY learner.department
      """
    ).map { row in
      DepartmentTotal(
        department: try row("department"), sessions: try row("sessions"), people: try row("people"), crossing: try row("crossing"))
    }
  }
}
