import Kit
import Store
import Web

/// The viewer's insights and those shared with them; with words, those that hold them.
struct ListInsights: UseCase {
  static let perPage = 30

  var q: String?
  var after: ID<Insight>?

  static let rules: [String: Rule] = ["q": .text(0...200)]

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> InsightsPage {
    let query = q?.trimmed ?? ""
    let found = try Insights.search(query, viewer, before: after, limit: ListInsights.perPage + 1, tx)
    let shown = found.prefix(ListInsights.perPage)
    let people = try Member.named(shown.flatMap { [$0.author, $0.partner] }, org: viewer.org, tx)
    let hasMore = found.count > ListInsights.perPage && query.isEmpty
    return InsightsPage(
      query: query,
      insights: shown.map { insight in
        let other = insight.author == viewer.person ? insight.partner : insight.author
        return .init(
          id: insight.id, session: insight.session, text: insight.text, isMine: insight.author == viewer.person,
          with: people[other]?.name ?? "", when: Moment(insight.at, viewer, now: world.now()), hasCard: insight.hasCard)
      }, isEmpty: found.isEmpty && query.isEmpty && after == nil, isNothingFound: found.isEmpty && !query.isEmpty,
      nextHref: hasMore ? shown.last.map { "/insights?after=\($0.id)" } : nil)
  }
}

struct InsightsPage: Output {
  struct Entry: Output {
    let id: ID<Insight>
    let session: ID<Session>
    let text: String
    let isMine: Bool
    let with: String
    let when: Moment
    let hasCard: Bool
  }

  let query: String
  let insights: [Entry]
  let isEmpty: Bool
  let isNothingFound: Bool
  let nextHref: String?
}
