import Kit
import Store
import TandemTesting
import Testing

@Suite("A transaction is all or nothing")
struct TransactionTests {
  static let migrations = [
    Migration(
      "pots/1",
      [
        "CREATE TABLE person (id BIGINT PRIMARY KEY, email TEXT NOT NULL CONSTRAINT person_email UNIQUE)",
        """
        CREATE TABLE pot (
          id BIGINT PRIMARY KEY, owner BIGINT NOT NULL CONSTRAINT pot_owner REFERENCES person (id), amount BIGINT NOT NULL,
          from_at BIGINT NOT NULL, to_at BIGINT NOT NULL, CONSTRAINT pot_amount CHECK (amount >= 0))
        """,
        .sqlite(
          """
          CREATE TRIGGER pot_overlap BEFORE INSERT ON pot BEGIN
            SELECT RAISE(ABORT, 'pot_overlap') WHERE EXISTS
              (SELECT 1 FROM pot WHERE owner = new.owner AND from_at < new.to_at AND new.from_at < to_at);
          END
          """),
        .postgres("CREATE EXTENSION IF NOT EXISTS btree_gist"),
        .postgres(
          "ALTER TABLE pot ADD CONSTRAINT pot_overlap EXCLUDE USING gist (owner WITH =, int8range(from_at, to_at) WITH &&)"),
        "INSERT INTO person (id, email) VALUES (1, 'ada@example.org')",
        "INSERT INTO pot (id, owner, amount, from_at, to_at) VALUES (1, 1, 0, 0, 10)",
      ])
  ]

  static let broken: [(SQL, Violation.Rule, String)] = [
    ("INSERT INTO person (id, email) VALUES (2, 'ada@example.org')", .unique, "email"),
    ("INSERT INTO person (id, email) VALUES (1, 'ben@example.org')", .unique, "person"),
    ("INSERT INTO person (id, email) VALUES (3, NULL)", .notNull, "email"),
    ("UPDATE pot SET amount = -1", .check, "pot_amount"),
    ("INSERT INTO pot (id, owner, amount, from_at, to_at) VALUES (2, 99, 0, 20, 30)", .reference, ""),
    ("INSERT INTO pot (id, owner, amount, from_at, to_at) VALUES (2, 1, 0, 9, 12)", .overlap, "pot_overlap"),
  ]

  @Test("a broken rule is told by its kind and its name", arguments: Databases.each)
  func violations(_ database: Databases.Kind) async throws {
    try await database.withStore(Self.migrations) { store in
      for (statement, rule, name) in Self.broken {
        let violation = await #expect(throws: Violation.self) { try await store.write { tx in try tx.run(statement) } }
        #expect(violation?.rule == rule)
        #expect(name.isEmpty || violation?.name.contains(name) == true, "\(violation?.name ?? "nothing")")
      }
      try await store.write { tx in
        try tx.run("INSERT INTO pot (id, owner, amount, from_at, to_at) VALUES (2, 1, 0, 10, 12)")
      }
    }
  }

  @Test("after an error every statement is refused and nothing is kept, even when the error was caught", arguments: Databases.each)
  func refusal(_ database: Databases.Kind) async throws {
    try await database.withStore(Self.migrations) { store in
      await #expect(throws: Violation.self) {
        try await store.write { tx in
          try tx.run("UPDATE pot SET amount = 5")
          do { try tx.run("INSERT INTO person (id, email) VALUES (1, 'x')") } catch {}
          #expect(throws: (any Error).self) { try tx.run("UPDATE pot SET amount = 6") }
        }
      }
      let amount: Int? = try await store.read { tx in try tx.value("SELECT amount FROM pot") }
      #expect(amount == 0)
    }
  }

  @Test("an error of the program undoes what was written", arguments: Databases.each)
  func rollback(_ database: Databases.Kind) async throws {
    try await database.withStore(Self.migrations) { store in
      await #expect(throws: Problem.notFound) {
        try await store.write { tx in
          try tx.run("UPDATE pot SET amount = 5")
          throw Problem.notFound
        }
      }
      let amount: Int? = try await store.read { tx in try tx.value("SELECT amount FROM pot") }
      #expect(amount == 0)
    }
  }

  @Test("a reader cannot write", arguments: Databases.each)
  func readOnly(_ database: Databases.Kind) async throws {
    try await database.withStore(Self.migrations) { store in
      await #expect(throws: (any Error).self) { try await store.read { tx in try tx.run("UPDATE pot SET amount = 5") } }
      let amount: Int? = try await store.read { tx in try tx.value("SELECT amount FROM pot") }
      #expect(amount == 0)
    }
  }

  @Test("200 increments from 20 tasks lose nothing and none is turned away", arguments: Databases.each)
  func contention(_ database: Databases.Kind) async throws {
    try await database.withStore(Self.migrations) { store in
      try await withThrowingTaskGroup(of: Void.self) { tasks in
        for _ in 0..<20 {
          tasks.addTask {
            for _ in 0..<10 {
              try await store.write { tx in
                let amount: Int? = try tx.value("SELECT amount FROM pot WHERE id = 1")
                try tx.run("UPDATE pot SET amount = \((amount ?? 0) + 1) WHERE id = 1")
              }
            }
          }
        }
        try await tasks.waitForAll()
      }
      let amount: Int? = try await store.read { tx in try tx.value("SELECT amount FROM pot WHERE id = 1") }
      #expect(amount == 200)
    }
  }

  @Test("two writers that each read what the other writes do not both succeed unseen", arguments: Databases.each)
  func writeSkew(_ database: Databases.Kind) async throws {
    try await database.withStore(Self.migrations) { store in
      let taken = await withTaskGroup(of: Bool.self) { tasks in
        for number in Int64(0)..<8 {
          tasks.addTask {
            let answer = try? await store.write { tx in
              guard try tx.count("SELECT count(*) AS n FROM person WHERE id > 100") == 0 else { return false }
              try tx.run("INSERT INTO person (id, email) VALUES (\(101 + number), \("p\(number)"))")
              return true
            }
            return answer ?? false
          }
        }
        return await tasks.reduce(0) { $0 + ($1 ? 1 : 0) }
      }
      let rows = try await store.read { tx in try tx.count("SELECT count(*) AS n FROM person WHERE id > 100") }
      #expect(taken == 1)
      #expect(rows == 1)
    }
  }

  @Test("a swap that finds another state gives its problem and changes nothing", arguments: Databases.each)
  func swap(_ database: Databases.Kind) async throws {
    try await database.withStore(Self.migrations) { store in
      try await store.write { tx in try tx.swap("UPDATE pot SET amount = 1 WHERE amount = 0", otherwise: .notFound) }
      await #expect(throws: Problem.notFound) {
        try await store.write { tx in try tx.swap("UPDATE pot SET amount = 2 WHERE amount = 0", otherwise: .notFound) }
      }
    }
  }

  @Test("a cancelled task changes nothing and leaves the store usable", arguments: Databases.each)
  func cancellation(_ database: Databases.Kind) async throws {
    try await database.withStore(Self.migrations) { store in
      let (started, start) = AsyncStream.makeStream(of: Void.self)
      let task = Task {
        try await store.write { tx in
          start.yield()
          while true { try tx.run("UPDATE pot SET amount = amount + 1") }
        }
      }
      for await _ in started { break }
      task.cancel()
      await #expect(throws: CancellationError.self) { try await task.value }
      let amount: Int? = try await store.write { tx in try tx.value("SELECT amount FROM pot") }
      #expect(amount == 0)
    }
  }

  @Test("a large answer is read row by row", arguments: Databases.each)
  func each(_ database: Databases.Kind) async throws {
    try await database.withStore(Self.migrations) { store in
      try await store.write { tx in
        for start in stride(from: Int64(1000), to: 3000, by: 100) {
          let rows: [SQL] = (start..<start + 100).map { "(\($0), \("p\($0)"))" }
          try tx.run("INSERT INTO person (id, email) VALUES \(SQL.joined(rows, by: ", "))")
        }
      }
      let sum = try await store.read { tx in
        var sum: Int64 = 0
        try tx.each("SELECT id FROM person WHERE id >= \(1000) ORDER BY id") { row in sum += try row("id") }
        return sum
      }
      #expect(sum == (1000..<3000).reduce(0, +))
    }
  }
}
