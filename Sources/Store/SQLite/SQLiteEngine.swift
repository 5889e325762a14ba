import Foundation
import GRDB
import Kit
import Logging
import Synchronization

/// One SQLite file in WAL mode with `synchronous=FULL`: a commit that was answered survives kill -9 and a power cut.
final class SQLiteEngine: Engine {
  let dialect = Dialect.sqlite
  private let pool: DatabasePool
  private let receiver = Mutex<(@Sendable (String) -> Void)?>(nil)

  init(path: String, logger: Logger) throws {
    var configuration = Configuration()
    configuration.foreignKeysEnabled = true
    configuration.busyMode = .timeout(5)
    configuration.maximumReaderCount = 4
    configuration.prepareDatabase { db in
      try db.execute(sql: "PRAGMA journal_size_limit = 16777216")
    }
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
      throw StartFailure("Cannot open \(path): \(error.message ?? "SQLite error \(error.resultCode.rawValue)").")
    }
    // The file holds the data of whole organisations: for its owner's eyes only.
    for suffix in ["", "-wal", "-shm"] {
      try? FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path + suffix)
    }
  }

  func read<Result: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> Result) async throws -> Result {
    try await mapping { try await self.pool.read { db in try body(SQLiteConnection(db)) } }
  }

  func write<Result: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> (Result, Set<String>)) async throws -> Result {
    let (result, signals) = try await mapping {
      try await self.pool.writeWithoutTransaction { db in
        var answer: (Result, Set<String>)?
        try db.inTransaction(.immediate) {
          answer = try body(SQLiteConnection(db))
          return .commit
        }
        guard let answer else { throw Problem.unavailable(retryAfter: 1) }
        return answer
      }
    }
    if let receive = receiver.withLock({ $0 }) { signals.forEach(receive) }
    return result
  }

  func onSignal(_ receive: @escaping @Sendable (String) -> Void) { receiver.withLock { $0 = receive } }

  func probe() async throws {
    try await mapping {
      try await self.pool.writeWithoutTransaction { db in
        try db.inTransaction(.immediate) {
          try db.execute(sql: "CREATE TABLE write_probe (filler TEXT)")
          try db.execute(sql: "INSERT INTO write_probe VALUES (zeroblob(8192))")
          return .rollback
        }
      }
    }
  }

  func facts() async throws -> [(name: String, value: String)] {
    try await pool.writeWithoutTransaction { db in
      let version = try String.fetchOne(db, sql: "SELECT sqlite_version()") ?? "?"
      let synchronous = try Int.fetchOne(db, sql: "PRAGMA synchronous") ?? -1
      let journal = try String.fetchOne(db, sql: "PRAGMA journal_mode") ?? "?"
      let pages = try Int64.fetchOne(db, sql: "PRAGMA page_count") ?? 0
      let pageSize = try Int64.fetchOne(db, sql: "PRAGMA page_size") ?? 0
      return [("engine", "SQLite \(version)"), ("synchronous", "\(synchronous)"), ("journal_mode", journal), ("bytes", "\(pages * pageSize)")]
    }
  }

  func close() async {
    try? await pool.writeWithoutTransaction { db in _ = try db.checkpoint(.truncate) }
    try? pool.close()
  }

  private func mapping<Result: Sendable>(_ body: @Sendable () async throws -> Result) async throws -> Result {
    do {
      return try await body()
    } catch let error as DatabaseError {
      throw error.mapped
    }
  }
}

/// The database cannot be used as it must be; the program does not start. The text is for whoever started it.
public struct StartFailure: Error, CustomStringConvertible, Sendable {
  public let description: String
  public init(_ description: String) { self.description = description }
}
