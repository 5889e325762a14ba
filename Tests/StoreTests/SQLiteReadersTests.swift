import Kit
import Store
import TandemTesting
import Testing

@Suite("Reading from SQLite")
struct SQLiteReadersTests {
  @Test("a statement prepared before the schema changed has the new columns")
  func schemaChange() async throws {
    try await Databases.Kind.sqlite.withStore(ValueTests.migrations) { store in
      try await store.write { tx in try tx.run("INSERT INTO thing (id, note) VALUES (1, 'a')") }
      for _ in 0..<3 { _ = try await store.read { tx in try tx.rows("SELECT * FROM thing WHERE id = \(1)") } }
      try await store.write { tx in try tx.run("ALTER TABLE thing ADD COLUMN more TEXT") }
      let row = try await store.read { tx in try tx.row("SELECT * FROM thing WHERE id = \(1)") }
      #expect(row?.names == ["id", "amount", "note", "bytes", "more"])
      try #expect(row?("note") == "a")
    }
  }

  @Test("more different statements than are kept still give right answers, also inside one that is being read")
  func manyStatements() async throws {
    try await Databases.Kind.sqlite.withStore(ValueTests.migrations) { store in
      try await store.write { tx in for id in Int64(1)...3 { try tx.run("INSERT INTO thing (id) VALUES (\(id))") } }
      let sum = try await store.read { tx in
        var sum = 0
        try tx.each("SELECT id FROM thing ORDER BY id") { row in
          // The same statement, which is in use, and others that push it out of what is kept.
          sum += try tx.values("SELECT id FROM thing ORDER BY id", as: Int.self).reduce(0, +)
          for number in 0..<200 { sum += try tx.value(SQL(stringLiteral: "SELECT \(number)")) ?? 0 }
          sum += try row("id")
        }
        return sum
      }
      #expect(sum == 3 * 6 + 3 * (0..<200).reduce(0, +) + 6)
    }
  }

  @Test("a hundred readers at once are all served, though few read at a time")
  func crowd() async throws {
    try await Databases.Kind.sqlite.withStore(ValueTests.migrations) { store in
      try await store.write { tx in try tx.run("INSERT INTO thing (id, note) VALUES (1, 'x')") }
      let notes = try await withThrowingTaskGroup(of: String?.self) { group in
        for _ in 0..<100 { group.addTask { try await store.read { tx in try tx.value("SELECT note FROM thing WHERE id = \(1)") } } }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(notes == [String?](repeating: "x", count: 100))
    }
  }

  @Test("a transaction reads one state of the database while others write; the next one reads what was written")
  func snapshot() async throws {
    try await Databases.Kind.sqlite.withStore(ValueTests.migrations) { store in
      try await store.write { tx in try tx.run("INSERT INTO thing (id, amount) VALUES (1, 0), (2, 0)") }
      let writing = Task {
        for round in 1...200 { try await store.write { tx in try tx.run("UPDATE thing SET amount = \(Double(round))") } }
      }
      for _ in 0..<200 {
        let (first, second) = try await store.read { tx in
          (
            try tx.value("SELECT amount FROM thing WHERE id = 1", as: Double.self),
            try tx.value("SELECT amount FROM thing WHERE id = 2", as: Double.self)
          )
        }
        #expect(first == second)
      }
      try await writing.value
      try await #expect(store.read { tx in try tx.value("SELECT amount FROM thing WHERE id = 1", as: Double.self) } == 200)
    }
  }

  @Test("a reader whose task is cancelled stops at the next row, and its connection serves others")
  func cancelled() async throws {
    try await Databases.Kind.sqlite.withStore { store in
      let (started, start) = AsyncStream.makeStream(of: Void.self)
      let task = Task {
        try await store.read { tx in
          try tx.each("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n") { _ in start.yield() }
        }
      }
      for await _ in started { break }
      task.cancel()
      await #expect(throws: CancellationError.self) { try await task.value }
      for _ in 0..<8 { try await #expect(store.read { tx in try tx.value("SELECT 7", as: Int.self) } == 7) }
    }
  }

  @Test("text in other letters is folded as for a search")
  func folded() async throws {
    try await Databases.Kind.sqlite.withStore { store in
      let texts = try await store.read { tx in
        try ["Zoë Łukasz", "", "plain"].map { try tx.value("SELECT folded(\($0))", as: String.self) }
      }
      #expect(texts == ["zoe lukasz", "", "plain"])
      try await #expect(store.read { tx in try tx.value("SELECT folded(NULL)", as: String.self) } == nil)
    }
  }
}
