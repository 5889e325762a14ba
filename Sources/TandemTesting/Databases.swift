import Foundation
import Kit
import Logging
import Store
import Synchronization

/// The engines a test runs on:
///
///     @Test("what was written is read back", arguments: Databases.each)
///     func roundTrip(_ database: Databases.Kind) async throws {
///       try await database.withStore(migrations) { store in … }
///     }
public enum Databases {
  /// SQLite, and PostgreSQL when `TANDEM_TEST_POSTGRES` holds the address of a server whose user may create schemas.
  public static let each: [Kind] = {
    if postgresURL == nil { FileHandle.standardError.write(Data((skipped + "\n").utf8)) }
    return Kind.allCases.filter { $0 == .sqlite || postgresURL != nil }
  }()

  public static let postgresURL = ProcessInfo.processInfo.environment["TANDEM_TEST_POSTGRES"].flatMap { $0.isEmpty ? nil : $0 }
  public static let skipped = "TANDEM_TEST_POSTGRES is not set: tests on PostgreSQL are skipped."

  public enum Kind: String, CaseIterable, Sendable, CustomStringConvertible {
    case sqlite
    case postgres

    public var description: String { rawValue }

    /// Opens a fresh database, migrates it, runs the body, closes it and removes every trace.
    @discardableResult
    public func withStore<Result: Sendable>(
      _ migrations: [Migration] = [], _ body: (Store) async throws -> Result
    ) async throws -> Result {
      try await withAddress { url in
        let store = try await Store.open(url, logger: quiet)
        return try await finally(
          {
            if !migrations.isEmpty { try await Migrator(migrations).migrate(store, now: Instant(seconds: 1_800_000_000)) }
            return try await body(store)
          }, { await store.close() })
      }
    }

    /// The address of a fresh, empty database, for tests that open it more than once.
    @discardableResult
    public func withAddress<Result: Sendable>(_ body: (String) async throws -> Result) async throws -> Result {
      try await Databases.turns.take { try await address(body) }
    }

    private func address<Result: Sendable>(_ body: (String) async throws -> Result) async throws -> Result {
      switch self {
      case .sqlite:
        let folder = try Databases.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        return try await body("sqlite:" + folder.appending(path: "tandem.sqlite").path)
      case .postgres:
        guard let server = Databases.postgresURL else { throw StartFailure(Databases.skipped) }
        let schema = "test_\(ProcessInfo.processInfo.processIdentifier)_\(serial.add(1, ordering: .relaxed).newValue)"
        try await Databases.administer(
          server,
          [
            "SELECT pg_advisory_xact_lock(7218192)", "CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public",
            "DROP SCHEMA IF EXISTS \(schema) CASCADE", "CREATE SCHEMA \(schema)",
          ])
        let options = (server.contains("?") ? "&" : "?") + "options=-csearch_path%3D\(schema)%2Cpublic"
        return try await finally(
          { try await body(server + options) },
          {
            try? await Databases.administer(server, ["DROP SCHEMA \(schema) CASCADE"])
          })
      }
    }
  }

  public static let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
  private static let serial = Atomic<Int>(0)
  private static let turns = Turns(4)

  /// A new folder with mode 0700 whose name nobody else has.
  public static func temporaryFolder() throws -> URL {
    var template = Array((NSTemporaryDirectory() + "/tandem-test.XXXXXX").utf8CString)
    guard mkdtemp(&template) != nil else { throw StartFailure("No temporary folder can be made.") }
    return URL(filePath: String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self))
  }

  private static func administer(_ server: String, _ statements: [String]) async throws {
    let store = try await Store.open(server, logger: quiet)
    try await finally(
      {
        try await store.write { tx in
          for statement in statements { try tx.run(SQL(stringLiteral: statement)) }
        }
      }, { await store.close() })
  }
}

/// `defer` that may wait.
private func finally<Result>(_ body: () async throws -> Result, _ cleanUp: () async -> Void) async throws -> Result {
  do {
    let result = try await body()
    await cleanUp()
    return result
  } catch {
    await cleanUp()
    throw error
  }
}
