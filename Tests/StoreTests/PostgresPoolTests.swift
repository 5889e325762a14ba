import Kit
import Store
import Synchronization
import TandemTesting
import Testing

@Suite("Connections to PostgreSQL are shared", .enabled(if: Databases.postgresURL != nil, "\(Databases.skipped)"))
struct PostgresPoolTests {
  @Test("who waits longer than two seconds for a connection is asked to come back; afterwards all are free again")
  func patience() async throws {
    try await Databases.Kind.postgres.withStore { store in
      let refused = await withTaskGroup(of: Bool.self) { tasks in
        for _ in 0..<9 {
          tasks.addTask {
            do {
              _ = try await store.read { tx in try tx.rows("SELECT pg_sleep(3)") }
              return false
            } catch {
              return error as? Problem == .unavailable(retryAfter: 1)
            }
          }
        }
        return await tasks.reduce(0) { $0 + ($1 ? 1 : 0) }
      }
      #expect(refused == 1)
      try await #expect(store.read { tx in try tx.count("SELECT 1 AS one") } == 1)
    }
  }

  @Test("who waits in a line that moves is served, however long the line is")
  func moving() async throws {
    try await Databases.Kind.postgres.withStore { store in
      let served = await withTaskGroup(of: Bool.self) { tasks in
        for _ in 0..<48 { tasks.addTask { (try? await store.read { tx in try tx.rows("SELECT pg_sleep(0.5)") }) != nil } }
        return await tasks.reduce(0) { $0 + ($1 ? 1 : 0) }
      }
      #expect(served == 48)
    }
  }

  @Test("rows that may hold a file come few at a time, others in large pieces")
  func pieces() async throws {
    try await Databases.Kind.postgres.withStore { store in
      try await store.write { tx in
        for (name, column, expected) in [("one", "'\\x00'::bytea", 0...3), ("two", "'a'::text", 400...499)] {
          try tx.run(SQL(stringLiteral: "CREATE SEQUENCE \(name)"))
          var (row, ahead) = (0, 0)
          // The sequence moves on with each row that was fetched, the count with each that was handed over.
          try tx.each(SQL(stringLiteral: "SELECT nextval('\(name)') AS n, \(column) AS content FROM generate_series(1, 600)")) { _ in
            row += 1
            ahead = max(ahead, try tx.count(SQL(stringLiteral: "SELECT last_value FROM \(name)")) - row)
          }
          #expect(row == 600)
          #expect(expected.contains(ahead), "\(column)")
        }
      }
    }
  }

  @Test("sixty writers that all want one row are all served, and each once")
  func hotRow() async throws {
    try await Databases.Kind.postgres.withStore(TransactionTests.migrations) { store in
      try await withThrowingTaskGroup(of: Void.self) { tasks in
        for _ in 0..<60 {
          tasks.addTask {
            try await store.write { tx in
              let amount: Int? = try tx.value("SELECT amount FROM pot WHERE id = 1")
              _ = try tx.rows("SELECT pg_sleep(0.02)")
              try tx.run("UPDATE pot SET amount = \((amount ?? 0) + 1) WHERE id = 1")
            }
          }
        }
        try await tasks.waitForAll()
      }
      let amount: Int? = try await store.read { tx in try tx.value("SELECT amount FROM pot WHERE id = 1") }
      #expect(amount == 60)
    }
  }

  @Test("a writer that loses against others a dozen times is served all the same")
  func loser() async throws {
    try await Databases.Kind.postgres.withStore { store in
      let tries = Atomic(0)
      try await store.write { tx in
        guard tries.add(1, ordering: .relaxed).newValue <= 12 else { return }
        try tx.run("DO $$ BEGIN RAISE EXCEPTION 'could not serialize access' USING ERRCODE = '40001'; END $$")
      }
      #expect(tries.load(ordering: .relaxed) == 13)
    }
  }

  @Test("a statement prepared before the schema changed is prepared again")
  func schemaChange() async throws {
    try await Databases.Kind.postgres.withStore(ValueTests.migrations) { store in
      for _ in 0..<3 { _ = try await store.read { tx in try tx.rows("SELECT * FROM thing WHERE id = \(1)") } }
      try await store.write { tx in try tx.run("ALTER TABLE thing ADD COLUMN more TEXT") }
      let names = try await store.write { tx in
        try tx.run("INSERT INTO thing (id) VALUES (1)")
        return try tx.row("SELECT * FROM thing WHERE id = \(1)")?.names
      }
      #expect(names?.last == "more")
      let read = try await store.read { tx in try tx.row("SELECT * FROM thing WHERE id = \(1)")?.names }
      #expect(read?.last == "more")
    }
  }

  @Test("more different statements than are kept still give right answers")
  func manyStatements() async throws {
    try await Databases.Kind.postgres.withStore { store in
      for _ in 0..<3 {
        let sum = try await store.read { tx in
          try (0..<400).reduce(0) { sum, number in
            let text = SQL(stringLiteral: "SELECT \(number) + ")
            return try sum + (tx.value(text + "\(1) AS n") ?? 0)
          }
        }
        #expect(sum == (1...400).reduce(0, +))
      }
    }
  }
}
