import CSQLite
import Foundation
import GRDB
import Kit
import Logging
import Synchronization

/// One SQLite file in WAL mode with `synchronous=FULL`: a commit that was answered survives kill -9 and a power cut.
final class SQLiteEngine: Engine {
  let dialect = Dialect.sqlite
  private let path: String
  private let logger: Logger
  private let state: Mutex<State>
  private let repairs = DispatchQueue(label: "tandem.sqlite.reopen")
  private let receiver = Mutex<(@Sendable (String) -> Void)?>(nil)

  /// One writer on the connection that GRDB guards, and readers of our own.
  private struct Open: Sendable {
    let pool: DatabasePool
    let writer: SQLiteWriter
    let readers: SQLiteReaders

    func close() throws {
      readers.close()
      writer.close()
      try pool.close()
    }
  }

  private struct State {
    var open: Open
    /// After an I/O error, until the file was opened again: nobody gets at it.
    var isSuspect = false
    var isBeingRepaired = false
    var isClosed = false
  }

  init(path: String, logger: Logger) throws {
    self.path = path
    self.logger = logger
    state = Mutex(State(open: try Self.open(path)))
  }

  private static let sparing: Void = tandem_sqlite_spare_memory()

  private static func open(_ path: String) throws -> Open {
    sparing
    var configuration = Configuration()
    configuration.foreignKeysEnabled = true
    configuration.busyMode = .timeout(5)
    configuration.maximumReaderCount = 1
    // Only root may raise the priority of a thread, and each refusal is a line in the journal.
    configuration.qos = .default
    configuration.prepareDatabase { db in
      try db.execute(sql: "PRAGMA journal_size_limit = 16777216")
      db.add(function: Dialect.foldedFunction)
    }
    let pool: DatabasePool
    do {
      pool = try DatabasePool(path: path, configuration: configuration)
      // The pool puts the writer back to NORMAL after `prepareDatabase`, so FULL is set here and read back.
      try pool.writeWithoutTransaction { db in
        try db.execute(sql: "PRAGMA synchronous = FULL")
        try db.execute(sql: "PRAGMA secure_delete = ON")
        guard try Int.fetchOne(db, sql: "PRAGMA synchronous") == 2,
          try String.fetchOne(db, sql: "PRAGMA journal_mode") == "wal",
          try Int.fetchOne(db, sql: "PRAGMA foreign_keys") == 1
        else { throw StartFailure("SQLite is not in WAL mode with synchronous=FULL and foreign keys.") }
      }
    } catch let error as DatabaseError {
      let remedy =
        switch error.resultCode {
        case .SQLITE_NOTADB, .SQLITE_CORRUPT: " Restore a backup into a new folder: tandem restore FILE --into FOLDER"
        case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM: " Run this as the user that serves it."
        default: ""
        }
      throw StartFailure("Cannot open \(path): \(error.message ?? "SQLite error \(error.resultCode.rawValue)").\(remedy)")
    }
    // The file holds the data of whole organisations: for its owner's eyes only.
    for suffix in ["", "-wal", "-shm"] {
      try? FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path + suffix)
    }
    return Open(pool: pool, writer: SQLiteWriter(pool), readers: SQLiteReaders(path: path))
  }

  func read<Result: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> Result) async throws -> Result {
    try await access { open, ioFailed in try await open.readers.read(ioFailed, body) }
  }

  func write<Result: Sendable>(
    isLong: Bool, _ body: @escaping @Sendable (any Connection) throws -> (Result, Set<String>)
  ) async throws -> Result {
    let (result, signals) = try await access { open, ioFailed in try await open.writer.write(ioFailed, isLong: isLong, body) }
    if let receive = receiver.withLock({ $0 }) { signals.forEach(receive) }
    return result
  }

  func onSignal(_ receive: @escaping @Sendable (String) -> Void) { receiver.withLock { $0 = receive } }

  /// Takes the writer's lock, then writes and syncs a small file beside the database: what a transaction that is rolled back
  /// would write stays in memory and proves nothing about the disk.
  func probe() async throws {
    try await access { [path] open, _ in
      try await open.pool.writeWithoutTransaction { db in
        try db.inTransaction(.immediate) { .rollback }
        try DiskProbe.run(beside: path)
      }
    }
  }

  func facts() async throws -> [(name: String, value: String)] {
    try await access { open, _ in
      try await open.pool.writeWithoutTransaction { db in
        let version = try String.fetchOne(db, sql: "SELECT sqlite_version()") ?? "?"
        let synchronous = try Int.fetchOne(db, sql: "PRAGMA synchronous") ?? -1
        let journal = try String.fetchOne(db, sql: "PRAGMA journal_mode") ?? "?"
        let pages = try Int64.fetchOne(db, sql: "PRAGMA page_count") ?? 0
        let pageSize = try Int64.fetchOne(db, sql: "PRAGMA page_size") ?? 0
        return [
          ("engine", "SQLite \(version)"), ("synchronous", "\(synchronous)"), ("journal_mode", journal), ("bytes", "\(pages * pageSize)"),
        ]
      }
    }
  }

  func integrity() async throws -> [String] {
    try await access { open, _ in
      try await open.pool.read { db in
        let faults = try String.fetchAll(db, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
        let orphans = try GRDB.Row.fetchAll(db, sql: "PRAGMA foreign_key_check")
        return faults
          + orphans.map { "A row of \($0["table"] as String? ?? "?") refers to a missing row of \($0["parent"] as String? ?? "?")." }
      }
    }
  }

  func close() async {
    let open: Open? = state.withLock { state in
      defer { state.isClosed = true }
      return state.isClosed ? nil : state.open
    }
    guard let open else { return }
    try? await open.pool.writeWithoutTransaction { db in _ = try db.checkpoint(.truncate) }
    try? open.close()
  }

  private func access<Result: Sendable>(_ body: @Sendable (Open, Flag) async throws -> Result) async throws -> Result {
    let (open, isSuspect) = state.withLock { ($0.open, $0.isSuspect) }
    let ioFailed = Flag()
    defer { if isSuspect || ioFailed.isSet { reopen(insteadOf: open) } }
    if isSuspect { throw Problem.unavailable(retryAfter: 5) }
    do {
      return try await body(open, ioFailed)
    } catch let error as DatabaseError {
      if error.mayHaveLostState { ioFailed.set() }
      throw error.mapped
    }
  }

  /// After an I/O error memory and disk may disagree: every connection is closed, and what is on the disk is read again.
  /// A failed sync is never repeated in the hope that it works.
  private func reopen(insteadOf failed: Open) {
    let mayStart = state.withLock { state in
      guard state.open.pool === failed.pool, !state.isClosed else { return false }
      state.isSuspect = true
      defer { state.isBeingRepaired = true }
      return !state.isBeingRepaired
    }
    guard mayStart else { return }
    repairs.async { [self] in
      let repaired = Result {
        try failed.close()
        return try Self.open(path)
      }
      let open = try? repaired.get()
      state.withLock { state in
        state.isBeingRepaired = false
        guard let open else { return }
        state.open = open
        state.isSuspect = false
      }
      // When it did not succeed, the next access has it tried again.
      logger.warning("After an I/O error the database was \(open == nil ? "not " : "")opened again.")
    }
  }
}

/// The database cannot be used as it must be; the program does not start. The text is for whoever started it.
public struct StartFailure: Error, CustomStringConvertible, Sendable {
  public let description: String
  public init(_ description: String) { self.description = description }
}
