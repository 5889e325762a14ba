import Kit
import Store
import Web

extension Ask {
  /// Unfinished asks that one person may keep.
  static let mostDrafts = 5

  /// What a person began and did not open yet, the last begun first.
  static func drafts(of person: ID<Person>, org: ID<Organisation>, _ tx: Transaction) throws -> [Ask] {
    try tx.all(
      """
      SELECT \(columns) FROM ask WHERE org_id = \(org) AND asker_id = \(person) AND state = \("draft") ORDER BY id DESC LIMIT \(mostDrafts)
      """)
  }

  /// The drafts besides the one that a page shows, to go on with or to throw away. A page with a form offers only the first, as sending
  /// another form would lose what is typed.
  static func otherDrafts(than shown: ID<Ask>?, _ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> [DraftLine] {
    try drafts(of: viewer.person, org: viewer.org, tx).filter { $0.id != shown }.map { DraftLine($0, viewer, now: world.now()) }
  }
}

/// An ask that was begun, in a list.
struct DraftLine: Output {
  var ask: ID<Ask>
  var question: String
  var began: Moment

  init(_ draft: Ask, _ viewer: Viewer, now: Instant) {
    ask = draft.id
    question = draft.question.shortened(to: 120)
    began = Moment(draft.createdAt, viewer, now: now)
  }
}
