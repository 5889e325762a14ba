import GRDB
import Kit
import Synchronization

/// The one writer of a file. Writes that wait at the same time are committed together, so that many people share one sync of the disk;
/// each runs behind a savepoint of its own and is answered only when the commit is on the disk.
///
/// What is committed together is undone together when the commit fails. Then each is tried again alone, so that nobody pays for somebody
/// else's mistake; but after an error of the disk nothing is tried again.
final class SQLiteWriter: Sendable {
  private let pool: DatabasePool
  private let line = Mutex(Line())
  private let connection = Connected()

  private struct Line {
    var waiting: [Job] = []
    /// Whether somebody is on the way who takes all that wait.
    var isServed = false
  }

  /// Touched on the queue of the pool's writer only.
  private final class Connected: @unchecked Sendable {
    var statements: SQLiteStatements?
  }

  /// A write that waits for its turn.
  private struct Job: Sendable {
    let ioFailed: Flag
    /// Whether it has a commit of its own, for it may take seconds.
    let isLong: Bool
    /// Runs the body in the transaction that is open.
    let attempt: @Sendable (SQLiteStatements) throws -> Void
    /// Hands the answer over; with an error nothing of it is in the file.
    let finish: @Sendable ((any Error)?) -> Void
  }

  /// What a body gave, until it is in the file. Touched on the queue of the pool's writer only.
  private final class Outcome<Value>: @unchecked Sendable {
    var value: Value?
  }

  /// Most writes of one commit, and how long they may take before the rest waits for the next.
  private static let most = 64
  private static let patience = Duration.milliseconds(20)

  init(_ pool: DatabasePool) { self.pool = pool }

  /// Runs the body and answers once what it wrote is on the disk. It may run twice, the first time in vain.
  func write<Value: Sendable>(
    _ ioFailed: Flag, isLong: Bool = false, _ body: @escaping @Sendable (any Connection) throws -> Value
  ) async throws -> Value {
    let isCancelled = Flag()
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let outcome = Outcome<Value>()
        add(
          Job(
            ioFailed: ioFailed, isLong: isLong,
            attempt: { outcome.value = try body(SQLiteConnection($0, ioFailed, isCancelled)) },
            finish: { error in
              if error == nil, let value = outcome.value { return continuation.resume(returning: value) }
              continuation.resume(throwing: error ?? Problem.unavailable(retryAfter: 1))
            }))
      }
    } onCancel: {
      isCancelled.set()
    }
  }

  /// Lets go of the connection, before its pool closes it.
  func close() { pool.writeWithoutTransaction { _ in connection.statements = nil } }

  private func add(_ job: Job) {
    let isServed = line.withLock { line in
      line.waiting.append(job)
      defer { line.isServed = true }
      return line.isServed
    }
    if !isServed { pool.asyncWriteWithoutTransaction { self.serve($0) } }
  }

  /// One commit. Who waits then has the next, after whatever else the connection is wanted for.
  private func serve(_ db: Database) {
    let jobs = line.withLock { line in
      let next = line.waiting.prefix(Self.most)
      return Array(next.prefix(max(1, next.firstIndex(where: \.isLong) ?? next.count)))
    }
    let taken = commit(jobs, db)
    let isLeft = line.withLock { line in
      line.waiting.removeFirst(taken)
      line.isServed = !line.waiting.isEmpty
      return line.isServed
    }
    if isLeft { pool.asyncWriteWithoutTransaction { self.serve($0) } }
  }

  /// Commits the first of the jobs, as many as there is time for, and answers them.
  private func commit(_ jobs: [Job], _ db: Database) -> Int {
    var taken = 0
    do {
      let statements = try statements(of: db)
      if jobs.count == 1 {
        alone(jobs[0], statements)
        return 1
      }
      do {
        try statements.step("BEGIN IMMEDIATE")
        let end = ContinuousClock.now + Self.patience
        var errors: [(any Error)?] = []
        while taken < jobs.count, taken == 0 || .now < end {
          taken += 1
          errors.append(try attempt(jobs[taken - 1], statements))
        }
        try statements.step("COMMIT")
        for (job, error) in zip(jobs, errors) { job.finish(error) }
      } catch {
        undo(statements)
        if taken == 0 || jobs.prefix(taken).contains(where: \.ioFailed.isSet) || (error as? DatabaseError)?.mayHaveLostState == true {
          throw error
        }
        for job in jobs.prefix(taken) { alone(job, statements) }
      }
    } catch {
      // When it cannot even begin, nobody else need try.
      if taken == 0 { taken = jobs.count }
      for job in jobs.prefix(taken) {
        if (error as? DatabaseError)?.mayHaveLostState == true { job.ioFailed.set() }
        job.finish(error)
      }
    }
    return taken
  }

  /// Runs a job inside a transaction with others.
  /// - Returns: the job's own error, when nothing but its own part is undone.
  /// - Throws: when all that was done together is lost, or not to be trusted.
  private func attempt(_ job: Job, _ statements: SQLiteStatements) throws -> (any Error)? {
    try statements.step("SAVEPOINT part")
    do {
      try job.attempt(statements)
    } catch {
      guard statements.isInTransaction, !job.ioFailed.isSet else { throw error }
      try statements.step("ROLLBACK TO part")
      try statements.step("RELEASE part")
      return error
    }
    try statements.step("RELEASE part")
    return nil
  }

  private func alone(_ job: Job, _ statements: SQLiteStatements) {
    do {
      try statements.step("BEGIN IMMEDIATE")
      try job.attempt(statements)
      try statements.step("COMMIT")
    } catch {
      undo(statements)
      return job.finish(error)
    }
    job.finish(nil)
  }

  private func undo(_ statements: SQLiteStatements) {
    // SQLite has undone it already after some errors.
    if statements.isInTransaction { try? statements.step("ROLLBACK") }
  }

  private func statements(of db: Database) throws -> SQLiteStatements {
    guard let handle = db.sqliteConnection else { throw DatabaseError(resultCode: .SQLITE_MISUSE, message: "connection is closed") }
    if let known = connection.statements, known.handle == handle { return known }
    let made = SQLiteStatements(handle)
    connection.statements = made
    return made
  }
}
