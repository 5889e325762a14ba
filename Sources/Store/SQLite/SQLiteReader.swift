import GRDB
import GRDBSQLite
import Kit

/// A connection that only reads. Not thread safe: it belongs to its place in `SQLiteReaders`.
final class SQLiteReader {
  private let handle: OpaquePointer
  private var statements: SQLiteStatements?

  init(path: String) throws {
    var opened: OpaquePointer?
    let flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
    let code = sqlite3_open_v2(path, &opened, flags, nil)
    guard let opened, code == SQLITE_OK else {
      sqlite3_close_v2(opened)
      throw DatabaseError(resultCode: .init(rawValue: code), message: "cannot be opened")
    }
    handle = opened
    statements = SQLiteStatements(opened)
    sqlite3_busy_timeout(handle, 5000)
    sqlite3_create_function_v2(
      handle, "folded", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC, nil, { context, _, values in SQLiteReader.fold(context, values) }, nil, nil,
      nil)
  }

  deinit {
    statements = nil
    sqlite3_close_v2(handle)
  }

  /// Runs the body on one state of the database.
  func snapshot<Result>(_ body: (SQLiteStatements) throws -> Result) throws -> Result {
    guard let statements else { throw Problem.unavailable(retryAfter: 5) }
    try statements.step("BEGIN")
    // A transaction that only read has nothing to lose: how it ends makes no difference.
    defer { if statements.isInTransaction { try? statements.step("COMMIT") } }
    return try body(statements)
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
