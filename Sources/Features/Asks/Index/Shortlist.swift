import Kit
import Matching
import Store
import Web

/// Whom the ranking of an ask looks at, those first who can get the most points.
struct Shortlist {
  private let asking: AskingSide
  private let source: Source

  private enum Source {
    /// Ids by the index, with those who changed since it was made.
    case index(best: [ID<Person>], changed: Set<ID<Person>>)
    case database
  }

  /// Asks the index when there is one, and the log for what happened since.
  ///
  /// Kinds in which the mentor need not be above the learner are looked up in the database: the index knows who can teach a skill, not
  /// everybody who names it.
  init(_ asking: AskingSide, figures: PoolFigures, weights: Weights, _ tx: Transaction, _ world: World) throws {
    self.asking = asking
    let need = asking.need
    guard need.kind.levelRule == .aboveInASkill, let index = tx.mentorIndexes.index(of: asking.ask.org, at: world.now()),
      let changed = try index.changes(tx)?.people
    else {
      source = .database
      return
    }
    var query = RankQuery(index.ranks)
    let pool = figures.pool(reporting: ReportingLines(), graph: asking.graph)
    let best = query.shortlist(RankMentors.looks.then, need: need, weights: weights, pool: pool).map { ID<Person>($0) }
    source = .index(best: best.filter { !changed.contains($0) }, changed: changed)
  }

  /// How many there are at most.
  var count: Int {
    switch source {
    case .index(let best, let changed): best.count + changed.count
    case .database: RankMentors.looks.first
    }
  }

  /// The first of them as they are now, and whoever is to be looked at in any case. Two statements.
  func mentors(_ most: Int, including: Set<ID<Person>>, _ tx: Transaction) throws -> [Mentor] {
    let ask = asking.ask
    var ids: [ID<Person>]
    switch source {
    case .index(let best, let changed): ids = changed.sorted() + best.prefix(most)
    case .database: ids = try Mentor.offering(asking.skills, near: asking.near, org: ask.org, limit: most, tx)
    }
    ids += including.subtracting(ids).sorted()
    let people = try Mentor.named(ids.filter { $0 != ask.asker }, for: ask.asker, org: ask.org, tx)
    return people.filter { $0.isMentor || including.contains($0.id) }.sorted { $0.id < $1.id }
  }
}
