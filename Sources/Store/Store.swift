import Kit
import Logging

/// The one database of an installation: a SQLite file or a PostgreSQL server.
///
/// `read` and `write` run one closure as one transaction, off the caller's thread; one closure a request is the rule, since the
/// hop costs more than the query. The closure may run more than once when the engine asks to try again, so it has no effect
/// outside the database.
public final class Store: Sendable {
  public let dialect: Dialect
  let engine: any Engine
  /// Signals of committed transactions, from this process and, on PostgreSQL, from every other one.
  public let signals = Broadcast<String>()
  /// What is kept in memory about this database.
  public let memory = Memory()

  init(_ engine: any Engine) {
    self.engine = engine
    dialect = engine.dialect
    let signals = signals
    engine.onSignal { name in signals.send(name) }
  }

  /// Opens `sqlite:PATH`, a plain path, or `postgres://…`.
  public static func open(_ url: String, logger: Logger) async throws -> Store {
    if url.hasPrefix("postgres://") || url.hasPrefix("postgresql://") {
      return Store(try await PostgresEngine(url: url, logger: logger))
    }
    let path = url.hasPrefix("sqlite:") ? String(url.dropFirst("sqlite:".count)) : url
    return Store(try SQLiteEngine(path: path, logger: logger))
  }

  public func read<Result: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Result) async throws -> Result {
    let counter = StatementCounter.current
    return try await engine.read { connection in
      try body(Transaction(connection, dialect: self.dialect, isWriting: false, memory: self.memory, counter: counter))
    }
  }

  /// - Parameter isLong: whether it may take seconds; then nobody's answer waits for it who was there before.
  @discardableResult
  public func write<Result: Sendable>(
    isLong: Bool = false, _ body: @escaping @Sendable (Transaction) throws -> Result
  ) async throws -> Result {
    let counter = StatementCounter.current
    return try await engine.write(isLong: isLong) { connection in
      let transaction = Transaction(connection, dialect: self.dialect, isWriting: true, memory: self.memory, counter: counter)
      let result = try body(transaction)
      if let failure = transaction.failure { throw failure }
      return (result, transaction.signals)
    }
  }

  /// Proves that a write would be taken, and undoes it.
  public func probe() async throws { try await engine.probe() }

  /// Facts for the health page: engine version, durability settings as read back, size in bytes.
  public func facts() async throws -> [(name: String, value: String)] { try await engine.facts() }

  /// What is wrong with the file or the schema, in words; empty when all is well. Reads the whole file on SQLite.
  public func integrity() async throws -> [String] { try await engine.integrity() }

  public func close() async { await engine.close() }
}

/// What SQLite and PostgreSQL each do in their own way.
protocol Engine: Sendable {
  var dialect: Dialect { get }
  func read<Result: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> Result) async throws -> Result
  /// Runs the body in one transaction, commits, then delivers the signals it returned.
  func write<Result: Sendable>(
    isLong: Bool, _ body: @escaping @Sendable (any Connection) throws -> (Result, Set<String>)
  ) async throws -> Result
  func onSignal(_ receive: @escaping @Sendable (String) -> Void)
  func probe() async throws
  func facts() async throws -> [(name: String, value: String)]
  func integrity() async throws -> [String]
  func close() async
}
