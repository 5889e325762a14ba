import Foundation
import GRDB
import GRDBSQLite
import Kit

/// Statements on one SQLite connection; prepared ones are kept by GRDB.
final class SQLiteConnection: Connection {
  private let db: Database
  private let ioFailed: Flag

  /// `ioFailed` is set when the disk, or the connection to it, is the cause of an error.
  init(_ db: Database, _ ioFailed: Flag) {
    self.db = db
    self.ioFailed = ioFailed
  }

  func rows(_ sql: String, _ values: [Bound]) throws -> [Row] {
    var names: [String] = []
    var read: [Bound] = []
    try step(sql, values) { statement in
      if names.isEmpty { names = statement.columnNames }
      statement.read(into: &read)
    }
    return Row.Answer(names, read).rows
  }

  func each(_ sql: String, _ values: [Bound], _ body: (Row) throws -> Void) throws {
    try step(sql, values) { statement in
      var read: [Bound] = []
      statement.read(into: &read)
      try Row.Answer(statement.columnNames, read).rows.forEach(body)
    }
  }

  private func step(_ sql: String, _ values: [Bound], _ body: (Statement) throws -> Void) throws {
    try mapping {
      let statement = try db.cachedStatement(sql: sql)
      let cursor = try GRDB.Row.fetchCursor(statement, arguments: StatementArguments(values.map(\.databaseValue)))
      while try cursor.next() != nil { try body(statement) }
    }
  }

  func run(_ sql: String, _ values: [Bound]) throws -> Int {
    try mapping {
      let statement = try db.cachedStatement(sql: sql)
      try statement.execute(arguments: StatementArguments(values.map(\.databaseValue)))
      return db.changesCount
    }
  }

  private func mapping<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as DatabaseError {
      if error.mayHaveLostState { ioFailed.set() }
      throw error.mapped
    }
  }
}

extension Statement {
  /// Adds the values of the present row, read where SQLite holds them: each is copied once.
  fileprivate func read(into values: inout [Bound]) {
    for column in 0..<Int32(clamping: columnCount) { values.append(Bound(sqlite: sqliteStatement, column)) }
  }
}

extension Bound {
  var databaseValue: DatabaseValue {
    switch self {
    case .null: .null
    case .integer(let value): value.databaseValue
    case .real(let value): value.databaseValue
    case .text(let text): text.databaseValue
    case .blob(let bytes): Data(bytes).databaseValue
    }
  }

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
