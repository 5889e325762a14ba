import Jobs
import Store
import Web

/// Mail to people: composing, quiet hours, and what each wants to hear about.
extension Feature {
  static let letters = Feature(
    "Letters",
    endpoints: [
      .page("/you/notifications", ShowNotifications.self, "letters/notifications", "Show which mails I get"),
      .act(.post, "/you/notifications", SetNotifications.self, "Choose which mails I get", form: "/you/notifications") { _ in
        Destination("/you/notifications", say: "Saved.")
      },
      .page("/notices", ListNotices.self, "letters/notices", "List what I was told lately"),
      .act(.post, "/notices/seen", SeeNotices.self, "Say that I have seen what I was told") { _ in Destination("/") },
      Unsubscribe.page, Unsubscribe.endpoint,
    ] + PushEndpoints.all,
    migrations: [
      Migration(
        "letters/1",
        [
          """
          CREATE TABLE notification_setting (
            org_id BIGINT NOT NULL, person_id BIGINT NOT NULL, quiet_from BIGINT NOT NULL, quiet_to BIGINT NOT NULL,
            quiet_weekends BIGINT NOT NULL CHECK (quiet_weekends IN (0, 1)), topics_off TEXT NOT NULL, digest_at BIGINT NOT NULL,
            PRIMARY KEY (org_id, person_id), FOREIGN KEY (org_id, person_id) REFERENCES person (org_id, id))
          """
        ]),
      Digest.migration, NotificationChoice.migration, Notice.migration, PushDevice.migration,
    ],
    jobs: { site in
      let send = SendLetter(site: site)
      return [
        JobHandler(Letter.self) { letter, run in try await send(letter, run) },
        JobHandler(SendDigest.self) { digest, run in try await send(digest, run) },
        SendPush.handler(site),
      ]
    },
    personalData: [
      PersonalColumn("notification_setting", ["org_id", "person_id"], .none, .delete),
      PersonalColumn(
        "notification_setting",
        ["quiet_from", "quiet_to", "quiet_weekends", "topics_off", "push_off", "notice_off", "reminders", "digest_at"], .behaviour, .delete),
      PersonalColumn("notice", ["org_id", "id", "person_id", "key", "topic", "made_at", "seen_at"], .none, .delete),
      PersonalColumn("notice", ["subject", "path"], .content, .delete),
      PersonalColumn("push_device", ["org_id", "id", "person_id", "sign_in_id", "created_at"], .none, .delete),
      PersonalColumn("push_device", ["endpoint", "endpoint_hash", "public_key", "secret"], .secret, .delete),
      PersonalColumn("push_device", ["agent"], .behaviour, .delete),
      PersonalColumn("held_letter", ["org_id", "person_id", "key", "held_at"], .none, .delete),
      PersonalColumn("held_letter", ["letter"], .content, .delete),
    ])
}
