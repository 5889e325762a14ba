import Kit
import Store

/// What a mentor gave, how that was rated, and when the two last met.
struct MentorHistory {
  /// Minutes of the last 28 days.
  var minutesGiven = 0
  var ratings = 0
  var ratingSum = 0
  var lastMet: Instant?

  /// Two statements, however many mentors. Ratings that somebody got as a mentee say nothing about them as a mentor.
  static func load(
    _ mentors: [ID<Person>], with asker: ID<Person>, org: ID<Organisation>, now: Instant, _ tx: Transaction
  ) throws -> [ID<Person>: MentorHistory] {
    if mentors.isEmpty { return [:] }
    var histories: [ID<Person>: MentorHistory] = [:]
    for row in try tx.rows(
      """
      SELECT mentor_id, sum(CASE WHEN starts_at >= \(now - .days(28)) THEN ends_at - starts_at ELSE 0 END) AS given,
        max(CASE WHEN mentee_id = \(asker) AND starts_at <= \(now) THEN starts_at END) AS last
      FROM session WHERE org_id = \(org) AND mentor_id IN \(SQL.list(mentors)) AND state IN ('booked', 'met', 'wrapped')
        AND starts_at >= \(now - .days(400))
      GROUP BY mentor_id
      """)
    {
      let given: Int64 = try row("given")
      histories[try row("mentor_id"), default: MentorHistory()].minutesGiven = Int(given / 60_000_000)
      histories[try row("mentor_id"), default: MentorHistory()].lastMet = try row.optional("last")
    }
    for row in try tx.rows(
      """
      SELECT rating.subject_id, count(*) AS n, sum(rating.points) AS total FROM rating
      JOIN session ON session.org_id = rating.org_id AND session.id = rating.session_id AND session.mentor_id = rating.subject_id
      WHERE rating.org_id = \(org) AND rating.subject_id IN \(SQL.list(mentors)) GROUP BY rating.subject_id
      """)
    {
      histories[try row("subject_id"), default: MentorHistory()].ratings = try row("n")
      histories[try row("subject_id"), default: MentorHistory()].ratingSum = try row("total")
    }
    return histories
  }
}
