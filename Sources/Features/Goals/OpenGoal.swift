import Kit
import Scheduling
import Store
import Web

/// Sets a goal for oneself.
public struct OpenGoal: UseCase {
  public var title: String
  public var measure: String
  public var target: String
  public var why: String?
  public var months: Int
  /// Without one: so many months from today.
  public var due: String?
  /// Ids or names of skills, at most three.
  public var skills: [String]?
  public var fromLevel: Int?
  public var toLevel: Int?

  public static let rules: [String: Rule] = [
    "title": .text(3...160), "measure": .text(3...200), "target": .text(1...200), "why": .text(0...300), "months": .one(of: [6, 12]),
    "due": .date, "skills": .list(0...3), "from_level": .number(1...5), "to_level": .number(1...5),
  ]

  public init(
    title: String, measure: String, target: String, why: String? = nil, months: Int, due: String? = nil, skills: [String]? = nil,
    fromLevel: Int? = nil, toLevel: Int? = nil
  ) {
    self.title = title
    self.measure = measure
    self.target = target
    self.why = why
    self.months = months
    self.due = due
    self.skills = skills
    self.fromLevel = fromLevel
    self.toLevel = toLevel
  }

  public struct Opened: Output {
    public let id: ID<Goal>
  }

  /// A person follows so many goals at a time; more are followed by nobody.
  static let mostOpen = 5

  public func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Opened {
    let today = viewer.today(world)
    let due = try GoalDates.due(self.due, months: months, today: today)
    let from = fromLevel ?? 1
    let to = toLevel ?? min(from + 2, 5)
    let chosen = try Skill.resolve(skills ?? [], tx)
    guard chosen.count <= 3 else { throw Problem.invalid("skills", "Choose at most three skills.") }
    guard chosen.isEmpty || to > from else { throw Problem.invalid("to_level", "Choose a level above where you are now.") }
    try OpenGoal.checkRoom(viewer, tx)
    let id: ID<Goal> = world.id()
    try tx.run(
      """
      INSERT INTO goal (org_id, id, person_id, title, measure, target, why, months, starts_on, due_on, state, learned, created_at, version)
      VALUES (\(viewer.org), \(id), \(viewer.person), \(title.trimmed), \(measure.trimmed), \(target.trimmed), \((why ?? "").trimmed),
        \(months), \(today.description), \(due.description), \(Goal.State.open), \(""), \(world.now()), 1)
      """)
    let rows = chosen.map { "(\(viewer.org), \(id), \($0), \(from), \(to), \(from), \(world.now()))" as SQL }
    if !rows.isEmpty {
      try tx.run(
        """
        INSERT INTO goal_skill (org_id, goal_id, skill_id, from_level, to_level, now_level, updated_at)
        VALUES \(SQL.joined(rows, by: ", "))
        """)
    }
    try tx.record(viewer, "goal.opened", id, ["months": "\(months)"], world)
    return Opened(id: id)
  }

  /// Refuses one open goal more than a person may have.
  static func checkRoom(_ viewer: Viewer, _ tx: Transaction) throws {
    let open = try tx.count(
      "SELECT count(*) FROM goal WHERE org_id = \(viewer.org) AND person_id = \(viewer.person) AND state = \(Goal.State.open)")
    guard open < mostOpen else {
      throw Problem.conflict(code: "goals_full", detail: "You have \(mostOpen) open goals. Close one first, so that each gets its time.")
    }
  }
}

/// Dates of goals.
enum GoalDates {
  /// The date given, or so many months from today; never in the past and never beyond 18 months.
  static func due(_ text: String?, months: Int, today: CivilDate) throws -> CivilDate {
    guard let text, !text.isEmpty else { return adding(months, to: today) }
    guard let date = CivilDate(text), date > today else { throw Problem.invalid("due", "Choose a day after today.") }
    guard date <= adding(18, to: today) else { throw Problem.invalid("due", "Choose a day within 18 months.") }
    return date
  }

  /// The same day so many months on, or the last day of that month.
  static func adding(_ months: Int, to date: CivilDate) -> CivilDate {
    let (year, month, day) = date.components
    let place = month - 1 + months
    for candidate in stride(from: day, to: 27, by: -1) {
      if let found = CivilDate(year: year + place / 12, month: place % 12 + 1, day: candidate) { return found }
    }
    return CivilDate(year: year + place / 12, month: place % 12 + 1, day: min(day, 28)) ?? date.adding(days: months * 30)
  }
}
