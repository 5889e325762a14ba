import Jobs
import Kit
import Store
import Web

/// Calendars: one's sessions in other programs, busy times from other programs, answers to invitations.
extension Feature {
  static let calendar = Feature(
    "Calendar",
    endpoints: CalendarEndpoints.all,
    migrations: CalendarFeed.migrations + BusyFeed.migrations + InvitationAnswer.migrations,
    jobs: { site in [ReadBusyFeeds.handler, ReadBusyFeed.handler(site)] },
    schedule: [ScheduledJob("busy-feeds", every: BusyFeed.turn, ReadBusyFeeds())],
    checks: [
      Check("calendar feeds belong to members", remedy: "Remove the feeds of people who left; they are dead already.") { tx in
        try tx.count(
          """
          SELECT count(*) FROM calendar_address
          JOIN person ON person.org_id = calendar_address.org_id AND person.id = calendar_address.person_id
          WHERE person.state = 'left'
          """)
      },
      Check("busy times lie within a calendar of the same person", remedy: "Read the calendar again.") { tx in
        try tx.count(
          """
          SELECT count(*) FROM busy_time LEFT JOIN busy_feed ON busy_feed.org_id = busy_time.org_id AND busy_feed.id = busy_time.feed_id
            AND busy_feed.person_id = busy_time.person_id
          WHERE busy_feed.id IS NULL OR busy_time.starts_at >= busy_time.ends_at
          """)
      },
    ],
    personalData: [
      PersonalColumn("calendar_address", ["org_id", "person_id", "content", "created_at"], .none, .delete),
      PersonalColumn("calendar_address", ["token_hash"], .secret, .delete),
      PersonalColumn("invitation_answer", ["org_id", "session_id", "person_id", "sequence", "answered_at"], .none, .delete),
      PersonalColumn("invitation_answer", ["token_hash"], .secret, .delete),
      PersonalColumn("invitation_answer", ["answer"], .behaviour, .delete),
      PersonalColumn(
        "busy_feed",
        [
          "org_id", "id", "person_id", "created_at", "asked_at", "read_at", "expanded_at", "told_at", "failure", "warnings", "all_day_free",
          "failures", "next_at",
        ],
        .none, .delete),
      PersonalColumn("busy_feed", ["url", "tag", "modified"], .secret, .delete),
      PersonalColumn("busy_time", ["org_id", "feed_id", "person_id", "place"], .none, .delete),
      PersonalColumn("busy_time", ["uid_hash"], .secret, .delete),
      PersonalColumn("busy_time", ["starts_at", "ends_at"], .behaviour, .delete),
    ])
}
