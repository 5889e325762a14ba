import Kit
import Store
import Web

/// One's own asks, newest first.
struct ListAsks: UseCase {
  var after: ID<Ask>?

  init() {}

  static let rows = 50

  struct Page: Output {
    var asks: [AskLine]
    var isEmpty: Bool
    /// What was begun and not opened yet.
    var drafts: [DraftLine]
    var nextHref: String?
  }

  struct AskLine: Output {
    var id: ID<Ask>
    var question: String
    var state: Ask.State
    var label: String
    /// Colour of the chip: `good`, `soon`, `info`, or plain.
    var chip: String
    var kind: String
    var opened: Moment
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Page {
    let found = try Ask.all(of: viewer.person, org: viewer.org, before: after, limit: ListAsks.rows + 1, tx)
    let shown = found.prefix(ListAsks.rows)
    let pending = try Offer.pending(among: shown.filter { $0.state == .offered }.map(\.id), org: viewer.org, tx)
    return Page(
      asks: shown.map { ask in
        AskLine(
          id: ask.id, question: ask.question.shortened(to: 120), state: ask.state,
          label: ask.state.label(hasPending: pending.contains(ask.id)), chip: ask.state.chip, kind: ask.settings.title,
          opened: Moment(ask.openedAt ?? ask.createdAt, viewer, now: world.now()))
      },
      isEmpty: shown.isEmpty, drafts: try Ask.otherDrafts(than: nil, tx, viewer, world),
      nextHref: found.count > ListAsks.rows ? shown.last.map { "/asks?after=\($0.id)" } : nil)
  }
}

extension Offer {
  /// Those of the asks that a mentor may still take. One statement, and none for no asks.
  static func pending(among asks: [ID<Ask>], org: ID<Organisation>, _ tx: Transaction) throws -> Set<ID<Ask>> {
    if asks.isEmpty { return [] }
    return Set(
      try tx.values(
        "SELECT ask_id FROM offer WHERE org_id = \(org) AND ask_id IN \(SQL.list(asks)) AND state IN \(SQL.list(State.pending))"))
  }
}

extension Ask.State {
  /// On a chip. An ask for which nobody is found yet is with no mentor.
  func label(hasPending: Bool) -> String {
    switch self {
    case .draft: "Draft"
    case .open: "Open"
    case .offered: hasPending ? "With mentors" : "Open"
    case .askedBack: "A question for you"
    case .claimed: "Pick a time"
    case .booked: "Booked"
    case .answered: "Answered"
    case .closed: "Closed"
    case .expired: "Ended"
    case .withdrawn: "Withdrawn"
    }
  }

  var chip: String {
    switch self {
    case .askedBack, .claimed: "soon"
    case .booked, .answered: "good"
    case .open, .offered: "info"
    default: "plain"
    }
  }
}
