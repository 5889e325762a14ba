import Kit
import Store
import Web

/// Evidence of growth: what was used at work and confirmed, and the steps that followed.
extension Feature {
  static let growth = Feature(
    "Growth",
    endpoints: [
      .page("/applications", ListApplications.self, "growth/list", "List what I used at work"),
      .page("/applications/new", NewApplication.self, "growth/new", "Begin to note a use at work"),
      .act(.post, "/applications", AddApplication.self, "Note a use at work", form: "/applications/new", creates: true) {
        Destination("/applications", say: $0.askedName.map { "Noted. We asked \($0) to confirm it." } ?? "Noted.")
      },
      .page("/applications/:application", ShowApplication.self, "growth/show", "Show a use at work"),
      .act(.post, "/applications/:application/confirm", ConfirmApplication.self, "Confirm what a colleague did") {
        Destination("/applications", say: "Confirmed. Thank you.", undo: Destination.undo("/applications/\($0.id)/reopen"))
      },
      .act(.post, "/applications/:application/decline", DeclineApplication.self, "Say that I cannot confirm it") {
        Destination("/applications", say: "Noted that you cannot confirm it.", undo: Destination.undo("/applications/\($0.id)/reopen"))
      },
      .act(.post, "/applications/:application/reopen", ReopenApplication.self, "Take back what I decided") {
        Destination("/applications/\($0.id)", say: "Taken back.")
      },
      .page("/advancement/new", NewAdvancement.self, "growth/advancement", "Begin to record a step"),
      .act(
        .post, "/advancement", RecordAdvancement.self, "Record a change of role, title or pay band", form: "/advancement/new", creates: true
      ) { _ in Destination("/applications", say: "Recorded.") },
    ],
    migrations: GrowthTables.migrations,
    checks: [
      Check("nobody confirmed their own use at work", remedy: "Report it: the database should have refused.") { tx in
        try tx.count("SELECT count(*) FROM application WHERE decided_by = person_id OR asked_id = person_id")
      }
    ],
    personalData: [
      PersonalColumn("application", ["org_id", "id", "person_id", "skill_id", "goal_id", "created_at"], .none, .delete),
      PersonalColumn("application", ["what", "place", "used_on", "state", "decided_at"], .content, .delete),
      PersonalColumn("application", ["asked_id", "decided_by"], .none, .pseudonymise),
      PersonalColumn("advancement", ["org_id", "id", "person_id", "created_at"], .none, .delete),
      PersonalColumn("advancement", ["kind", "words", "happened_on"], .content, .delete),
      PersonalColumn("advancement", ["recorded_by"], .none, .pseudonymise),
      PersonalColumn("advancement_skill", ["org_id", "advancement_id", "skill_id"], .none, .delete),
    ])
}
