import Jobs
import Kit
import Store

/// Removes what has ended: sessions, codes, counted tries, links.
struct SweepAccounts: Job {
  static let kind = "sweep-accounts"

  static let handler = JobHandler(SweepAccounts.self) { _, run in
    let now = run.world.now()
    try await run.store.write { tx in
      try tx.run("DELETE FROM sign_in_session WHERE expires_at < \(now)")
      try tx.run("DELETE FROM sign_in_code WHERE expires_at < \(now - .days(1))")
      try tx.run("DELETE FROM sign_in_attempt WHERE at < \(now - SignInGuard.memory)")
      try tx.run("DELETE FROM setup_link WHERE expires_at < \(now)")
    }
  }
}
