import Kit
import Logging
import ServiceLifecycle
import Store

/// Takes due jobs under a lease, runs them, and puts back what failed. Any number of workers may share one PostgreSQL.
public struct Worker: Service {
  private let store: Store
  private let world: World
  private let handlers: [String: JobHandler]
  private let schedule: [ScheduledJob]
  private let logger: Logger
  private let owner: Int64
  /// How many jobs run at once.
  private let width: Int

  static let lease = Span.seconds(30)
  static let attempts = 12

  public init(store: Store, world: World, handlers: [JobHandler], schedule: [ScheduledJob], logger: Logger, width: Int = 4) {
    self.store = store
    self.world = world
    self.handlers = Dictionary(handlers.map { ($0.kind, $0) }, uniquingKeysWith: { first, _ in first })
    self.schedule = schedule
    self.logger = logger
    self.width = width
    owner = Int64(bitPattern: world.random() >> 1)
  }

  public func run() async throws {
    await cancelWhenGracefulShutdown {
      await withTaskGroup(of: Void.self) { group in
        group.addTask { await self.beat() }
        await self.work()
        group.cancelAll()
      }
    }
    try? await release()
  }

  /// Runs everything that is due now, and what that causes, until nothing is due. Returns how many jobs ran.
  @discardableResult
  public func drain(limit: Int = 100_000) async throws -> Int {
    var ran = 0
    while ran < limit {
      let jobs = try await claim(width * 8)
      if jobs.isEmpty { break }
      await perform(jobs)
      ran += jobs.count
    }
    return ran
  }

  private func work() async {
    let signals = store.signals.listen()
    await withTaskGroup(of: Void.self) { group in
      let bell = Broadcast<Void>()
      let rings = bell.listen()
      group.addTask { for await name in signals where name == "jobs" { bell.send(()) } }
      // The wall clock is looked at afresh at least each second, so that a step of the clock neither floods nor stalls.
      group.addTask {
        while !Task.isCancelled {
          try? await Task.sleep(for: .seconds(1))
          bell.send(())
        }
      }
      var iterator = rings.makeAsyncIterator()
      while !Task.isCancelled {
        do {
          try await drain(limit: 1000)
        } catch {
          logger.error("The queue could not be read", metadata: ["error": "\(type(of: error))"])
          try? await Task.sleep(for: .seconds(1))
        }
        _ = await iterator.next()
      }
      group.cancelAll()
    }
  }

  /// Enqueues each scheduled job once a turn.
  private func beat() async {
    while !Task.isCancelled {
      try? await store.write { tx in try self.enqueueDue(tx) }
      try? await Task.sleep(for: .seconds(15))
    }
  }

  /// Enqueues the current turn of every scheduled job.
  public func enqueueDue(_ tx: Transaction) throws {
    for job in schedule {
      try job.enqueue(tx, world.now().microseconds.flooredDivision(by: max(1, job.every.microseconds)), world)
    }
  }

  private func claim(_ count: Int) async throws -> [QueuedJob] {
    let now = world.now()
    // A look first: an idle queue costs a read, not a write.
    let due = try await store.read { tx in
      try tx.count(
        """
        SELECT count(*) FROM (SELECT 1 AS one FROM job WHERE (state = \("ready") AND run_at <= \(now))
          OR (state = \("running") AND lease_until < \(now)) LIMIT 1) AS due
        """)
    }
    if due == 0 { return [] }
    return try await store.write { tx in
      try tx.all(
        """
        UPDATE job SET state = \("running"), lease_until = \(now + Worker.lease), lease_owner = \(owner), attempts = attempts + 1
        WHERE id IN (SELECT id FROM job WHERE (state = \("ready") AND run_at <= \(now)) OR (state = \("running") AND lease_until < \(now))
          ORDER BY run_at, id LIMIT \(count)\(tx.dialect.skipLocked))
        RETURNING id, org_id, kind, key, attempts, payload
        """
      ).sorted { $0.id < $1.id }
    }
  }

  private func perform(_ jobs: [QueuedJob]) async {
    await withTaskGroup(of: Void.self) { group in
      for (place, job) in jobs.enumerated() {
        if place >= width { await group.next() }
        group.addTask { await self.perform(job) }
      }
    }
  }

  private func perform(_ job: QueuedJob) async {
    let outcome: Outcome
    do {
      guard let handler = handlers[job.kind] else { throw JobFailure.permanent("This program knows no job \(job.kind).") }
      let run = JobRun(job: job, store: store, world: world, logger: logger)
      try await extending(job) { try await handler.perform(job.payload, run) }
      outcome = .done
    } catch JobFailure.permanent(let text) {
      outcome = .dead(text)
    } catch JobFailure.notBefore(let time) {
      outcome = .again(time, failure: nil)
    } catch is CancellationError {
      outcome = .again(world.now(), failure: nil)
    } catch {
      let text = if case JobFailure.later(let text) = error { text } else { "\(type(of: error))" }
      outcome = job.attempts >= Worker.attempts ? .dead(text) : .again(world.now() + pause(after: job.attempts), failure: text)
      logger.warning("A job failed", metadata: ["kind": "\(job.kind)", "job": "\(job.id)", "error": "\(text)"])
    }
    do {
      try await settle(job, outcome)
    } catch {
      logger.error("A job's outcome was not stored", metadata: ["kind": "\(job.kind)", "job": "\(job.id)"])
    }
  }

  /// Keeps the lease while the job runs.
  private func extending(_ job: QueuedJob, _ body: @escaping @Sendable () async throws -> Void) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        while true {
          try await Task.sleep(for: .seconds(10))
          let until = world.now() + Worker.lease
          _ = try? await store.write { tx in
            try tx.run("UPDATE job SET lease_until = \(until) WHERE id = \(job.id) AND lease_owner = \(owner) AND state = \("running")")
          }
        }
      }
      defer { group.cancelAll() }
      try await body()
    }
  }

  private enum Outcome {
    case done
    case again(Instant, failure: String?)
    case dead(String)
  }

  private func settle(_ job: QueuedJob, _ outcome: Outcome) async throws {
    let now = world.now()
    try await store.write { tx in
      // A lost lease means that somebody else has the job now: this result is discarded.
      let mine: SQL = "WHERE id = \(job.id) AND lease_owner = \(owner) AND state = \("running")"
      switch outcome {
      case .done:
        try tx.run("UPDATE job SET state = \("done"), finished_at = \(now), payload = \("{}"), failure = NULL \(mine)")
      case .again(let time, nil):
        try tx.run("UPDATE job SET state = \("ready"), run_at = \(time), attempts = attempts - 1 \(mine)")
      case .again(let time, let failure):
        try tx.run("UPDATE job SET state = \("ready"), run_at = \(time), failure = \(failure) \(mine)")
      case .dead(let failure):
        try tx.run("UPDATE job SET state = \("dead"), finished_at = \(now), failure = \(failure) \(mine)")
      }
    }
  }

  /// 30 s, doubling, at most 6 h, with up to a quarter of jitter.
  private func pause(after attempts: Int) -> Span {
    let base = min(30 * (1 << min(attempts - 1, 12)), 6 * 3600)
    return .seconds(base + Int(world.number(below: UInt64(base / 4 + 1))))
  }

  /// Puts back what this worker still holds, so that another need not wait for the lease.
  private func release() async throws {
    try await store.write { tx in
      try tx.run(
        "UPDATE job SET state = \("ready"), attempts = attempts - 1 WHERE state = \("running") AND lease_owner = \(owner)")
    }
  }
}
