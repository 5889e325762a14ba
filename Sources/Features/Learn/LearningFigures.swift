import Kit
import SpacedRepetition
import Store
import Web

/// Learning in numbers, of an organisation or of some of its people.
public struct LearningFigures: Sendable, Hashable {
  /// Lessons assigned in the window.
  public var planned = 0
  /// Those of them that were done by its end.
  public var plannedDone = 0
  /// Different people with such lessons.
  public var assignees = 0
  /// Lessons finished in the window, assigned or not.
  public var completed = 0
  /// Answers given in the window.
  public var reviews = 0
  /// Cards with at least one answer, of people who are there and not set aside.
  public var cards = 0
  /// People who hold such cards.
  public var people = 0
  /// Mean predicted recall of those cards, 0 to 1; nil without cards.
  public var recallNow: Double?
  /// The same in 30 days if nothing were reviewed until then.
  public var recallIn30Days: Double?

  /// - Parameter persons: only these people; nil means all.
  public static func load(
    org: ID<Organisation>, from: Kit.Instant, to: Kit.Instant, persons: [ID<Person>]? = nil, _ tx: Transaction, _ world: World
  ) throws -> LearningFigures {
    let people: SQL = persons.map { " AND person_id IN \(SQL.list($0))" } ?? ""
    var figures = LearningFigures()
    let assigned = try tx.row(
      """
      SELECT count(*) AS planned, count(DISTINCT person_id) AS people, coalesce(sum(CASE WHEN done_at < \(to) THEN 1 ELSE 0 END), 0) AS done FROM assignment
      WHERE org_id = \(org) AND withdrawn_at IS NULL AND created_at >= \(from) AND created_at < \(to)\(people)
      """)
    figures.planned = try assigned?("planned") ?? 0
    figures.plannedDone = try assigned?("done") ?? 0
    figures.assignees = try assigned?("people") ?? 0
    figures.completed = try tx.count(
      "SELECT count(*) FROM attempt WHERE org_id = \(org) AND finished_at >= \(from) AND finished_at < \(to)\(people)")
    figures.reviews = try tx.count(
      """
      SELECT count(*) FROM review_event
      WHERE org_id = \(org) AND kind = 'review' AND corrected_at >= \(from) AND corrected_at < \(to)\(people)
      """)
    try figures.foldCards(org: org, people, tx, world)
    return figures
  }

  /// Many cards share a stability and a day, so the database groups them and few rows travel.
  private mutating func foldCards(org: ID<Organisation>, _ people: SQL, _ tx: Transaction, _ world: World) throws {
    let known: SQL =
      """
      org_id = \(org) AND stability IS NOT NULL AND last_day IS NOT NULL AND suspended_at IS NULL\(people) AND person_id IN (
        SELECT person.id FROM person WHERE person.org_id = \(org) AND person.state = 'active')
      """
    let today = LearningClock(zone: "UTC", world).today
    let model = MemoryModel()
    var (now, later) = (0.0, 0.0)
    for row in try tx.rows("SELECT stability, last_day, count(*) AS n FROM card WHERE \(known) GROUP BY stability, last_day") {
      let memory = MemoryState(stability: try row("stability"), difficulty: 5)
      let days = Double(DayNumber(rawValue: try row("last_day")).days(to: today))
      let count: Int = try row("n")
      cards += count
      now += Double(count) * model.retrievability(of: memory, afterDays: days)
      later += Double(count) * model.retrievability(of: memory, afterDays: days + 30)
    }
    guard cards > 0 else { return }
    recallNow = now / Double(cards)
    recallIn30Days = later / Double(cards)
    self.people = try tx.count("SELECT count(DISTINCT person_id) FROM card WHERE \(known)")
  }
}
