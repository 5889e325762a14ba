import Kit
import Store
import Synchronization
import TandemTesting
import Testing

@Suite("The schema moves forward only")
struct MigratorTests {
  static let first = Migration("a/1", ["CREATE TABLE thing (id BIGINT PRIMARY KEY, note TEXT)"])
  static let second = Migration(
    "a/2", ["ALTER TABLE thing ADD COLUMN size BIGINT"], move: { tx in try tx.run("INSERT INTO thing (id, size) VALUES (1, 7)") })
  static let now = Instant(seconds: 1_800_000_000)

  @Test("steps are applied in order, once, and a second run does nothing", arguments: Databases.each)
  func forward(_ database: Databases.Kind) async throws {
    try await database.withStore { store in
      let migrator = Migrator([Self.first, Self.second])
      try await #expect(migrator.migrate(store, now: Self.now) == ["a/1", "a/2"])
      try await #expect(migrator.migrate(store, now: Self.now) == [])
      let size: Int? = try await store.read { tx in try tx.value("SELECT size FROM thing") }
      #expect(size == 7)
    }
  }

  @Test("a database of a newer program is refused", arguments: Databases.each)
  func newer(_ database: Databases.Kind) async throws {
    try await database.withStore([Self.first, Self.second]) { store in
      let refusal = await #expect(throws: Migrator.Refusal.self) { try await Migrator([Self.first]).pending(in: store) }
      #expect(refusal?.description.contains("a/2") == true)
    }
  }

  @Test("a step that was edited after it was applied is refused", arguments: Databases.each)
  func changed(_ database: Databases.Kind) async throws {
    try await database.withStore([Self.first]) { store in
      let edited = Migration("a/1", ["CREATE TABLE thing (id BIGINT PRIMARY KEY, note TEXT NOT NULL)"])
      let refusal = await #expect(throws: Migrator.Refusal.self) { try await Migrator([edited]).migrate(store, now: Self.now) }
      #expect(refusal?.description.contains("a/1") == true)
    }
  }

  @Test("a backup is made before a step when there is data to lose, and its failure stops everything", arguments: Databases.each)
  func backup(_ database: Databases.Kind) async throws {
    try await database.withStore { store in
      let backups = Mutex(0)
      try await Migrator([Self.first]).migrate(store, now: Self.now) { backups.withLock { $0 += 1 } }
      #expect(backups.withLock { $0 } == 0)
      await #expect(throws: Problem.storageFull) {
        try await Migrator([Self.first, Self.second]).migrate(store, now: Self.now) { throw Problem.storageFull }
      }
      try await #expect(Migrator([Self.first, Self.second]).pending(in: store).map(\.name) == ["a/2"])
      try await Migrator([Self.first, Self.second]).migrate(store, now: Self.now) { backups.withLock { $0 += 1 } }
      #expect(backups.withLock { $0 } == 1)
    }
  }

  @Test("a step that fails half way leaves nothing behind", arguments: Databases.each)
  func failing(_ database: Databases.Kind) async throws {
    let broken = Migration("a/1", ["CREATE TABLE thing (id BIGINT PRIMARY KEY)", "CREATE TABLE thing (id BIGINT PRIMARY KEY)"])
    try await database.withStore { store in
      await #expect(throws: (any Error).self) { try await Migrator([broken]).migrate(store, now: Self.now) }
      try await #expect(Migrator([Self.first]).migrate(store, now: Self.now) == ["a/1"])
    }
  }

  @Test("nodes that start together do each step once", arguments: Databases.each)
  func together(_ database: Databases.Kind) async throws {
    try await database.withAddress { url in
      var stores: [Store] = []
      for _ in 0..<3 { stores.append(try await Store.open(url, logger: Databases.quiet)) }
      try await withThrowingTaskGroup(of: Void.self) { tasks in
        for store in stores { tasks.addTask { try await Migrator([Self.first, Self.second]).migrate(store, now: Self.now) } }
        try await tasks.waitForAll()
      }
      let count = try await stores[0].read { tx in try tx.count("SELECT count(*) AS n FROM thing") }
      #expect(count == 1)
      for store in stores { await store.close() }
    }
  }

  @Test("the catalogue tells every column and its portable type", arguments: Databases.each)
  func columns(_ database: Databases.Kind) async throws {
    try await database.withStore([Self.first, Self.second] + SearchIndex.migrations) { store in
      let columns = try await store.columns().map { "\($0.table).\($0.column) \($0.type)" }
      #expect(columns.filter { $0.hasPrefix("thing") } == ["thing.id integer", "thing.note text", "thing.size integer"])
      #expect(Set(columns.map { $0.prefix { $0 != "." } }) == ["schema_step", "search_entry", "thing"])
    }
  }
}
