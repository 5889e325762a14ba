import Kit
import Synchronization

/// Statements of one transaction. It keeps the first failure, whatever the body makes of it.
final class PostgresConnection: Connection {
  private let session: PostgresSession
  private let isCancelled: CancellationMark
  private(set) var failure: PostgresFailure?

  init(_ session: PostgresSession, _ isCancelled: CancellationMark) {
    self.session = session
    self.isCancelled = isCancelled
  }

  func rows(_ sql: String, _ values: [Bound]) throws -> [Row] {
    try noting { try session.execute(sql, values).rows }
  }

  func run(_ sql: String, _ values: [Bound]) throws -> Int {
    try noting { try session.execute(sql, values).changed }
  }

  private func noting<Result>(_ body: () throws -> Result) throws -> Result {
    if isCancelled.isSet { throw CancellationError() }
    do {
      return try body()
    } catch let failure as PostgresFailure {
      self.failure = self.failure ?? failure
      throw failure.mapped
    }
  }
}

/// Set when the task that waits for a transaction is cancelled; looked at before each statement.
final class CancellationMark: Sendable {
  private let mark = Atomic<Bool>(false)
  var isSet: Bool { mark.load(ordering: .acquiring) }
  func set() { mark.store(true, ordering: .releasing) }
}
