import Jobs
import Kit
import Store
import Web

/// Writes down which sessions and tokens were used, together and now and then instead of at each request.
struct StampSeen: Job {
  static let kind = "stamp-seen"

  static func handler(_ site: Site) -> JobHandler {
    JobHandler(StampSeen.self) { _, run in
      let seen = site.takeSeen()
      if seen.isEmpty { return }
      let now = run.world.now()
      try await run.store.write { tx in
        let sessions = seen.compactMap { if case .session(let id) = $0 { id } else { nil } }
        let tokens = seen.compactMap { if case .token(let id) = $0 { id } else { nil } }
        // By id alone: this is the installation's own work, and an id is one credential of one organisation.
        for part in chunks(sessions) { try tx.run("UPDATE sign_in_session SET seen_at = \(now) WHERE id IN \(SQL.list(part))") }
        for part in chunks(tokens) { try tx.run("UPDATE api_token SET seen_at = \(now) WHERE id IN \(SQL.list(part))") }
      }
    }
  }

  private static func chunks(_ ids: [Int64]) -> [[Int64]] {
    stride(from: 0, to: ids.count, by: 500).map { Array(ids[$0..<min($0 + 500, ids.count)]) }
  }
}

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
