import Kit
import Store
import Web

/// What people took away from sessions: a journal that can be searched.
extension Feature {
  static let insights = Feature(
    "Insights",
    endpoints: [
      .page("/insights", ListInsights.self, "insights/index", "List and search insights"),
      .act(.post, "/insights/:insight/card", MakeInsightCard.self, "Make a card of an insight", creates: true) { _ in
        Destination("/insights", say: "Made a card. It comes up in your next review.")
      },
    ],
    migrations: Insights.migrations,
    personalData: [
      PersonalColumn("insight", ["org_id", "id", "session_id", "author_id", "partner_id", "created_at", "released_at"], .none, .keep),
      PersonalColumn("insight", ["text"], .content, .replace),
      PersonalColumn("insight_card", ["org_id", "insight_id", "person_id", "card_id", "made_at"], .none, .delete),
    ])
}
