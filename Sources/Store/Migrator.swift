import Kit

/// Brings a database to the schema of this program, or refuses it.
public struct Migrator: Sendable {
  public let migrations: [Migration]

  public init(_ migrations: [Migration]) { self.migrations = migrations }

  public enum Refusal: Error, CustomStringConvertible, Sendable {
    /// The database was written by a newer program.
    case newer(unknown: [String])
    /// A released step was edited.
    case changed(String)

    public var description: String {
      switch self {
      case .newer(let names):
        "The database is newer than this program: it has the steps \(listed(names)). Start the newer program, or restore a backup made before the upgrade."
      case .changed(let name): "The step \(name) differs from the one that was applied to this database."
      }
    }
  }

  /// The steps still to do, in order. Throws `Refusal` when the database must not be touched.
  public func pending(in store: Store) async throws -> [Migration] {
    try await store.write { tx in try self.prepare(tx) }
    let applied = try await store.read { tx in
      try tx.rows("SELECT name, checksum FROM schema_step").map { (name: try $0("name") as String, checksum: try $0("checksum") as String) }
    }
    let known = Dictionary(migrations.map { ($0.name, $0.checksum) }, uniquingKeysWith: { first, _ in first })
    let unknown = applied.map(\.name).filter { known[$0] == nil }
    if !unknown.isEmpty { throw Refusal.newer(unknown: unknown.sorted()) }
    if let changed = applied.first(where: { known[$0.name] != $0.checksum }) { throw Refusal.changed(changed.name) }
    let done = Set(applied.map(\.name))
    return migrations.filter { !done.contains($0.name) }
  }

  /// Applies what is pending and returns its names. `backup` runs first when there is data to lose.
  @discardableResult
  public func migrate(_ store: Store, now: Instant, backup: @Sendable () async throws -> Void = {}) async throws -> [String] {
    let steps = try await pending(in: store)
    if steps.isEmpty { return [] }
    if steps.count < migrations.count { try await backup() }
    for step in steps {
      try await store.write { tx in try self.apply(step, tx, now: now) }
    }
    return steps.map(\.name)
  }

  /// Applies one step, unless another node was first.
  func apply(_ step: Migration, _ tx: Transaction, now: Instant) throws {
    if tx.dialect == .postgres {
      try takeTime(tx)
      // Unlike a query this waits before the snapshot is taken, so the count below sees what the other node did.
      try tx.run("LOCK TABLE schema_step IN ACCESS EXCLUSIVE MODE")
    }
    guard try tx.count("SELECT count(*) FROM schema_step WHERE name = \(step.name)") == 0 else { return }
    for statement in step.statements {
      if let text = statement.text(for: tx.dialect) { try tx.run(SQL(stringLiteral: text)) }
    }
    try step.move?(tx)
    try tx.run("INSERT INTO schema_step (name, checksum, applied_at) VALUES (\(step.name), \(step.checksum), \(now))")
  }

  func prepare(_ tx: Transaction) throws {
    // Two nodes that start together take turns; SQLite's writer is alone already.
    if tx.dialect == .postgres {
      try takeTime(tx)
      _ = try tx.rows("SELECT pg_advisory_xact_lock(7218190)")
    }
    let strict: SQL = tx.dialect == .sqlite ? " STRICT" : ""
    let integer: SQL = tx.dialect == .sqlite ? "INTEGER" : "BIGINT"
    try tx.run(
      "CREATE TABLE IF NOT EXISTS schema_step (name TEXT PRIMARY KEY, checksum TEXT NOT NULL, applied_at \(integer) NOT NULL)\(strict)")
  }

  /// A step may take long, and so may the node that is first.
  private func takeTime(_ tx: Transaction) throws {
    try tx.run("SET LOCAL statement_timeout = 0")
    try tx.run("SET LOCAL lock_timeout = 0")
  }
}
