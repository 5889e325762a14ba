import GRDB
import GRDBSQLite

/// The prepared statements of one connection, kept for the next time. Not thread safe, as the connection is not.
///
/// Pages ask the same few statements again and again, some of them hundreds of times a second, so these go to SQLite directly.
final class SQLiteStatements {
  let handle: OpaquePointer
  private var kept: [String: SQLiteStatement] = [:]
  private var clock = 0
  /// Each statement holds some kilobytes, and lists of ids make many that differ only in their length.
  private static let most = 128

  init(_ handle: OpaquePointer) { self.handle = handle }

  /// Calls the body with a statement that stands on each row in turn.
  func step(_ sql: String, _ values: [Bound] = [], _ body: (SQLiteStatement) throws -> Void = { _ in }) throws {
    let statement = try prepared(sql)
    defer { statement.rest() }
    statement.bind(values)
    while true {
      switch sqlite3_step(statement.handle) {
      case SQLITE_ROW: try body(statement)
      case SQLITE_DONE: return
      default: throw failure(sql)
      }
    }
  }

  /// Rows that the last statement changed.
  var changes: Int { Int(sqlite3_changes(handle)) }

  var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

  /// A kept statement, unless it is in use further up, as when rows are asked for while others are read.
  private func prepared(_ sql: String) throws -> SQLiteStatement {
    clock += 1
    if let statement = kept[sql], !statement.isBusy {
      statement.usedAt = clock
      return statement
    }
    var made: OpaquePointer?
    guard sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &made, nil) == SQLITE_OK, let made else {
      throw failure(sql)
    }
    let statement = SQLiteStatement(made, usedAt: clock)
    if kept[sql] == nil {
      if kept.count >= Self.most { forgetOldest() }
      kept[sql] = statement
    }
    return statement
  }

  private func forgetOldest() {
    let border = kept.values.map(\.usedAt).sorted()[Self.most / 4]
    kept = kept.filter { $0.value.usedAt > border }
  }

  private func failure(_ sql: String) -> DatabaseError {
    DatabaseError(
      resultCode: .init(rawValue: sqlite3_extended_errcode(handle)), message: sqlite3_errmsg(handle).map { String(cString: $0) }, sql: sql)
  }
}
