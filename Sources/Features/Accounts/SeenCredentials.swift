import Kit
import Store
import Web

extension Site {
  /// Writes down which sessions and tokens this program saw since the last call, together instead of at each request: a session that is
  /// used does not end.
  public func stampSeen() async throws {
    let seen = takeSeen()
    if seen.isEmpty { return }
    let now = world.now()
    try await store.write { tx in
      let sessions = seen.compactMap { if case .session(let id) = $0 { id } else { nil } }
      let tokens = seen.compactMap { if case .token(let id) = $0 { id } else { nil } }
      // By id alone: this is the installation's own work, and an id is one credential of one organisation.
      for part in Self.chunks(sessions) { try tx.run("UPDATE sign_in_session SET seen_at = \(now) WHERE id IN \(SQL.list(part))") }
      for part in Self.chunks(tokens) { try tx.run("UPDATE api_token SET seen_at = \(now) WHERE id IN \(SQL.list(part))") }
    }
  }

  private static func chunks(_ ids: [Int64]) -> [[Int64]] {
    stride(from: 0, to: ids.count, by: 500).map { Array(ids[$0..<min($0 + 500, ids.count)]) }
  }
}
