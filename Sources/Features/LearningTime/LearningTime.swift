import Jobs
import Kit
import Scheduling
import Store
import Web

/// The minutes of a week that people keep for learning.
extension Feature {
  static let learningTime = Feature(
    "LearningTime",
    endpoints: [
      .page("/you/learning-time", ShowLearningTime.self, "learningtime/show", "Show the minutes I keep for learning, and three proposals"),
      .act(.post, "/you/learning-time", KeepLearningTime.self, "Keep minutes for learning", form: "/you/learning-time") { page in
        Destination(
          "/you/learning-time",
          say: page.windows.isEmpty ? "Stopped. All of that time is free again." : "Kept. Nobody can book you then.")
      },
      .act(.post, "/you/learning-time/:window/remove", DropLearningTime.self, "Keep a window no more") { _ in
        Destination("/you/learning-time", say: "Removed. The time is free again.")
      },
    ],
    migrations: LearningTime.migrations,
    jobs: { _ in
      [
        PlanLearning.handler,
        JobHandler(RemindLearning.self) { job, run in try await run.store.write { tx in try job(tx, org: run.org(), run.world) } },
      ]
    },
    schedule: [ScheduledJob("learning-day", every: .minutes(15), PlanLearning())],
    checks: [
      Check("learning windows are short and belong to members", remedy: "Remove the windows of people who left.") { tx in
        try tx.count(
          """
          SELECT count(*) FROM learning_window JOIN person ON person.org_id = learning_window.org_id AND person.id = learning_window.person_id
          WHERE person.state = 'left' OR learning_window.minutes NOT BETWEEN 5 AND 15
          """)
      }
    ],
    personalData: [
      PersonalColumn("learning_window", ["org_id", "id", "person_id", "kept_at"], .none, .delete),
      PersonalColumn("learning_window", ["weekday", "from_minute", "minutes"], .behaviour, .delete),
      PersonalColumn("learning_turn", ["org_id", "person_id", "day", "window_id", "told_at"], .none, .delete),
      PersonalColumn("learning_turn", ["starts_at", "state"], .behaviour, .delete),
    ])
}
