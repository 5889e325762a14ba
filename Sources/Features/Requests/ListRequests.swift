import Kit
import Store
import Web

/// Asks put before the viewer: what waits for an answer first, then the last ones answered.
struct ListRequests: UseCase {
  init() {}

  struct Page: Output {
    var requests: [RequestLine]
    var earlier: [RequestLine]
    var isEmpty: Bool
    /// Since when no requests come, after three that found no answer.
    var pausedSince: Moment?
    var comeBack: Form?
  }

  struct RequestLine: Output {
    var offer: ID<Offer>
    var href: String
    var asker: String
    var question: String
    var facts: [String]
    var state: Offer.State
    var chip: String
    var chipWords: String
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Page {
    let pending = try Offer.pending(for: viewer.person, org: viewer.org, tx)
    let ended = try Offer.ended(for: viewer.person, org: viewer.org, tx)
    let lines = try RequestLines.make(pending + ended, viewer, tx, world)
    let since = try MentorPause.since(viewer.person, org: viewer.org, tx)
    return Page(
      requests: Array(lines.prefix(pending.count)), earlier: Array(lines.dropFirst(pending.count)), isEmpty: pending.isEmpty,
      pausedSince: since.map { Moment($0, viewer, now: world.now()) },
      comeBack: since == nil ? nil : Form("/requests/return", button: "Send me requests again", id: "return", []))
  }
}

/// Offers as lines of a list, in two statements.
enum RequestLines {
  static func make(_ offers: [Offer], _ viewer: Viewer, _ tx: Transaction, _ world: World) throws -> [ListRequests.RequestLine] {
    let asks = try Ask.named(offers.map(\.ask), org: viewer.org, tx)
    let people = try Member.named(asks.values.map(\.asker), org: viewer.org, tx)
    let now = world.now()
    return offers.compactMap { offer in
      guard let ask = asks[offer.ask] else { return nil }
      let isHidden = ask.isAnonymous && offer.state != .accepted
      let due = Moment(offer.dueAt, viewer, now: now)
      let start = offer.start.map { Moment($0, viewer, now: now).text }
      return ListRequests.RequestLine(
        offer: offer.id, href: "/requests/\(offer.id)", asker: isHidden ? "Somebody" : people[ask.asker]?.name ?? "Somebody",
        question: ask.question.shortened(to: 140),
        facts: [ask.settings.isWritten ? "In writing" : "\(ask.minutes) min", start].compactMap { $0 }, state: offer.state,
        chip: offer.state.isPending ? "soon" : "plain", chipWords: offer.state.isPending ? "Answer by \(due.text)" : offer.state.label)
    }
  }
}

extension Offer {
  /// The last offers of a mentor that ended.
  static func ended(for mentor: ID<Person>, org: ID<Organisation>, _ tx: Transaction) throws -> [Offer] {
    try tx.all(
      """
      SELECT \(columns) FROM offer WHERE org_id = \(org) AND mentor_id = \(mentor) AND ended_at IS NOT NULL ORDER BY sent_at DESC, id DESC LIMIT 20
      """)
  }
}

extension Offer.State {
  /// On a chip.
  var label: String {
    switch self {
    case .sent, .seen: "Waits for you"
    case .asked: "You asked first"
    case .otherTime: "Times proposed"
    case .accepted: "Accepted"
    case .passed: "Passed on"
    case .lapsed: "Went to somebody else"
    case .withdrawn: "Settled"
    }
  }
}

extension Ask {
  static func named(_ ids: [ID<Ask>], org: ID<Organisation>, _ tx: Transaction) throws -> [ID<Ask>: Ask] {
    if ids.isEmpty { return [:] }
    let found: [Ask] = try tx.all("SELECT \(columns) FROM ask WHERE org_id = \(org) AND id IN \(SQL.list(Array(Set(ids))))")
    return Dictionary(found.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
  }
}
