import Kit
import Scheduling
import Store
import Web

/// The figures of those who take part in a program, of the program's own dates so far.
struct ProgramFigures {
  static let withheld = "Figures appear when at least 5 people take part and at least 5 others do not, so that nobody can be made out."

  private static let kinds: [KPI] = [.completion, .applied, .advancement, .retention]

  let from: CivilDate
  let until: CivilDate
  /// Nil while they would tell of fewer than five people.
  let values: [KPIValue]?

  /// The same for a file, which has a row for each figure even where nothing is shown.
  var filed: [KPIValue] {
    values ?? ProgramFigures.kinds.map { KPIValue($0, value: SmallGroups.mark, note: ProgramFigures.withheld, isWithheld: true) }
  }

  static func load(
    _ program: Program, _ enrolled: [Participants], _ viewer: Viewer, _ tx: Transaction, _ world: World
  ) throws -> ProgramFigures {
    let now = world.now()
    // What people do after a program was closed is none of its doing.
    let reached = min(now, program.closedAt ?? now)
    let until = max(program.startsOn, min(Zone.utc.local(at: reached.microseconds).date, program.endsOn))
    let whole = try tx.count("SELECT count(*) FROM person WHERE org_id = \(viewer.org) AND state = 'active'")
    guard SmallGroups.shows(enrolled.count, of: whole) else {
      return ProgramFigures(from: program.startsOn, until: until, values: nil)
    }
    let from = program.start
    let to = max(from, min(reached, program.end))
    let people = enrolled.map(\.member.id)
    let learning = try LearningFigures.load(org: viewer.org, from: from, to: to, persons: people, tx, world)
    let growth = try GrowthFigures.load(org: viewer.org, from: from, to: to, now: now, persons: people, tx)
    let none = SessionFigures(
      booked: 0, met: 0, noShows: 0, cancelled: 0, cancelledLate: 0, wrapped: 0, ratings: 0, ratingSum: 0, ratingSquareSum: 0, loads: [])
    let kpis = KPIs(sessions: none, asks: [], waits: [], learning: learning, growth: growth, learners: 0, raters: 0)
    return ProgramFigures(from: program.startsOn, until: until, values: kinds.map(kpis.value))
  }
}
