import Jobs
import Kit
import Store
import Web

/// Requests: asks put before a mentor, and what the mentor makes of them.
extension Feature {
  static let requests = Feature(
    "Requests",
    endpoints: RequestEndpoints.all,
    migrations: RequestTables.migrations,
    jobs: { _ in JobHandler.offers },
    checks: [
      Check("a mentor's rest in lists differs from their pauses", remedy: "Report this; have them come back once.", MentorPause.differences)
    ],
    personalData: [
      PersonalColumn(
        "offer",
        [
          "org_id", "id", "ask_id", "state", "points", "why", "start_at", "sent_at", "due_at", "seen_at", "asked_at", "remaining",
          "ended_at",
          "version",
        ], .none, .keep),
      PersonalColumn("offer", ["mentor_id"], .identity, .pseudonymise),
      PersonalColumn("offer", ["question", "reply"], .content, .replace),
      PersonalColumn("offer", ["reason"], .content, .delete),
      PersonalColumn("offer_time", ["org_id", "offer_id", "start_at"], .none, .keep),
      PersonalColumn("mentor_pause", ["org_id", "id", "began_at", "ended_at"], .none, .keep),
      PersonalColumn("mentor_pause", ["person_id"], .identity, .delete),
      PersonalColumn("person", ["is_resting"], .none, .delete),
    ]
  )
}
