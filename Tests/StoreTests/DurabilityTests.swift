import Foundation
import struct GRDB.DatabaseError
import Kit
import Store
import TandemTesting
import Testing

@Suite("What was confirmed survives")
struct DurabilityTests {
  private static func facts(_ store: Store) async throws -> [String: String] {
    Dictionary(uniqueKeysWithValues: try await store.facts().map { ($0.name, $0.value) })
  }

  @Test("SQLite syncs each commit and keeps its log")
  func sqlite() async throws {
    try await Databases.Kind.sqlite.withStore { store in
      let facts = try await Self.facts(store)
      #expect(facts["synchronous"] == "2")
      #expect(facts["journal_mode"] == "wal")
    }
  }

  @Test("PostgreSQL syncs each commit", .enabled(if: Databases.postgresURL != nil, "\(Databases.skipped)"))
  func postgres() async throws {
    try await Databases.Kind.postgres.withStore { store in
      let facts = try await Self.facts(store)
      #expect(facts["synchronous_commit"] == "on")
      #expect(facts["fsync"] == "on")
      #expect(facts["full_page_writes"] == "on")
    }
  }

  @Test("after an I/O error the file is opened again, with the same settings and the same data")
  func reopened() async throws {
    try await Databases.Kind.sqlite.withStore(ValueTests.migrations) { store in
      try await store.write { tx in try tx.run("INSERT INTO thing (id) VALUES (1)") }
      await #expect(throws: Problem.unavailable(retryAfter: 5)) {
        try await store.write { tx in
          try tx.run("INSERT INTO thing (id) VALUES (2)")
          throw DatabaseError(resultCode: .SQLITE_IOERR)
        }
      }
      // While it is being opened again callers are asked to come back; that ends by itself.
      var ids: [Int64]?
      while ids == nil {
        do {
          ids = try await store.write { tx in try tx.values("SELECT id FROM thing") }
        } catch Problem.unavailable {
          await Task.yield()
        }
      }
      #expect(ids == [1])
      try await #expect(Self.facts(store)["synchronous"] == "2")
    }
  }

  @Test("a closed SQLite file is whole without its log, and for its owner only")
  func closed() async throws {
    try await Databases.Kind.sqlite.withAddress { url in
      let path = String(url.dropFirst("sqlite:".count))
      let store = try await Store.open(url, logger: Databases.quiet)
      try await Migrator(ValueTests.migrations).migrate(store, now: Instant(seconds: 0))
      try await store.write { tx in try tx.run("INSERT INTO thing (id) VALUES (1)") }
      let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
      #expect(mode == 0o600)
      await store.close()
      let copy = path + ".copy"
      try FileManager.default.copyItem(atPath: path, toPath: copy)
      let again = try await Store.open(copy, logger: Databases.quiet)
      let count = try await again.read { tx in try tx.count("SELECT count(*) AS n FROM thing") }
      #expect(count == 1)
      await again.close()
    }
  }

  @Test("a probe is taken and leaves nothing behind; a sound database has no faults", arguments: Databases.each)
  func probe(_ database: Databases.Kind) async throws {
    try await database.withStore(ValueTests.migrations) { store in
      try await store.probe()
      try await #expect(Set(store.columns().map(\.table)) == ["schema_step", "thing"])
      try await #expect(store.integrity() == [])
    }
  }

  @Test("an address that leads nowhere is told in one sentence", arguments: ["/nowhere/at/all.sqlite", "postgres://x@127.0.0.1:1/x"])
  func nowhere(_ url: String) async throws {
    await #expect(throws: StartFailure.self) { try await Store.open(url, logger: Databases.quiet) }
  }

  @Test(
    "connections that the server ended are replaced, and what they were doing is not repeated",
    .enabled(if: Databases.postgresURL != nil, "\(Databases.skipped)"))
  func healing() async throws {
    try await Databases.Kind.postgres.withStore(ValueTests.migrations) { store in
      await #expect(throws: Problem.unavailable(retryAfter: 5)) {
        try await store.write { tx in
          try tx.run("INSERT INTO thing (id) VALUES (1)")
          _ = try tx.rows("SELECT pg_terminate_backend(pg_backend_pid())")
        }
      }
      try await store.write { tx in try tx.run("INSERT INTO thing (id) VALUES (2)") }
      let ids: [Int64] = try await store.read { tx in try tx.values("SELECT id FROM thing") }
      #expect(ids == [2])
    }
  }
}
