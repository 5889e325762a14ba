import Foundation
import Kit
import Store
import Synchronization
import TandemTesting
import Testing

@Suite("A backup holds everything and can be trusted")
struct BackupTests {
  static let migrator = Migrator(
    [
      Migration(
        "tree/1",
        [
          "CREATE TABLE branch (id BIGINT PRIMARY KEY, parent BIGINT REFERENCES branch (id), leaf BIGINT)",
          "CREATE TABLE a_leaf (id BIGINT PRIMARY KEY, branch BIGINT NOT NULL REFERENCES branch (id), weight DOUBLE PRECISION, note TEXT, bytes BYTEA)",
          "INSERT INTO branch (id) VALUES (1)",
        ])
    ] + SearchIndex.migrations)
  static let now = Instant(seconds: 1_800_000_000)

  private static func fill(_ store: Store) async throws {
    try await migrator.migrate(store, now: now)
    try await store.write { tx in
      try tx.run("INSERT INTO branch (id, parent) VALUES (9, 1), (5, 9)")
      for id in Int64(1)...300 {
        let weight = id == 7 ? -0.0 : 1 / Double(id)
        let note: String? = id % 5 == 0 ? nil : "note \(id) \"\\ \u{1}\n\t 🧵"
        let bytes = (0..<Int(id)).map { UInt8(truncatingIfNeeded: $0) }
        try tx.run("INSERT INTO a_leaf (id, branch, weight, note, bytes) VALUES (\(Int64.max - id), 5, \(weight), \(note), \(bytes))")
      }
      try tx.index(org: 1, kind: "leaf", id: 3, title: "Oak", body: "A leaf of an oak")
    }
  }

  private static func content(_ store: Store) async throws -> [[Bound]] {
    try await store.read { tx in
      try tx.rows("SELECT id, parent, leaf FROM branch ORDER BY id").map { Array($0.values) }
        + tx.rows("SELECT id, branch, weight, note, bytes FROM a_leaf ORDER BY id").map { Array($0.values) }
    }
  }

  private static func inFolder<Result>(_ body: (URL) async throws -> Result) async throws -> Result {
    let folder = try Databases.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(folder)
  }

  static let moves = Databases.each.flatMap { from in Databases.each.map { (from, $0) } }

  @Test("what is restored is what was there, on either engine", arguments: moves)
  func moved(_ from: Databases.Kind, _ to: Databases.Kind) async throws {
    try await Self.inFolder { folder in
      let files = folder.appending(path: "files")
      try FileManager.default.createDirectory(at: files.appending(path: "ab"), withIntermediateDirectories: true)
      try Data(repeating: 7, count: 100_000).write(to: files.appending(path: "ab/photo"))
      let file = folder.appending(path: "backup.tar.gz")
      let content = try await from.withStore { store in
        try await Self.fill(store)
        try await Backup.write(
          store, files: files, keys: [Backup.Key(secret: Array(repeating: 9, count: 32))], to: file, version: "1.0.0", now: Self.now)
        return try await Self.content(store)
      }
      let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
      #expect(mode == 0o600)
      let manifest = try Backup.verify(file)
      #expect(manifest.engine.rawValue == from.rawValue)
      #expect(manifest.keys == [Backup.secretName])
      #expect(manifest.tables.map(\.name) == ["a_leaf", "branch", "search_entry"])
      #expect(manifest.tables.map(\.rows) == [300, 3, 1])
      #expect(manifest.steps.map(\.name).sorted() == ["search/1", "tree/1"])
      let target = folder.appending(path: "restored")
      try await to.withStore { store in
        try await Backup.restore(
          file, into: store, migrator: Self.migrator, files: target, keys: target.appending(path: "keys"), now: Self.now)
        let restored = try await Self.content(store)
        #expect(restored == content)
        try await #expect(store.read { tx in try tx.search(org: 1, query: "oak", viewer: nil).map(\.id) } == [3])
        try await #expect(store.integrity() == [])
        try await #expect(Self.migrator.pending(in: store).isEmpty)
        // References are kept again as before.
        await #expect(throws: Violation.self) { try await store.write { tx in try tx.run("DELETE FROM branch WHERE id = 5") } }
        await #expect(throws: BackupRefusal.self) { try await Backup.restore(file, into: store, migrator: Self.migrator, now: Self.now) }
      }
      try #expect(Data(contentsOf: target.appending(path: "ab/photo")) == Data(repeating: 7, count: 100_000))
      let key = try String(contentsOf: target.appending(path: "keys/secret_key"), encoding: .utf8)
      #expect(key.hasSuffix("\n") && key.trimmed.base64URLBytes == Array(repeating: 9, count: 32))
    }
  }

  @Test("a backup without a key says so, and can be restored all the same", arguments: Databases.each)
  func keyless(_ database: Databases.Kind) async throws {
    try await Self.inFolder { folder in
      let file = folder.appending(path: "backup.tar.gz")
      try await database.withStore { store in
        try await Self.fill(store)
        try await Backup.write(store, to: file, version: "1.0.0", now: Self.now)
      }
      #expect(try Backup.verify(file).keys.isEmpty)
      try await database.withStore { store in
        try await Backup.restore(file, into: store, migrator: Self.migrator, keys: folder.appending(path: "keys"), now: Self.now)
      }
    }
  }

  @Test("a backup made while people write is one moment, and holds all that was confirmed before it", arguments: Databases.each)
  func underLoad(_ database: Databases.Kind) async throws {
    try await Self.inFolder { folder in
      try await database.withStore { store in
        try await Self.migrator.migrate(store, now: Self.now)
        let confirmed = Atomic<Int64>(1)
        let writing = Task {
          var id: Int64 = 2
          while !Task.isCancelled {
            let next = id
            // A branch and its leaf appear together or not at all.
            try await store.write { tx in
              try tx.run("INSERT INTO branch (id, leaf) VALUES (\(next), \(next))")
              try tx.run("INSERT INTO a_leaf (id, branch) VALUES (\(next), \(next))")
            }
            confirmed.store(next, ordering: .sequentiallyConsistent)
            id += 1
          }
        }
        while confirmed.load(ordering: .sequentiallyConsistent) < 20 { await Task.yield() }
        for number in 1...3 {
          let before = confirmed.load(ordering: .sequentiallyConsistent)
          let file = folder.appending(path: "\(number).tar.gz")
          let manifest = try await Backup.write(store, to: file, version: "1.0.0", now: Self.now)
          try #expect(Backup.verify(file) == manifest)
          let rows = Dictionary(uniqueKeysWithValues: manifest.tables.map { ($0.name, Int64($0.rows)) })
          #expect((rows["branch"] ?? 0) >= before)
          #expect(rows["branch"] == (rows["a_leaf"] ?? 0) + 1)
        }
        writing.cancel()
        _ = await writing.result
      }
    }
  }

  @Test("a backup that was cut off or altered anywhere is refused and changes nothing", arguments: Databases.each)
  func damaged(_ database: Databases.Kind) async throws {
    try await Self.inFolder { folder in
      let file = folder.appending(path: "backup.tar.gz")
      try await Databases.Kind.sqlite.withStore { store in
        try await Self.fill(store)
        try await Backup.write(store, to: file, version: "1.0.0", now: Self.now)
      }
      let whole = try Data(contentsOf: file)
      let broken = folder.appending(path: "broken.tar.gz")
      for length in [0, 1, 10, whole.count / 3, whole.count / 2, whole.count - 9, whole.count - 1] {
        try whole.prefix(length).write(to: broken)
        #expect(throws: BackupRefusal.self, "cut to \(length)") { try Backup.verify(broken) }
      }
      for place in stride(from: 12, to: whole.count, by: max(1, whole.count / 40)) {
        var altered = whole
        altered[place] ^= 0x10
        try altered.write(to: broken)
        #expect(throws: BackupRefusal.self, "altered at \(place)") { try Backup.verify(broken) }
      }
      try (whole + Data([0])).write(to: broken)
      #expect(throws: BackupRefusal.self) { try Backup.verify(broken) }
      try whole.prefix(whole.count / 2).write(to: broken)
      try await database.withStore { store in
        let refusal = await #expect(throws: BackupRefusal.self) {
          try await Backup.restore(broken, into: store, migrator: Self.migrator, now: Self.now)
        }
        #expect(refusal?.description.contains("tables/") == true)
        try await #expect(store.columns().isEmpty)
      }
    }
  }

  @Test("a backup of a newer program is refused by the name of the step")
  func newer() async throws {
    try await Self.inFolder { folder in
      let file = folder.appending(path: "backup.tar.gz")
      try await Databases.Kind.sqlite.withStore { store in
        try await Self.fill(store)
        try await Backup.write(store, to: file, version: "1.0.0", now: Self.now)
      }
      try await Databases.Kind.sqlite.withStore { store in
        await #expect(throws: BackupRefusal.newer("it has the step tree/1")) {
          try await Backup.restore(file, into: store, migrator: Migrator(SearchIndex.migrations), now: Self.now)
        }
      }
    }
  }

  @Test("a backup that fails leaves no file behind")
  func unwritable() async throws {
    try await Databases.Kind.sqlite.withStore { store in
      let file = URL(filePath: "/nowhere/backup.tar.gz")
      await #expect(throws: (any Error).self) { try await Backup.write(store, to: file, version: "1", now: Self.now) }
      #expect(!FileManager.default.fileExists(atPath: file.path))
    }
  }
}
