import Kit
import Matching
import Store
import Web

/// What the mentors of an organisation have in common, as the points for a fair load and for ratings need it.
struct PoolFigures {
  /// What a mentor without a weekly limit counts as having: ten hours.
  static let unlimitedWeek = 600

  /// Minutes of the last 28 days, by all mentors together.
  let minutesGiven: Int
  let weeklyBudgets: Int
  /// Of mentors, in thousandths; 4000 while there are fewer than five ratings.
  let meanRating: Int

  /// For a look at whether somebody may help at all, to which points do not matter.
  static let none = PoolFigures(minutesGiven: 0, weeklyBudgets: 0, meanRating: 4000)

  /// One statement, however many mentors there are.
  static func load(org: ID<Organisation>, now: Instant, _ tx: Transaction) throws -> PoolFigures {
    let mentor = Roles.mentor.rawValue
    let row = try tx.row(
      """
      SELECT
        (SELECT coalesce(sum(session.ends_at - session.starts_at), 0) FROM session
          JOIN person ON person.org_id = session.org_id AND person.id = session.mentor_id
          WHERE session.org_id = \(org) AND session.state IN ('booked', 'met', 'wrapped') AND session.starts_at >= \(now - .days(28))
            AND person.state = 'active' AND (person.roles / \(mentor)) % 2 = 1) AS given,
        (SELECT coalesce(sum(coalesce(own.weekly_minutes, \(unlimitedWeek))), 0) FROM person
          LEFT JOIN availability_setting own ON own.org_id = person.org_id AND own.person_id = person.id
          WHERE person.org_id = \(org) AND person.state = 'active' AND (person.roles / \(mentor)) % 2 = 1) AS budgets,
        rated.ratings, rated.points
      FROM (
        SELECT count(*) AS ratings, coalesce(sum(rating.points), 0) AS points FROM rating
        JOIN session ON session.org_id = rating.org_id AND session.id = rating.session_id AND session.mentor_id = rating.subject_id
        WHERE rating.org_id = \(org)) rated
      """)
    guard let row else { throw Problem.notFound }
    let ratings: Int = try row("ratings")
    return PoolFigures(
      minutesGiven: Int(try row("given", as: Int64.self) / 60_000_000), weeklyBudgets: try row("budgets"),
      meanRating: ratings < 5 ? 4000 : try row("points", as: Int.self) * 1000 / ratings)
  }

  func pool(reporting: ReportingLines, graph: SkillGraph) -> Pool {
    Pool(minutesGiven: minutesGiven, weeklyBudgets: weeklyBudgets, meanRating: meanRating, reporting: reporting, skillGraph: graph)
  }
}
