import Jobs
import Kit
import Store
import Web

/// How one's own memory works, and the weights that are fitted to it.
extension Feature {
  static let memory = Feature(
    "Memory",
    endpoints: [.page("/learn/memory", ShowMemory.self, "memory/show", "Show how one's own memory works")],
    migrations: MemoryTables.migrations,
    jobs: { _ in
      [
        FindFits.handler,
        JobHandler(FitMemory.self) { job, run in try await job(run.store, org: run.org(), run.world) },
      ]
    },
    schedule: [ScheduledJob("find-fits", every: .hours(24), FindFits())],
    checks: [
      Check("fitted weights in use foretold unseen answers better than the defaults", remedy: "Report it: the fit should have been left.") {
        tx in
        try tx.rows("SELECT scores, items FROM memory_fit WHERE adopted = 1").count { row in
          let worth = try MemoryFit.Worth(text: try row("scores"))
          return try row("items", as: Int.self) < MemoryFit.leastReviews || worth.fitted.logLoss >= worth.defaults.logLoss
        }
      }
    ],
    personalData: MemoryTables.personalData
  )
}
