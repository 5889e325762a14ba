import Kit
import Store
import Web

/// What to learn next, and what is assigned.
extension Feature {
  static let learn = Feature(
    "Learn",
    endpoints: [
      .page("/learn", ShowLearn.self, "learn/show", "Show what to learn next"),
      .act(.post, "/learn/assignments/:assignment/withdraw", WithdrawAssignment.self, "Take back an assignment") { _ in
        Destination("/learn", say: "Taken back.")
      },
    ],
    migrations: LearnTables.migrations,
    personalData: [
      PersonalColumn(
        "assignment",
        ["org_id", "id", "person_id", "lesson_id", "assigned_by", "session_id", "created_at"], .none, .delete),
      PersonalColumn("assignment", ["due_on", "done_at", "withdrawn_at"], .behaviour, .delete),
      PersonalColumn("assignment", ["why"], .content, .delete),
    ]
  )
}
