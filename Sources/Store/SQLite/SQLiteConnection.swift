import Foundation
import GRDB
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
    var rows: [Row] = []
    try each(sql, values) { rows.append($0) }
    return rows
  }

  func each(_ sql: String, _ values: [Bound], _ body: (Row) throws -> Void) throws {
    try mapping {
      let statement = try db.cachedStatement(sql: sql)
      let cursor = try GRDB.Row.fetchCursor(statement, arguments: StatementArguments(values.map(\.databaseValue)))
      let columns = Row.Columns(statement.columnNames)
      let width = columns.names.count
      while let row = try cursor.next() {
        var read: [Bound] = []
        read.reserveCapacity(width)
        for place in 0..<width { read.append(Bound(row[place] as DatabaseValue)) }
        try body(Row(columns: columns, values: read))
      }
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

  init(_ value: DatabaseValue) {
    switch value.storage {
    case .null: self = .null
    case .int64(let value): self = .integer(value)
    case .double(let value): self = .real(value)
    case .string(let text): self = .text(text)
    case .blob(let data): self = .blob(Array(data))
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
