import Kit
import Store

/// One worker's hold on its jobs: who runs a job holds it for half a minute at a time, and whoever let the time pass has lost it.
struct Leases: Sendable {
  let store: Store
  let world: World
  let owner: Int64
  var inHand = InHand()

  static let length = Span.seconds(30)
  /// How often a job may begin.
  static let attempts = 12
  /// A job that was begun so often and never ended is tried by itself: it may be what ends the process.
  static let suspicious = 4

  /// A job and until when it is held, as far as is known here.
  struct Held: Sendable, RowDecodable {
    let job: QueuedJob
    let until: Instant
    /// Whether it may be what ends the program, and so is to run by itself.
    var isSuspect = false

    init(row: Row) throws {
      job = try QueuedJob(row: row)
      until = try row("lease_until")
    }
  }

  /// Takes at most so many due jobs, oldest first. A suspicious one comes by itself, the least suspicious first, and one begun too
  /// often is given up. What is in hand here is not taken again: after a step of the clock its lease only looks as if it had ended.
  ///
  /// - Parameter kinds: those that are left where they are.
  func claim(_ count: Int, without kinds: [String] = []) async throws -> [Held] {
    let now = world.now()
    let own = inHand.all
    let others: SQL = own.isEmpty ? "" : " AND id NOT IN \(SQL.list(own))"
    let wanted: SQL = kinds.isEmpty ? "" : " AND kind NOT IN \(SQL.list(kinds))"
    let lapsed: SQL = "state = \(QueuedJob.State.running) AND lease_until < \(now)\(others)\(wanted)"
    let due: SQL = "(state = \(QueuedJob.State.ready) AND run_at <= \(now)\(wanted)) OR (\(lapsed))"
    // A look first: an idle queue costs a read, not a write.
    let isIdle = try await store.read { tx in
      try tx.count("SELECT count(*) FROM (SELECT 1 AS one FROM job WHERE \(due) LIMIT 1) AS due") == 0
    }
    if isIdle { return [] }
    let claimed = try await store.write { tx -> [Held] in
      try tx.run(
        """
        UPDATE job SET state = \(QueuedJob.State.dead), finished_at = \(now), failure = \("The program ended each time while this ran.")
        WHERE \(lapsed) AND attempts >= \(Leases.attempts)
        """)
      let suspect = try take("\(lapsed) AND attempts >= \(Leases.suspicious) ORDER BY attempts, run_at, id LIMIT 1", now: now, tx)
      if suspect.isEmpty { return try take("\(due) ORDER BY run_at, id LIMIT \(count)", now: now, tx) }
      return suspect.map { held in
        var held = held
        held.isSuspect = true
        return held
      }
    }
    inHand.add(claimed)
    return claimed
  }

  private func take(_ which: SQL, now: Instant, _ tx: Transaction) throws -> [Held] {
    let jobs: [Held] = try tx.all(
      """
      UPDATE job SET state = \(QueuedJob.State.running), lease_until = \(now + Leases.length), lease_owner = \(owner),
        attempts = attempts + 1
      WHERE id IN (SELECT id FROM job WHERE \(which)\(tx.dialect.skipLocked))
      RETURNING id, org_id, kind, key, attempts, payload, lease_until
      """)
    return jobs.sorted { $0.job.id < $1.job.id }
  }

  /// Whether a job that was taken is still this worker's; it is held afresh when it has waited for its turn for a while.
  func stillHolds(_ held: Held) async throws -> Bool {
    if held.until - world.now() > .seconds(20) { return true }
    return try await extend(held.job)
  }

  /// Holds a job for another while; false when it was lost to somebody else.
  private func extend(_ job: QueuedJob) async throws -> Bool {
    let until = world.now() + Leases.length
    return try await store.write { tx in try tx.run("UPDATE job SET lease_until = \(until) \(mine(job))") == 1 }
  }

  /// Holds whatever is in hand for another while, what waits for its turn as well as what runs. What was lost stays lost.
  func keep() async throws {
    let own = inHand.all
    if own.isEmpty { return }
    let until = world.now() + Leases.length
    try await store.write { tx in
      try tx.run(
        """
        UPDATE job SET lease_until = \(until)
        WHERE id IN \(SQL.list(own)) AND lease_owner = \(owner) AND state = \(QueuedJob.State.running)
        """)
    }
  }

  enum Outcome: Sendable {
    case done
    case again(Instant, failure: String?)
    case dead(String)
  }

  /// Writes down how a job ended. A lost lease means that somebody else has the job now: this result is discarded.
  func settle(_ job: QueuedJob, _ outcome: Outcome) async throws {
    let now = world.now()
    try await store.write { tx in
      switch outcome {
      case .done:
        try tx.run(
          "UPDATE job SET state = \(QueuedJob.State.done), finished_at = \(now), payload = \("{}"), failure = NULL \(mine(job))")
      case .again(let time, nil):
        try tx.run("UPDATE job SET state = \(QueuedJob.State.ready), run_at = \(time), attempts = attempts - 1 \(mine(job))")
      case .again(let time, let failure):
        try tx.run("UPDATE job SET state = \(QueuedJob.State.ready), run_at = \(time), failure = \(failure) \(mine(job))")
      case .dead(let failure):
        try tx.run("UPDATE job SET state = \(QueuedJob.State.dead), finished_at = \(now), failure = \(failure) \(mine(job))")
      }
    }
  }

  /// Puts back what this worker still holds, so that another need not wait for the lease.
  func release() async throws {
    try await store.write { tx in
      try tx.run(
        """
        UPDATE job SET state = \(QueuedJob.State.ready), attempts = attempts - 1
        WHERE state = \(QueuedJob.State.running) AND lease_owner = \(owner)
        """)
    }
  }

  /// The job as it was taken: each time it is taken counts as an attempt, so an earlier run of it by the same worker is told apart.
  private func mine(_ job: QueuedJob) -> SQL {
    "WHERE id = \(job.id) AND lease_owner = \(owner) AND attempts = \(job.attempts) AND state = \(QueuedJob.State.running)"
  }
}
