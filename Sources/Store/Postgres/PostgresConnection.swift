import Kit

/// Statements of one transaction. It keeps the first failure, whatever the body makes of it.
final class PostgresConnection: Connection {
  private let session: PostgresSession
  /// Set when the task that waits for the transaction is cancelled; looked at before each statement.
  private let isCancelled: Flag
  private var cursors = 0
  private(set) var failure: PostgresFailure?

  init(_ session: PostgresSession, _ isCancelled: Flag) {
    self.session = session
    self.isCancelled = isCancelled
  }

  func rows(_ sql: String, _ values: [Bound]) throws -> [Row] {
    try noting { try session.execute(sql, values).rows }
  }

  /// Through a cursor, so that a large table passes in pieces and each piece has the time a statement has. Rows with bytes may each be
  /// as large as a file, so there are few of them in a piece.
  func each(_ sql: String, _ values: [Bound], _ body: (Row) throws -> Void) throws {
    cursors += 1
    let cursor = "c\(cursors)"
    _ = try run("DECLARE \(cursor) NO SCROLL CURSOR FOR \(sql)", values)
    // The first few show what the columns are.
    var size = 4
    while true {
      let (rows, holdsBytes) = try noting {
        let answer = try session.execute("FETCH \(size) FROM \(cursor)", [])
        return (answer.rows, answer.holdsBytes)
      }
      if rows.isEmpty { break }
      try rows.forEach(body)
      if !holdsBytes { size = 500 }
    }
    _ = try run("CLOSE \(cursor)", [])
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
