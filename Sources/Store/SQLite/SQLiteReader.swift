import GRDB
import GRDBSQLite
import Kit

/// A connection that only reads, with its prepared statements. Not thread safe: it belongs to its place in `SQLiteReaders`.
///
/// Pages ask the same few statements again and again, some of them hundreds of times a second, so these go to SQLite directly.
final class SQLiteReader {
  private let handle: OpaquePointer
  private var kept: [String: SQLiteStatement] = [:]
  private var clock = 0
  /// Each statement holds some kilobytes, and lists of ids make many that differ only in their length.
  private static let most = 128

  init(path: String) throws {
    var opened: OpaquePointer?
    let flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
    let code = sqlite3_open_v2(path, &opened, flags, nil)
    guard let opened, code == SQLITE_OK else {
      sqlite3_close_v2(opened)
      throw DatabaseError(resultCode: .init(rawValue: code), message: "cannot be opened")
    }
    handle = opened
    sqlite3_busy_timeout(handle, 5000)
    sqlite3_create_function_v2(
      handle, "folded", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC, nil, { context, _, values in SQLiteReader.fold(context, values) }, nil, nil,
      nil)
  }

  deinit {
    kept = [:]
    sqlite3_close_v2(handle)
  }

  /// Runs the body on one state of the database.
  func snapshot<Result>(_ body: () throws -> Result) throws -> Result {
    try run("BEGIN")
    // A transaction that only read has nothing to lose: how it ends makes no difference.
    defer { if sqlite3_get_autocommit(handle) == 0 { try? run("COMMIT") } }
    return try body()
  }

  /// Calls the body with a statement that stands on each row in turn.
  func step(_ sql: String, _ values: [Bound], _ body: (SQLiteStatement) throws -> Void) throws {
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

  private func run(_ sql: String) throws { try step(sql, []) { _ in } }

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

  private static func fold(_ context: OpaquePointer?, _ values: UnsafeMutablePointer<OpaquePointer?>?) {
    guard let value = values?[0], sqlite3_value_type(value) == SQLITE_TEXT, let text = sqlite3_value_text(value) else {
      return sqlite3_result_null(context)
    }
    let bytes = UnsafeBufferPointer(start: text, count: Int(sqlite3_value_bytes(value)))
    var folded = String(decoding: bytes, as: UTF8.self).folded
    folded.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) {
        sqlite3_result_text(context, $0.baseAddress, Int32(clamping: $0.count), SQLiteStatement.copying)
      }
    }
  }
}
