import GRDBSQLite

/// A prepared statement of one connection, with the names of its columns.
final class SQLiteStatement {
  let handle: OpaquePointer
  /// When its connection last asked for it, in the connection's own count.
  var usedAt: Int
  private var known: (names: [String], preparations: Int32)?

  /// Tells SQLite to copy what is bound before the call returns (`SQLITE_TRANSIENT`).
  static let copying = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

  init(_ handle: OpaquePointer, usedAt: Int) {
    self.handle = handle
    self.usedAt = usedAt
  }

  deinit { sqlite3_finalize(handle) }

  var isBusy: Bool { sqlite3_stmt_busy(handle) != 0 }

  /// SQLite prepares a statement anew when the schema changed; then its columns may be others.
  var names: [String] {
    let preparations = sqlite3_stmt_status(handle, SQLITE_STMTSTATUS_REPREPARE, 0)
    if let known, known.preparations == preparations { return known.names }
    let names = (0..<sqlite3_column_count(handle)).map { sqlite3_column_name(handle, $0).map { String(cString: $0) } ?? "" }
    known = (names, preparations)
    return names
  }

  func bind(_ values: [Bound]) {
    var place: Int32 = 0
    for value in values {
      place += 1
      switch value {
      case .null: sqlite3_bind_null(handle, place)
      case .integer(let number): sqlite3_bind_int64(handle, place, number)
      case .real(let number): sqlite3_bind_double(handle, place, number)
      // An empty buffer may have no address, which would bind NULL.
      case .text(""): sqlite3_bind_text(handle, place, "", 0, Self.copying)
      case .text(var text):
        text.withUTF8 { bytes in
          _ = bytes.withMemoryRebound(to: CChar.self) {
            sqlite3_bind_text(handle, place, $0.baseAddress, Int32(clamping: $0.count), Self.copying)
          }
        }
      case .blob(let bytes) where bytes.isEmpty: sqlite3_bind_zeroblob(handle, place, 0)
      case .blob(let bytes):
        _ = bytes.withUnsafeBytes { sqlite3_bind_blob(handle, place, $0.baseAddress, Int32(clamping: $0.count), Self.copying) }
      }
    }
  }

  /// Adds the values of the present row, read where SQLite holds them: each is copied once.
  func read(into values: inout [Bound]) {
    for column in 0..<sqlite3_column_count(handle) { values.append(Bound(sqlite: handle, column)) }
  }

  /// Ends the reading and lets go of what was bound.
  func rest() {
    sqlite3_reset(handle)
    sqlite3_clear_bindings(handle)
  }
}
