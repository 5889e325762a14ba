import GRDB
import GRDBSQLite
import Kit

/// Statements of one transaction.
final class SQLiteConnection: Connection {
  private let statements: SQLiteStatements
  private let ioFailed: Flag
  /// Set when the task that waits for the answer is cancelled; looked at before each statement and each row handed out.
  private let isCancelled: Flag

  /// `ioFailed` is set when the disk, or the connection to it, is the cause of an error.
  init(_ statements: SQLiteStatements, _ ioFailed: Flag, _ isCancelled: Flag) {
    self.statements = statements
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

  func run(_ sql: String, _ values: [Bound]) throws -> Int {
    try step(sql, values) { _ in }
    return statements.changes
  }

  private func step(_ sql: String, _ values: [Bound], _ body: (SQLiteStatement) throws -> Void) throws {
    if isCancelled.isSet { throw CancellationError() }
    do {
      try statements.step(sql, values, body)
    } catch let error as DatabaseError {
      if error.mayHaveLostState { ioFailed.set() }
      throw error.mapped
    }
  }
}

extension Bound {
  /// A column of the row at which a statement stands.
  init(sqlite statement: OpaquePointer, _ column: Int32) {
    switch sqlite3_column_type(statement, column) {
    case SQLITE_INTEGER: self = .integer(sqlite3_column_int64(statement, column))
    case SQLITE_FLOAT: self = .real(sqlite3_column_double(statement, column))
    case SQLITE_TEXT:
      let start = sqlite3_column_text(statement, column)
      self = .text(String(decoding: UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column))), as: UTF8.self))
    case SQLITE_BLOB:
      let start = sqlite3_column_blob(statement, column)
      self = .blob(Array(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column)))))
    default: self = .null
    }
  }
}

extension DatabaseError {
  /// The disk failed, or the connection was closed after it did: what is in memory cannot be trusted.
  var mayHaveLostState: Bool { [.SQLITE_IOERR, .SQLITE_CANTOPEN, .SQLITE_MISUSE].contains(resultCode) }

  /// The error in the terms of `Store`: a broken rule, a full disk, a moment to wait, or itself.
  var mapped: any Error {
    // "UNIQUE constraint failed: person.email" is told by its last part; a trigger names itself.
    let text = message.flatMap { $0.split(separator: ": ").last.map(String.init) } ?? ""
    switch extendedResultCode {
    case .SQLITE_CONSTRAINT_TRIGGER: return Violation(rule: .overlap, name: text)
    case .SQLITE_CONSTRAINT_UNIQUE, .SQLITE_CONSTRAINT_PRIMARYKEY: return Violation(rule: .unique, name: text)
    // SQLite does not say which.
    case .SQLITE_CONSTRAINT_FOREIGNKEY: return Violation(rule: .reference, name: "")
    case .SQLITE_CONSTRAINT_CHECK: return Violation(rule: .check, name: text)
    case .SQLITE_CONSTRAINT_NOTNULL: return Violation(rule: .notNull, name: text)
    default: break
    }
    switch resultCode {
    case .SQLITE_FULL: return Problem.storageFull
    case .SQLITE_BUSY, .SQLITE_LOCKED: return Problem.unavailable(retryAfter: 1)
    case .SQLITE_INTERRUPT: return CancellationError()
    case .SQLITE_IOERR, .SQLITE_CANTOPEN, .SQLITE_MISUSE: return Problem.unavailable(retryAfter: 5)
    default: return self
    }
  }
}
