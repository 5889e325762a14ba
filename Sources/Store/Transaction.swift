import Kit

/// One unit of work. It is synchronous on purpose: nothing can be awaited inside, so no mail, HTTP or video call ever happens
/// while locks are held. Effects are enqueued as jobs in the same transaction.
///
/// After the first error every further statement is refused, as PostgreSQL does, so that both engines behave alike.
public final class Transaction {
  public let dialect: Dialect
  /// Whether this transaction may write.
  public let isWriting: Bool
  /// What is kept in memory about the database, whatever this transaction sees of it.
  public let memory: Memory
  private let connection: any Connection
  private let counter: StatementCounter?
  /// The first error of a statement; a transaction that has one is rolled back, whatever its body made of it.
  private(set) var failure: (any Error)?
  private(set) var signals: Set<String> = []

  init(_ connection: any Connection, dialect: Dialect, isWriting: Bool, memory: Memory, counter: StatementCounter?) {
    self.connection = connection
    self.dialect = dialect
    self.isWriting = isWriting
    self.memory = memory
    self.counter = counter
  }

  public func rows(_ sql: SQL) throws -> [Row] {
    try perform(sql) { try connection.rows($0, $1) }
  }

  /// Hands over one row after the other without holding them all: for answers that may be large.
  public func each(_ sql: SQL, _ body: (Row) throws -> Void) throws {
    try perform(sql) { try connection.each($0, $1, body) }
  }

  public func row(_ sql: SQL) throws -> Row? { try rows(sql).first }

  @inlinable
  public func all<Value: RowDecodable>(_ sql: SQL, as: Value.Type = Value.self) throws -> [Value] {
    try rows(sql).map(Value.init(row:))
  }

  @inlinable
  public func first<Value: RowDecodable>(_ sql: SQL, as: Value.Type = Value.self) throws -> Value? {
    try rows(sql).first.map(Value.init(row:))
  }

  /// The first column of the first row, or nil when there is no row or it is NULL.
  @inlinable
  public func value<Value: Bindable>(_ sql: SQL, as: Value.Type = Value.self) throws -> Value? {
    guard let row = try rows(sql).first, let name = row.names.first else { return nil }
    return try row.optional(name)
  }

  /// The first column of every row.
  @inlinable
  public func values<Value: Bindable>(_ sql: SQL, as: Value.Type = Value.self) throws -> [Value] {
    try rows(sql).map { row in try row(row.names.first ?? "") }
  }

  /// How many rows a `SELECT count(*)` counts.
  public func count(_ sql: SQL) throws -> Int { try value(sql) ?? 0 }

  /// Runs a statement and returns how many rows it changed.
  @discardableResult
  public func run(_ sql: SQL) throws -> Int {
    try perform(sql) { try connection.run($0, $1) }
  }

  /// Runs a compare-and-swap: it must change exactly one row, else the state of things was another.
  public func swap(_ sql: SQL, otherwise problem: @autoclosure () -> Problem) throws {
    guard try run(sql) == 1 else { throw problem() }
  }

  /// Tells listeners on every node, once the transaction is committed, that something under this name changed.
  public func signal(_ name: String) { signals.insert(name) }

  private func perform<Result>(_ sql: SQL, _ body: (String, [Bound]) throws -> Result) throws -> Result {
    if let failure { throw AlreadyFailed(first: failure) }
    let (text, values) = sql.rendered(for: dialect)
    counter?.count(text)
    do {
      // SQLite would cut the text there, PostgreSQL would refuse it.
      if values.contains(where: \.holdsZero) { throw Problem.malformed("Text must not hold the character U+0000.") }
      return try body(text, values)
    } catch {
      failure = error
      throw error
    }
  }

  /// A statement after a failed one: catching an error and going on inside a transaction is a mistake of the program.
  struct AlreadyFailed: Error { let first: any Error }
}

/// What an engine does for a transaction. Values bind by number.
protocol Connection: AnyObject {
  func rows(_ sql: String, _ values: [Bound]) throws -> [Row]
  /// Hands over one row after the other without holding them all.
  func each(_ sql: String, _ values: [Bound], _ body: (Row) throws -> Void) throws
  func run(_ sql: String, _ values: [Bound]) throws -> Int
}
