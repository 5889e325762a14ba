import Kit
import Store
import TandemTesting
import Testing

@Suite("Values travel unchanged")
struct ValueTests {
  static let migrations = [
    Migration(
      "values/1",
      [
        "CREATE TABLE thing (id BIGINT PRIMARY KEY, amount DOUBLE PRECISION, note TEXT, bytes BYTEA)"
      ])
  ]

  @Test("extreme and empty values are read back as they were written", arguments: Databases.each)
  func roundTrip(_ database: Databases.Kind) async throws {
    let rows: [(Int64, Double?, String?, [UInt8]?)] = [
      (.min, -0.1, "", []), (.max, 1e308, "Ada's \"50 %\" _\\ \n 🧵 ä", Array(0...255)), (0, .leastNonzeroMagnitude, "NULL", [0]),
      (1, nil, nil, nil),
    ]
    let read = try await database.withStore(Self.migrations) { store in
      try await store.write { tx in
        for row in rows {
          try tx.run("INSERT INTO thing (id, amount, note, bytes) VALUES (\(row.0), \(row.1), \(row.2), \(row.3))")
        }
      }
      return try await store.read { tx in
        try rows.map { row in
          let found = try tx.row("SELECT id, amount, note, bytes FROM thing WHERE id = \(row.0)")
          return Array(found?.values ?? [])
        }
      }
    }
    let wanted: [[Bound]] = rows.map { row in
      [.integer(row.0), row.1?.bound ?? .null, row.2?.bound ?? .null, row.3?.bound ?? .null]
    }
    #expect(read == wanted)
  }

  @Test("the same statement run again gives the same answer once it is prepared", arguments: Databases.each)
  func prepared(_ database: Databases.Kind) async throws {
    try await database.withStore(Self.migrations) { store in
      for number in Int64(1)...5 {
        try await store.write { tx in try tx.run("INSERT INTO thing (id, note) VALUES (\(number), \("note \(number)"))") }
        let note: String? = try await store.read { tx in try tx.value("SELECT note FROM thing WHERE id = \(number)") }
        #expect(note == "note \(number)")
      }
    }
  }

  @Test("sums and averages are numbers of the type asked for", arguments: Databases.each)
  func aggregates(_ database: Databases.Kind) async throws {
    try await database.withStore(Self.migrations) { store in
      try await store.write { tx in
        for (id, amount) in [(Int64(1), 0.5), (2, 2.5), (4, 3)] { try tx.run("INSERT INTO thing (id, amount) VALUES (\(id), \(amount))") }
      }
      try await store.read { tx in
        let sum: Int? = try tx.value("SELECT sum(id) AS total FROM thing")
        let mean: Double? = try tx.value("SELECT avg(amount) AS mean FROM thing")
        let none: Int? = try tx.value("SELECT sum(id) AS total FROM thing WHERE id > 100")
        #expect(sum == 7)
        #expect(mean == 2)
        #expect(none == nil)
        try #expect(tx.count("SELECT count(*) AS n FROM thing WHERE amount > \(1)") == 2)
      }
    }
  }

  @Test("a value that is nothing may stand anywhere", arguments: Databases.each)
  func nothing(_ database: Databases.Kind) async throws {
    let none: Int64? = nil
    try await database.withStore(Self.migrations) { store in
      try await store.write { tx in try tx.run("INSERT INTO thing (id) VALUES (1)") }
      let count = try await store.read { tx in
        try tx.count("SELECT count(*) AS n FROM thing WHERE \(none) IS NULL OR id = \(none)")
      }
      #expect(count == 1)
    }
  }

  @Test("text with U+0000 is refused and nothing is kept", arguments: Databases.each)
  func zero(_ database: Databases.Kind) async throws {
    try await database.withStore(Self.migrations) { store in
      await #expect(throws: Problem.malformed("Text must not hold the character U+0000.")) {
        try await store.write { tx in
          try tx.run("INSERT INTO thing (id) VALUES (1)")
          try tx.run("INSERT INTO thing (id, note) VALUES (2, \("a\0b"))")
        }
      }
      let count = try await store.read { tx in try tx.count("SELECT count(*) AS n FROM thing") }
      #expect(count == 0)
    }
  }

  @Test("S30 lists bind every value, and nothing is in an empty one", arguments: Databases.each)
  func lists(_ database: Databases.Kind) async throws {
    try await database.withStore(Self.migrations) { store in
      try await store.write { tx in
        let rows: [SQL] = (Int64(1)...9).map { "(\($0), \("n'\($0)"))" }
        try tx.run("INSERT INTO thing (id, note) VALUES \(SQL.joined(rows, by: ", "))")
      }
      try await store.read { tx in
        try #expect(tx.values("SELECT id FROM thing WHERE note IN \(SQL.list(["n'3", "n'7", "x"])) ORDER BY id") == [Int64(3), 7])
        try #expect(tx.values("SELECT id FROM thing WHERE id IN \(SQL.list([Int64]()))") == [Int64]())
      }
    }
  }
}
