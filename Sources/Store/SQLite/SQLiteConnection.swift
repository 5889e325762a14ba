import Foundation
import GRDB
import Kit

/// Statements on one SQLite connection; prepared ones are kept by GRDB.
final class SQLiteConnection: Connection {
  private let db: Database

  init(_ db: Database) { self.db = db }

  func rows(_ sql: String, _ values: [Bound]) throws -> [Row] {
    do {
      let statement = try db.cachedStatement(sql: sql)
      let cursor = try GRDB.Row.fetchCursor(statement, arguments: StatementArguments(values.map(\.databaseValue)))
      let columns = Row.Columns(statement.columnNames)
      var rows: [Row] = []
      let width = columns.names.count
      while let row = try cursor.next() {
        var read: [Bound] = []
        read.reserveCapacity(width)
        for place in 0..<width { read.append(Bound(row[place] as DatabaseValue)) }
        rows.append(Row(columns: columns, values: read))
      }
      return rows
    } catch let error as DatabaseError {
      throw error.mapped
    }
  }

  func run(_ sql: String, _ values: [Bound]) throws -> Int {
    do {
      let statement = try db.cachedStatement(sql: sql)
      try statement.execute(arguments: StatementArguments(values.map(\.databaseValue)))
      return db.changesCount
    } catch let error as DatabaseError {
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
  /// The error in the terms of `Store`: a broken rule, a full disk, a moment to wait, or itself.
  var mapped: any Error {
    let text = message ?? ""
    switch extendedResultCode {
    case .SQLITE_CONSTRAINT_TRIGGER: return Violation(rule: .overlap, name: text)
    case .SQLITE_CONSTRAINT_UNIQUE, .SQLITE_CONSTRAINT_PRIMARYKEY: return Violation(rule: .unique, name: text)
    case .SQLITE_CONSTRAINT_FOREIGNKEY: return Violation(rule: .reference, name: text)
    case .SQLITE_CONSTRAINT_CHECK: return Violation(rule: .check, name: text)
    case .SQLITE_CONSTRAINT_NOTNULL: return Violation(rule: .notNull, name: text)
    default: break
    }
    switch resultCode {
    case .SQLITE_FULL: return Problem.storageFull
    case .SQLITE_BUSY, .SQLITE_LOCKED: return Problem.unavailable(retryAfter: 1)
    case .SQLITE_IOERR, .SQLITE_CANTOPEN: return Problem.unavailable(retryAfter: 5)
    default: return self
    }
  }
}
