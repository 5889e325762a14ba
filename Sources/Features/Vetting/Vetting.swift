import Kit
import Store
import Web

/// Becoming a mentor: the application, the review against five criteria, the decision.
extension Feature {
  static let vetting = Feature(
    "Vetting",
    endpoints: [],
    migrations: VettingTables.migrations,
    personalData: [
      PersonalColumn("vetting", ["org_id", "id", "person_id", "applied_at", "decided_at", "recheck_at"], .none, .delete),
      PersonalColumn("vetting", ["decided_by"], .none, .pseudonymise),
      PersonalColumn("vetting", ["state", "reach", "words"], .content, .delete),
      PersonalColumn("vetting_answer", ["org_id", "vetting_id", "criterion"], .none, .delete),
      PersonalColumn("vetting_answer", ["answer", "score"], .content, .delete),
    ]
  )
}
