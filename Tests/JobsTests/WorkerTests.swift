import Kit
import Store
import Synchronization
import TandemTesting
import Testing

@testable import Jobs

private struct Chore: Job {
  static let kind = "chore"
}

private struct Call: Job {
  static let kind = "call"
  static let lane = Lane.push
}

@Suite("The worker")
struct WorkerTests {
  /// What the chores wait for, and how many were there at once.
  private final class Door: Sendable {
    let isOpen = Atomic(false)
    let inside = Mutex((now: 0, most: 0))

    func pass(_ key: String) async throws {
      inside.withLock { ($0.now, $0.most) = ($0.now + 1, max($0.most, $0.now + 1)) }
      defer { inside.withLock { $0.now -= 1 } }
      while key.hasPrefix("slow"), !isOpen.load(ordering: .relaxed) { try await Task.sleep(for: .milliseconds(5)) }
    }
  }

  private func enqueue(_ names: [String], _ store: Store, _ world: World) async throws {
    try await store.write { tx in
      for name in names { try tx.enqueue(Chore(), for: nil, key: name, at: world.now(), world) }
    }
  }

  /// Waits until just these chores are done.
  private func waitUntilDone(_ names: Set<String>, _ store: Store) async throws {
    while true {
      let done: [String] = try await store.read { tx in try tx.values("SELECT key FROM job WHERE state = 'done'") }
      if Set(done) == names { return }
      try await Task.sleep(for: .milliseconds(20))
    }
  }

  @Test("a job that takes long keeps its own place: the others are done meanwhile, new ones too", arguments: Databases.each)
  func slowOne(_ database: Databases.Kind) async throws {
    try await database.withStore(Queue.migrations) { store in
      let (world, door) = (SetClock().world, Door())
      let worker = Worker(
        store: store, world: world, handlers: [JobHandler(Chore.self) { _, run in try await door.pass(run.job.key) }], schedule: [],
        logger: Databases.quiet, width: 2)
      try await enqueue(["slow", "one", "two", "three"], store, world)
      let running = Task { try await worker.run() }
      try await waitUntilDone(["one", "two", "three"], store)
      try await enqueue(["four"], store, world)
      try await waitUntilDone(["one", "two", "three", "four"], store)
      door.isOpen.store(true, ordering: .relaxed)
      try await waitUntilDone(["one", "two", "three", "four", "slow"], store)
      #expect(door.inside.withLock { $0.most } == 2)
      running.cancel()
      try? await running.value
    }
  }

  @Test("a job that failed often and takes long stops no other", .timeLimit(.minutes(20)), arguments: Databases.each)
  func oftenFailed(_ database: Databases.Kind) async throws {
    try await database.withStore(Queue.migrations) { store in
      let (world, door) = (SetClock().world, Door())
      let worker = Worker(
        store: store, world: world, handlers: [JobHandler(Chore.self) { _, run in try await door.pass(run.job.key) }], schedule: [],
        logger: Databases.quiet, width: 2)
      try await enqueue(["slow"], store, world)
      try await store.write { tx in _ = try tx.run("UPDATE job SET attempts = 6 WHERE state = 'ready'") }
      let running = Task { try await worker.run() }
      while door.inside.withLock({ $0.now }) < 1 { try await Task.sleep(for: .milliseconds(5)) }
      try await enqueue(["one"], store, world)
      try await waitUntilDone(["one"], store)
      door.isOpen.store(true, ordering: .relaxed)
      try await waitUntilDone(["one", "slow"], store)
      running.cancel()
      try? await running.value
    }
  }

  @Test("jobs that wait for one kind of server outside take no place of other jobs", .timeLimit(.minutes(20)), arguments: Databases.each)
  func outward(_ database: Databases.Kind) async throws {
    try await database.withStore(Queue.migrations) { store in
      let (world, door) = (SetClock().world, Door())
      let worker = Worker(
        store: store, world: world,
        handlers: [
          JobHandler(Call.self) { _, _ in try await door.pass("slow call") }, JobHandler(Chore.self) { _, _ in },
        ], schedule: [], logger: Databases.quiet, width: 4)
      let calls = (1...30).map { "call \($0)" }
      try await store.write { tx in
        for name in calls { try tx.enqueue(Call(), for: nil, key: name, at: world.now(), world) }
      }
      try await enqueue(["one", "two", "three"], store, world)
      let running = Task { try await worker.run() }
      try await waitUntilDone(["one", "two", "three"], store)
      #expect(door.inside.withLock { $0.most } <= 2)
      door.isOpen.store(true, ordering: .relaxed)
      try await waitUntilDone(Set(calls + ["one", "two", "three"]), store)
      #expect(door.inside.withLock { $0.most } == 2)
      running.cancel()
      try? await running.value
    }
  }

  @Test("what runs when a worker is stopped is done once: it ends, and its end is written down", arguments: Databases.each)
  func endsWhatRuns(_ database: Databases.Kind) async throws {
    try await database.withStore(Queue.migrations) { store in
      let (world, door) = (SetClock().world, Door())
      let worker = Worker(
        store: store, world: world, handlers: [JobHandler(Chore.self) { _, run in try await door.pass(run.job.key) }], schedule: [],
        logger: Databases.quiet, width: 2)
      try await enqueue(["slow 1", "slow 2", "slow 3"], store, world)
      let running = Task { try await worker.run() }
      while door.inside.withLock({ $0.now }) < 2 { try await Task.sleep(for: .milliseconds(5)) }
      running.cancel()
      try await Task.sleep(for: .milliseconds(100))
      door.isOpen.store(true, ordering: .relaxed)
      try? await running.value
      let states: [String] = try await store.read { tx in try tx.values("SELECT state FROM job ORDER BY state") }
      #expect(states == ["done", "done", "ready"])
    }
  }

  @Test("what a worker holds when it is stopped is put back for the next", arguments: Databases.each)
  func stopped(_ database: Databases.Kind) async throws {
    try await database.withStore(Queue.migrations) { store in
      let (world, door) = (SetClock().world, Door())
      let worker = Worker(
        store: store, world: world, handlers: [JobHandler(Chore.self) { _, run in try await door.pass(run.job.key) }], schedule: [],
        logger: Databases.quiet, width: 2, grace: .milliseconds(50))
      try await enqueue(["slow 1", "slow 2", "slow 3", "four"], store, world)
      let running = Task { try await worker.run() }
      while door.inside.withLock({ $0.now }) < 2 { try await Task.sleep(for: .milliseconds(5)) }
      running.cancel()
      try? await running.value
      let states: [String] = try await store.read { tx in try tx.values("SELECT state FROM job ORDER BY key") }
      #expect(states == ["ready", "ready", "ready", "ready"])
    }
  }
}
