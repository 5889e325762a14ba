import Jobs
import Kit
import Store
import Web

/// Reminders of sessions: each once, at the right local time, none for what was moved or called off.
extension Feature {
  static let reminders = Feature(
    "Reminders",
    migrations: Reminder.migrations,
    jobs: { site in
      let send = SendReminder(site: site)
      return [JobHandler(SessionReminder.self) { job, run in try await send(job, run) }]
    },
    checks: [
      Check("no reminder is planned for a session that was called off", remedy: "Report this with the session's id.") { tx in
        try tx.count(
          """
          SELECT count(*) FROM reminder JOIN session ON session.org_id = reminder.org_id AND session.id = reminder.session_id
          WHERE reminder.state = 'planned' AND session.state IN ('cancelled', 'lapsed') AND reminder.sequence >= session.sequence
          """)
      }
    ],
    personalData: [
      PersonalColumn("reminder", ["org_id", "session_id", "person_id", "sequence", "leader"], .none, .delete),
      PersonalColumn("reminder", ["kind", "due_at", "state", "settled_at"], .behaviour, .delete),
    ])
}
