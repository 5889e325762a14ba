import Kit
import Store
import Web

/// Promises with a date.
extension Feature {
  static let actions = Feature(
    "Actions",
    endpoints: [
      .page("/actions", ListActions.self, "actions/index", "List the viewer's actions"),
      .act(.post, "/actions/:action/done", FinishAction.self, "Tick an action off") {
        Destination("/actions", say: "Done: \($0.text)", undo: Destination.undo("/actions/\($0.id)/reopen"))
      },
      .act(.post, "/actions/:action/drop", DropAction.self, "Give an action up") {
        Destination("/actions", say: "Dropped: \($0.text)", undo: Destination.undo("/actions/\($0.id)/reopen"))
      },
      .act(.post, "/actions/:action/reopen", ReopenAction.self, "Take back that an action is settled") {
        Destination("/actions", say: "Open again: \($0.text)")
      },
    ],
    migrations: ActionItems.migrations,
    personalData: [
      PersonalColumn(
        "action_item", ["org_id", "id", "session_id", "owner_id", "partner_id", "author_id", "created_at", "released_at"], .none, .keep),
      PersonalColumn("action_item", ["state", "due", "settled_at"], .behaviour, .keep),
      PersonalColumn("action_item", ["text"], .content, .replace),
    ])
}
