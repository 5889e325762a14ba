import Kit
import Store
import Web

/// The first page: what to do now.
extension Feature {
  static let today = Feature(
    "Today",
    endpoints: [
      .page("/", ShowToday.self, "today/show", "Show what to do now"),
      .act(.post, "/nudges/:kind/put-off", PutOffNudge.self, "Put a nudge off") { _ in
        Destination("/", say: "Not now. It stays quiet for two weeks.")
      },
    ],
    migrations: Nudge.migrations,
    personalData: [
      PersonalColumn("nudge", ["org_id", "person_id", "object_id"], .none, .delete),
      PersonalColumn("nudge", ["kind", "put_off_at"], .behaviour, .delete),
    ])
}
