import Kit
import Store
import Web

/// Asks: what somebody wants help with, from the first words to a booked session.
extension Feature {
  static let asks = Feature(
    "Asks",
    endpoints: AskEndpoints.all,
    migrations: AskTables.migrations,
    checks: [
      Check("an ask that is booked names its session", remedy: "Withdraw the ask or book it again.") { tx in
        try tx.count("SELECT count(*) FROM ask WHERE state = 'booked' AND session_id IS NULL")
      },
      Check("an ask that ended has no pending offer", remedy: "Run the jobs; a pending offer of such an ask lapses by itself.") { tx in
        try tx.count(
          """
          SELECT count(*) FROM offer JOIN ask ON ask.org_id = offer.org_id AND ask.id = offer.ask_id
          WHERE offer.state IN ('sent', 'seen', 'asked', 'other_time') AND ask.state NOT IN ('offered', 'asked_back', 'claimed')
          """)
      },
    ],
    personalData: [
      PersonalColumn(
        "ask",
        [
          "org_id", "id", "situation", "kind", "urgency", "minutes", "commitment", "language", "crossing", "is_anonymous", "state",
          "created_at", "opened_at", "expires_at", "met_at", "closed_at", "session_id", "version",
        ], .none, .keep),
      PersonalColumn("ask", ["asker_id", "wished_id"], .identity, .pseudonymise),
      PersonalColumn("ask", ["question", "answer"], .content, .replace),
      PersonalColumn("ask_skill", ["org_id", "ask_id", "skill_id", "place"], .none, .keep),
    ]
  )
}
