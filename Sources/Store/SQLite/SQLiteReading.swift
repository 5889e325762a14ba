import GRDB
import Kit

/// Statements of one reading transaction.
final class SQLiteReading: Connection {
  private let reader: SQLiteReader
  private let ioFailed: Flag
  /// Set when the task that waits for the answer is cancelled; looked at before each statement and each row handed out.
  private let isCancelled: Flag

  init(_ reader: SQLiteReader, _ ioFailed: Flag, _ isCancelled: Flag) {
    self.reader = reader
    self.ioFailed = ioFailed
    self.isCancelled = isCancelled
  }

  func rows(_ sql: String, _ values: [Bound]) throws -> [Row] {
    var names: [String] = []
    var read: [Bound] = []
    try step(sql, values) { statement in
      if names.isEmpty { names = statement.names }
      statement.read(into: &read)
    }
    return Row.Answer(names, read).rows
  }

  func each(_ sql: String, _ values: [Bound], _ body: (Row) throws -> Void) throws {
    try step(sql, values) { statement in
      if isCancelled.isSet { throw CancellationError() }
      var read: [Bound] = []
      statement.read(into: &read)
      try Row.Answer(statement.names, read).rows.forEach(body)
    }
  }

  /// Fails for a statement that writes, as the connection is opened for reading.
  func run(_ sql: String, _ values: [Bound]) throws -> Int {
    try step(sql, values) { _ in }
    return 0
  }

  private func step(_ sql: String, _ values: [Bound], _ body: (SQLiteStatement) throws -> Void) throws {
    if isCancelled.isSet { throw CancellationError() }
    do {
      try reader.step(sql, values, body)
    } catch let error as DatabaseError {
      if error.mayHaveLostState { ioFailed.set() }
      throw error.mapped
    }
  }
}
