import Kit
import Store
import Web

/// Uses at work and steps of a window, in three statements.
struct GrowthFigures: Sendable, Hashable {
  var noted = 0
  var confirmed = 0
  /// Different people whose use was confirmed.
  var people = 0
  var advanced = 0
  var advancedPeople = 0
  /// Asked of a colleague more than a week ago and still open.
  var stale = 0
  /// When each person last noted a use.
  var lastNoted: [ID<Person>: Instant] = [:]

  static func load(
    org: ID<Organisation>, from: Instant, to: Instant, now: Instant, persons: [ID<Person>]? = nil, _ tx: Transaction
  ) throws -> GrowthFigures {
    let whom: SQL = persons.map { " AND person_id IN \(SQL.list($0))" } ?? ""
    var figures = GrowthFigures()
    let applied = try tx.row(
      """
      SELECT count(*) FILTER (WHERE created_at >= \(from) AND created_at < \(to)) AS noted,
        count(*) FILTER (WHERE state = 'confirmed' AND decided_at >= \(from) AND decided_at < \(to)) AS confirmed,
        count(DISTINCT CASE WHEN state = 'confirmed' AND decided_at >= \(from) AND decided_at < \(to) THEN person_id END) AS people,
        count(*) FILTER (WHERE state = 'asked' AND created_at < \(now - .days(7))) AS stale
      FROM application WHERE org_id = \(org)\(whom)
      """)
    figures.noted = try applied?("noted") ?? 0
    figures.confirmed = try applied?("confirmed") ?? 0
    figures.people = try applied?("people") ?? 0
    figures.stale = try applied?("stale") ?? 0
    let steps = try tx.row(
      """
      SELECT count(*) AS n, count(DISTINCT person_id) AS people FROM advancement
      WHERE org_id = \(org) AND created_at >= \(from) AND created_at < \(to)\(whom)
        AND EXISTS (SELECT 1 FROM advancement_skill s WHERE s.org_id = advancement.org_id AND s.advancement_id = advancement.id)
      """)
    figures.advanced = try steps?("n") ?? 0
    figures.advancedPeople = try steps?("people") ?? 0
    for row in try tx.rows(
      "SELECT person_id, max(created_at) AS last FROM application WHERE org_id = \(org) AND created_at >= \(from)\(whom) GROUP BY person_id"
    ) {
      figures.lastNoted[try row("person_id")] = try row("last") as Instant
    }
    return figures
  }
}
