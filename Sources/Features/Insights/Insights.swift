import Kit
import Store
import Web

/// What people took away from sessions: a journal that can be searched.
extension Feature {
  static let insights = Feature(
    "Insights",
    migrations: Insights.migrations,
    personalData: [
      PersonalColumn("insight", ["org_id", "id", "session_id", "author_id", "partner_id", "created_at", "released_at"], .none, .keep),
      PersonalColumn("insight", ["text"], .content, .replace),
      PersonalColumn("insight_card", ["org_id", "insight_id", "person_id", "card_id", "made_at"], .none, .delete),
    ])
}
