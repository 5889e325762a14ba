import Kit
import Logging
import ServiceLifecycle
import Store

/// Takes due jobs under a lease, runs them, and puts back what failed. Any number of workers may share one PostgreSQL.
public struct Worker: Service {
  private let store: Store
  private let world: World
  private var handlers: [String: JobHandler]
  private let schedule: [ScheduledJob]
  private let logger: Logger
  private let owner: Int64
  /// How many jobs of a lane run at once, at most.
  private let width: Int
  /// How long running jobs may go on when the worker is asked to stop.
  private let grace: Duration

  private let inHand = InHand()

  private var leases: Leases { Leases(store: store, world: world, owner: owner, inHand: inHand) }

  public init(
    store: Store, world: World, handlers: [JobHandler], schedule: [ScheduledJob], logger: Logger, width: Int = 4,
    grace: Duration = .seconds(10)
  ) {
    self.store = store
    self.world = world
    self.handlers = Dictionary(handlers.map { ($0.kind, $0) }, uniquingKeysWith: { first, _ in first })
    self.schedule = schedule
    self.logger = logger
    self.width = width
    self.grace = grace
    owner = Int64(bitPattern: world.random() >> 1)
  }

  /// The same worker, which does jobs of these kinds by these handlers.
  public func replacing(_ handlers: [JobHandler]) -> Worker {
    var worker = self
    for handler in handlers { worker.handlers[handler.kind] = handler }
    return worker
  }

  public func run() async throws {
    await cancelWhenGracefulShutdown {
      await withTaskGroup(of: Void.self) { group in
        group.addTask { await self.beat() }
        group.addTask { await self.hold() }
        await self.work()
        group.cancelAll()
      }
    }
    // In a task of its own, as a cancelled one writes nothing.
    try? await Task { try await leases.release() }.value
    inHand.clear()
  }

  /// Runs everything that is due now, and what that causes, until nothing is due. Returns how many jobs ran. No lease is extended.
  @discardableResult
  public func drain(limit: Int = 100_000) async throws -> Int {
    var ran = 0
    while ran < limit {
      let jobs = try await leases.claim(width * 8)
      if jobs.isEmpty { break }
      await perform(all: jobs)
      ran += jobs.count
    }
    return ran
  }

  private func work() async {
    let bell = Broadcast<Void>()
    let rings = bell.listen()
    let signals = store.signals.listen()
    bell.send(())
    await withDiscardingTaskGroup { group in
      group.addTask { for await name in signals where name == "jobs" { bell.send(()) } }
      // The wall clock is looked at afresh at least each second, so that a step of the clock neither floods nor stalls.
      group.addTask {
        while !Task.isCancelled {
          try? await Task.sleep(for: .seconds(1))
          bell.send(())
        }
      }
      var hand = Hand()
      let places = Places(width)
      for await _ in rings {
        do {
          while let job = try await next(&hand, places) {
            let lane = lane(of: job)
            places.take(lane)
            group.addTask {
              await finish(job)
              places.leave(lane)
              bell.send(())
            }
          }
        } catch {
          logger.error("The queue could not be read", metadata: ["error": "\(type(of: error))"])
          try? await Task.sleep(for: .seconds(1))
        }
      }
      group.cancelAll()
    }
  }

  /// Jobs that were taken and have not begun.
  private struct Hand {
    var waiting: [Leases.Held] = []
    /// One that may be what ends the program: it runs when nothing else does.
    var suspect: Leases.Held?
  }

  /// The next job to begin; nil when all places are taken or nothing is due. One that takes long keeps its own place and no other.
  private func next(_ hand: inout Hand, _ places: Places) async throws -> Leases.Held? {
    while true {
      if let suspect = hand.suspect {
        guard places.areAllFree else { return nil }
        hand.suspect = nil
        await perform(suspect)
      }
      let free = places.free
      if free.isEmpty { return nil }
      if let place = hand.waiting.firstIndex(where: { free.contains(lane(of: $0)) }) { return hand.waiting.remove(at: place) }
      // Whatever waits in the hand now waits for a place of its lane: more of that lane would only wait with it.
      let full = handlers.values.filter { !free.contains($0.lane) }.map(\.kind)
      let claimed = try await leases.claim(width * 4, without: full)
      if claimed.isEmpty { return nil }
      if let suspect = claimed.first, suspect.isSuspect {
        hand.suspect = suspect
      } else {
        hand.waiting += claimed
      }
    }
  }

  private func lane(of held: Leases.Held) -> Lane { handlers[held.job.kind]?.lane ?? .own }

  /// Runs a job to its end, also when the worker is asked to stop meanwhile: a mail that is under way would else leave once more.
  private func finish(_ held: Leases.Held) async {
    let running = Task { await perform(held) }
    await withTaskCancellationHandler {
      await running.value
    } onCancel: {
      Task {
        try? await Task.sleep(for: grace)
        running.cancel()
      }
    }
  }

  /// Enqueues each scheduled job once a turn.
  private func beat() async {
    while !Task.isCancelled {
      try? await store.write { tx in try self.enqueueDue(tx) }
      try? await Task.sleep(for: .seconds(15))
    }
  }

  /// Holds on to what was taken: a slow server outside may keep a job, and those that wait behind it, for longer than a lease.
  private func hold() async {
    while !Task.isCancelled {
      try? await Task.sleep(for: .seconds(10))
      try? await leases.keep()
    }
  }

  /// Enqueues the current turn of every scheduled job.
  public func enqueueDue(_ tx: Transaction) throws {
    for job in schedule {
      try job.enqueue(tx, world.now().microseconds.flooredDivision(by: max(1, job.every.microseconds)), world)
    }
  }

  private func perform(all jobs: [Leases.Held]) async {
    await withTaskGroup(of: Void.self) { group in
      for (place, job) in jobs.enumerated() {
        if place >= width { await group.next() }
        group.addTask { await self.perform(job) }
      }
    }
  }

  private func perform(_ held: Leases.Held) async {
    defer { inHand.remove(held.job.id) }
    guard await isOurs(held) else { return }
    let job = held.job
    let outcome = await outcome(of: job)
    do {
      // In a task of its own, as a cancelled one writes nothing.
      try await Task { try await leases.settle(job, outcome) }.value
    } catch {
      logger.error("A job's outcome was not stored", metadata: ["kind": "\(job.kind)", "job": "\(job.id)"])
    }
  }

  /// Others may have been before it for so long that somebody else has it now.
  private func isOurs(_ held: Leases.Held) async -> Bool {
    do {
      return try await leases.stillHolds(held)
    } catch {
      logger.warning("A job was let go", metadata: ["kind": "\(held.job.kind)", "job": "\(held.job.id)"])
      return false
    }
  }

  private func outcome(of job: QueuedJob) async -> Leases.Outcome {
    do {
      guard let handler = handlers[job.kind] else { throw JobFailure.permanent("This program knows no job \(job.kind).") }
      let run = JobRun(job: job, store: store, world: world, logger: logger)
      try await handler.perform(job.payload, run)
      return .done
    } catch JobFailure.permanent(let text) {
      return .dead(text)
    } catch JobFailure.notBefore(let time) {
      return .again(time, failure: nil)
    } catch is CancellationError {
      return .again(world.now(), failure: nil)
    } catch {
      let text = if case JobFailure.later(let text) = error { text } else { "\(type(of: error))" }
      logger.warning("A job failed", metadata: ["kind": "\(job.kind)", "job": "\(job.id)", "error": "\(text)"])
      return job.attempts >= Leases.attempts ? .dead(text) : .again(world.now() + pause(after: job.attempts), failure: text)
    }
  }

  /// 30 s, doubling, at most 6 h, with up to a quarter of jitter.
  private func pause(after attempts: Int) -> Span {
    let base = min(30 * (1 << min(attempts - 1, 12)), 6 * 3600)
    return .seconds(base + Int(world.number(below: UInt64(base / 4 + 1))))
  }
}
