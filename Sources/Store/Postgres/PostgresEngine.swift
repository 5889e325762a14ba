import Kit
import Logging
import Synchronization

/// A PostgreSQL server: snapshots for reading, `SERIALIZABLE` for writing, tried again when the server asks for it.
final class PostgresEngine: Engine {
  let dialect = Dialect.postgres
  private let pool: PostgresPool
  private let listener: PostgresListener
  private let channel: String

  private static let reading = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
  private static let writing = "BEGIN ISOLATION LEVEL SERIALIZABLE READ WRITE"
  /// The advisory lock that orders those who write alone, on all nodes of one installation.
  private static let liningUp = "SELECT pg_advisory_lock(7218191, hashtext(current_schema()::text))"
  private static let leavingLine = "SELECT pg_advisory_unlock(7218191, hashtext(current_schema()::text))"

  init(url: String, connections: Int = 8, logger: Logger) async throws {
    let pool = PostgresPool(url: url, size: connections)
    do {
      channel = try await pool.use(.reading) { try await $0.run(begin: Self.reading, Self.inspect) }
    } catch let failure as PostgresFailure {
      throw StartFailure("Cannot use PostgreSQL: \(failure.message)")
    }
    self.pool = pool
    listener = try PostgresListener(url: url, channel: channel, logger: logger)
  }

  /// Refuses a server that may lose what it confirmed, and names the channel of signals.
  private static func inspect(_ session: PostgresSession) throws -> String {
    for setting in ["fsync", "full_page_writes", "synchronous_commit"] {
      let value = try session.execute("SHOW \(setting)", []).rows.first?.values.first
      if value != .text("on") {
        throw StartFailure("PostgreSQL runs with \(setting) off: a power cut could lose bookings. Turn it on.")
      }
    }
    // Installations may share a database, each in a schema of its own.
    let schema = try session.execute("SELECT current_schema()::text AS name", []).rows.first?.optional("name", as: String.self)
    try session.command("COMMIT")
    guard let schema else { throw StartFailure("PostgreSQL's search_path names no schema that exists.") }
    return "tandem.\(schema)".shortened(to: 60)
  }

  func read<Result: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> Result) async throws -> Result {
    for _ in 1...2 {
      let attempt = try await with(.reading) { try await self.attempt(on: $0, begin: Self.reading, isCancelled: $1) { (try body($0), []) } }
      if case .done(let result) = attempt { return result }
    }
    throw Problem.unavailable(retryAfter: 1)
  }

  /// Two tries among others, with a pause after each; then as many as five seconds hold with nobody new beside it. Only those that had
  /// already begun can still be in the way then, and they end sooner; the pauses grow, since on a busy machine they may need a while.
  func write<Result: Sendable>(
    isLong: Bool, _ body: @escaping @Sendable (any Connection) throws -> (Result, Set<String>)
  ) async throws -> Result {
    for _ in 1...2 {
      let attempt = try await with(.writing) { try await self.attempt(on: $0, begin: Self.writing, isCancelled: $1, body) }
      if case .done(let result) = attempt { return result }
      try await Self.pause(5...200)
    }
    return try await with(.writingAlone) { worker, isCancelled in
      let end = ContinuousClock.now + .seconds(5)
      var longest = 10
      while true {
        if case .done(let result) = try await self.attempt(on: worker, begin: nil, isCancelled: isCancelled, body) { return result }
        guard ContinuousClock.now < end else { throw Problem.unavailable(retryAfter: 1) }
        try await Self.pause(1...longest)
        longest = min(2 * longest, 160)
      }
    }
  }

  private enum Attempt<Result: Sendable>: Sendable {
    case done(Result)
    case again
  }

  private func with<Result: Sendable>(
    _ use: SessionUse, _ body: @escaping @Sendable (PostgresWorker, Flag) async throws -> Result
  ) async throws -> Result {
    let isCancelled = Flag()
    return try await withTaskCancellationHandler {
      do {
        return try await pool.use(use) { try await body($0, isCancelled) }
      } catch let failure as PostgresFailure {
        throw failure.mapped
      }
    } onCancel: {
      isCancelled.set()
    }
  }

  /// - Parameter begin: how the transaction begins; nil for one that first lines up with those of other nodes that failed twice too.
  private func attempt<Result: Sendable>(
    on worker: PostgresWorker, begin: String?, isCancelled: Flag,
    _ body: @escaping @Sendable (any Connection) throws -> (Result, Set<String>)
  ) async throws -> Attempt<Result> {
    try await worker.run(begin: begin ?? Self.liningUp) { session in
      guard begin == nil else { return try self.transact(session, isCancelled, body) }
      defer { if session.isAlive { _ = try? session.command(Self.leavingLine) } }
      // Begun only now, so that its snapshot holds what those before it did.
      try session.command(Self.writing)
      return try self.transact(session, isCancelled, body)
    }
  }

  /// The transaction has begun; runs the body, then commits or rolls back.
  private func transact<Result: Sendable>(
    _ session: PostgresSession, _ isCancelled: Flag, _ body: (any Connection) throws -> (Result, Set<String>)
  ) throws -> Attempt<Result> {
    let connection = PostgresConnection(session, isCancelled)
    do {
      let (result, signals) = try body(connection)
      for signal in signals { _ = try connection.run("SELECT pg_notify($1, $2)", [.text(channel), .text(signal)]) }
      // From here on a lost connection leaves the outcome unknown: it is reported, never repeated.
      guard try session.command("COMMIT") == "COMMIT" else { throw connection.failure ?? Problem.unavailable(retryAfter: 1) }
      return .done(result)
    } catch {
      let failure = connection.failure ?? error as? PostgresFailure
      if session.isAlive, !session.isIdle { _ = try? session.command("ROLLBACK") }
      if let failure, failure.isStale {
        try session.forgetStatements()
        return .again
      }
      if let failure, failure.asksToTryAgain { return .again }
      throw error
    }
  }

  func onSignal(_ receive: @escaping @Sendable (String) -> Void) { listener.start(receive) }

  /// A durable record in the server's log, which leaves no row behind: it fails when the server is away, read-only or full.
  func probe() async throws {
    _ = try await write(isLong: false) { connection in
      (try connection.run("SELECT pg_logical_emit_message(true, 'tandem', repeat('.', 8192))", []), [])
    }
  }

  func facts() async throws -> [(name: String, value: String)] {
    let values = try await read { connection in
      try connection.rows(
        """
        SELECT current_setting('server_version') AS version, current_setting('synchronous_commit') AS commits,
          current_setting('fsync') AS fsync, current_setting('full_page_writes') AS pages,
          pg_database_size(current_database()) AS bytes
        """, []
      ).first?.values ?? []
    }
    let names = ["engine", "synchronous_commit", "fsync", "full_page_writes", "bytes"]
    return zip(names, values).map { name, value in
      (name, (name == "engine" ? "PostgreSQL " : "") + (String(bound: value) ?? ""))
    }
  }

  /// The server keeps its rules itself and checks its pages when they are read; what can be asked cheaply is whether every
  /// index and constraint is valid.
  func integrity() async throws -> [String] {
    let rows = try await read { connection in
      try connection.rows(
        """
        SELECT 'Index ' || c.relname || ' is not valid.' AS fault FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
        WHERE NOT (i.indisvalid AND i.indisready) AND c.relnamespace = current_schema()::regnamespace
        UNION ALL
        SELECT 'Constraint ' || conname || ' was never checked.' FROM pg_constraint
        WHERE NOT convalidated AND connamespace = current_schema()::regnamespace
        UNION ALL
        SELECT checksum_failures || ' pages failed their checksum.' FROM pg_stat_database
        WHERE datname = current_database() AND checksum_failures > 0
        """, [])
    }
    return try rows.map { try $0("fault") }
  }

  func close() async {
    await pool.close()
    listener.stop()
  }

  /// Milliseconds. The time between tries needs no secrecy and no repeatability, so `World` is not asked.
  private static func pause(_ length: ClosedRange<Int>) async throws {
    try await Task.sleep(for: .milliseconds(Int.random(in: length)))
  }
}
