import GRDBSQLite

/// An SQLite database in memory, opened from bytes that come from anywhere or made to be written out.
///
/// No schema is trusted, no file is touched, and every statement has a bound on its work.
final class CollectionFile {
  /// The database cannot be read.
  struct Damaged: Error, Hashable {}

  private let connection: OpaquePointer
  /// Steps of the virtual machine left, in thousands.
  private var budget: Int

  /// A new, empty database.
  init() throws(Damaged) {
    var opened: OpaquePointer?
    guard sqlite3_open_v2(":memory:", &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY, nil) == SQLITE_OK, let opened else {
      sqlite3_close(opened)
      throw Damaged()
    }
    connection = opened
    budget = Self.work
  }

  /// About ten seconds of work: far more than the largest collection needs.
  private static let work = 400_000

  convenience init(_ bytes: [UInt8]) throws(Damaged) {
    try self.init()
    guard bytes.count >= 100, let copy = sqlite3_malloc64(UInt64(bytes.count)) else { throw Damaged() }
    copy.copyMemory(from: bytes, byteCount: bytes.count)
    let page = copy.assumingMemoryBound(to: UInt8.self)
    // A database that was written with a log beside it says so in its header, and has none here.
    page[18] = 1
    page[19] = 1
    let flags = UInt32(SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_READONLY)
    guard sqlite3_deserialize(connection, "main", page, Int64(bytes.count), Int64(bytes.count), flags) == SQLITE_OK else { throw Damaged() }
    sqlite3_limit(connection, SQLITE_LIMIT_LENGTH, 20_000_000)
    sqlite3_create_collation_v2(connection, "unicase", SQLITE_UTF8, nil, Self.compare, nil)
    sqlite3_progress_handler(connection, 1000, Self.tick, Unmanaged.passUnretained(self).toOpaque())
    try run("PRAGMA trusted_schema = OFF")
    try run("PRAGMA cell_size_check = ON")
  }

  deinit { sqlite3_close_v2(connection) }

  private static let tick: @convention(c) (UnsafeMutableRawPointer?) -> Int32 = { context in
    guard let context else { return 1 }
    let file = Unmanaged<CollectionFile>.fromOpaque(context).takeUnretainedValue()
    file.budget -= 1
    return file.budget < 0 ? 1 : 0
  }

  private static let compare: @convention(c) (UnsafeMutableRawPointer?, Int32, UnsafeRawPointer?, Int32, UnsafeRawPointer?) -> Int32 = {
    _, count, left, other, right in
    let first = String(decoding: UnsafeRawBufferPointer(start: left, count: Int(count)), as: UTF8.self).lowercased()
    let second = String(decoding: UnsafeRawBufferPointer(start: right, count: Int(other)), as: UTF8.self).lowercased()
    return first < second ? -1 : first == second ? 0 : 1
  }

  /// Whether a plain table of this name is there: no view, nothing virtual.
  func hasTable(_ name: String) throws(Damaged) -> Bool {
    var found = false
    try each("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?1", [.text(name)]) { row in
      found = !row.text(0).lowercased().hasPrefix("create virtual")
    }
    return found
  }

  func run(_ sql: String, _ values: [CollectionValue] = []) throws(Damaged) { try each(sql, values) { _ in } }

  func each(_ sql: String, _ values: [CollectionValue] = [], _ body: (CollectionRow) -> Void) throws(Damaged) {
    var prepared: OpaquePointer?
    guard sqlite3_prepare_v2(connection, sql, -1, &prepared, nil) == SQLITE_OK, let statement = prepared else { throw Damaged() }
    defer { sqlite3_finalize(statement) }
    for (place, value) in values.enumerated() { value.bind(to: statement, Int32(place + 1)) }
    while true {
      switch sqlite3_step(statement) {
      case SQLITE_ROW: body(CollectionRow(statement: statement))
      case SQLITE_DONE: return
      default: throw Damaged()
      }
    }
  }

  /// Prepares once and runs for each row of values.
  func insert(_ sql: String, _ rows: some Sequence<[CollectionValue]>) throws(Damaged) {
    var prepared: OpaquePointer?
    guard sqlite3_prepare_v2(connection, sql, -1, &prepared, nil) == SQLITE_OK, let statement = prepared else { throw Damaged() }
    defer { sqlite3_finalize(statement) }
    for row in rows {
      for (place, value) in row.enumerated() { value.bind(to: statement, Int32(place + 1)) }
      guard sqlite3_step(statement) == SQLITE_DONE else { throw Damaged() }
      sqlite3_reset(statement)
    }
  }

  /// The database as the bytes of a file.
  func bytes() throws(Damaged) -> [UInt8] {
    var size: Int64 = 0
    guard let content = sqlite3_serialize(connection, "main", &size, 0) else { throw Damaged() }
    defer { sqlite3_free(content) }
    return Array(UnsafeBufferPointer(start: content, count: Int(size)))
  }
}

/// A value that goes into a statement.
enum CollectionValue {
  case integer(Int64)
  case text(String)

  fileprivate func bind(to statement: OpaquePointer, _ place: Int32) {
    switch self {
    case .integer(let number): sqlite3_bind_int64(statement, place, number)
    case .text(let text): sqlite3_bind_text(statement, place, text, -1, unsafeBitCast(-1, to: sqlite3_destructor_type.self))
    }
  }
}

/// A row as a statement gives it; values of another kind than asked for are converted as SQLite does.
struct CollectionRow {
  fileprivate let statement: OpaquePointer

  func integer(_ place: Int32) -> Int64 { sqlite3_column_int64(statement, place) }

  func text(_ place: Int32) -> String { String(decoding: bytes(place), as: UTF8.self) }

  func bytes(_ place: Int32) -> [UInt8] {
    guard let start = sqlite3_column_blob(statement, place) else { return [] }
    return Array(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, place))))
  }
}
