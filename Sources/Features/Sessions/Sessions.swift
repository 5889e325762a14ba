import Jobs
import Kit
import Store
import Web

/// Meetings: holding, booking, moving, meeting, wrapping up.
extension Feature {
  static let sessions = Feature(
    "Sessions",
    endpoints: SessionEndpoints.all,
    migrations: SessionTables.migrations,
    jobs: { site in
      [
        JobHandler(SessionMail.self) { job, run in try await run.store.write { tx in try job.send(tx, org: run.org(), site) } },
        JobHandler(ExtendSeries.self) { job, run in try await run.store.write { tx in try job(tx, org: run.org(), run.world) } },
        JobHandler(EndApproval.self) { job, run in try await run.store.write { tx in try job(tx, org: run.org(), run.world) } },
        JobHandler(EndSession.self) { job, run in try await run.store.write { tx in try job(tx, org: run.org(), run.world) } },
      ]
    },
    checks: SessionChecks.all,
    personalData: SessionRegister.columns)
}
