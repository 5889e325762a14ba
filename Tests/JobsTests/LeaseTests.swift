import Kit
import Store
import TandemTesting
import Testing

@testable import Jobs

private struct Errand: Job {
  static let kind = "errand"
}

@Suite("Who runs a job holds it; who is late has lost it")
struct LeaseTests {
  private let clock = SetClock()

  private func lease(_ store: Store, _ owner: Int64) -> Leases { Leases(store: store, world: clock.world, owner: owner) }

  private func enqueue(_ names: [String], _ store: Store) async throws {
    let world = clock.world
    try await store.write { tx in
      for name in names { try tx.enqueue(Errand(), for: nil, key: name, at: world.now(), world) }
    }
  }

  private func states(_ store: Store) async throws -> [String: String] {
    try await store.read { tx in
      try tx.rows("SELECT key, state FROM job").reduce(into: [:]) { found, row in
        found[try row("key", as: String.self)] = try row("state", as: String.self)
      }
    }
  }

  @Test("a job that waited behind slow ones until its lease ended is left to whoever has it now", arguments: Databases.each)
  func lost(_ database: Databases.Kind) async throws {
    try await database.withStore(Queue.migrations) { store in
      let (slow, quick) = (lease(store, 1), lease(store, 2))
      try await enqueue(["mail"], store)
      let job = try #require(try await slow.claim(32).first)
      clock.advance(.seconds(31))
      let again = try #require(try await quick.claim(32).first)
      try await #expect(!slow.stillHolds(job))
      try await slow.settle(job.job, .dead("too late"))
      try await #expect(states(store) == ["mail": "running"])
      try await #expect(quick.stillHolds(again))
      try await quick.settle(again.job, .done)
      try await #expect(states(store) == ["mail": "done"])
    }
  }

  @Test("a job whose turn comes while its lease lasts is held afresh", arguments: Databases.each)
  func heldAfresh(_ database: Databases.Kind) async throws {
    try await database.withStore(Queue.migrations) { store in
      let (slow, quick) = (lease(store, 1), lease(store, 2))
      try await enqueue(["mail"], store)
      let job = try #require(try await slow.claim(32).first)
      clock.advance(.seconds(25))
      try await #expect(slow.stillHolds(job))
      clock.advance(.seconds(25))
      try await #expect(quick.claim(32).isEmpty)
    }
  }

  @Test("what is in hand is kept for as long as it is in hand, and what was lost stays lost", arguments: Databases.each)
  func kept(_ database: Databases.Kind) async throws {
    try await database.withStore(Queue.migrations) { store in
      let (slow, quick) = (lease(store, 1), lease(store, 2))
      try await enqueue(["one", "two"], store)
      let jobs = try await slow.claim(32)
      for _ in 0..<4 {
        clock.advance(.seconds(20))
        try await slow.keep()
        try await #expect(quick.claim(32).isEmpty)
      }
      clock.advance(.seconds(31))
      try await #expect(quick.claim(1).count == 1)
      try await slow.keep()
      let held = try await [slow.stillHolds(jobs[0]), slow.stillHolds(jobs[1])]
      #expect(held.sorted { !$0 && $1 } == [false, true])
    }
  }

  @Test("a step of the clock gives nobody a job that this program still runs", arguments: Databases.each)
  func clockStep(_ database: Databases.Kind) async throws {
    try await database.withStore(Queue.migrations) { store in
      let worker = lease(store, 1)
      try await enqueue(["mail"], store)
      let job = try #require(try await worker.claim(32).first)
      clock.advance(.hours(2))
      try await #expect(worker.claim(32).isEmpty)
      try await worker.settle(job.job, .done)
      try await #expect(states(store) == ["mail": "done"])
    }
  }

  @Test("what an earlier run of a job says does not end a later run of the same worker", arguments: Databases.each)
  func fenced(_ database: Databases.Kind) async throws {
    try await database.withStore(Queue.migrations) { store in
      let worker = lease(store, 1)
      try await enqueue(["mail"], store)
      let first = try #require(try await worker.claim(32).first)
      worker.inHand.clear()
      clock.advance(.seconds(31))
      let second = try #require(try await worker.claim(32).first)
      try await #expect(!worker.stillHolds(first))
      try await worker.settle(first.job, .dead("too late"))
      try await #expect(states(store) == ["mail": "running"])
      try await worker.settle(second.job, .done)
      try await #expect(states(store) == ["mail": "done"])
    }
  }

  @Test("a job that ends the program each time is found, tried by itself and given up; the others are done", arguments: Databases.each)
  func poison(_ database: Databases.Kind) async throws {
    try await database.withStore(Queue.migrations) { store in
      try await enqueue(["poison", "one", "two"], store)
      var life: Int64 = 0
      while life < 40 {
        life += 1
        let worker = lease(store, life)
        // The program runs until it takes the poison; the next one starts when the leases of this one are over.
        while let jobs = try? await worker.claim(32), !jobs.isEmpty, !jobs.contains(where: { $0.job.key == "poison" }) {
          for job in jobs { try await worker.settle(job.job, .done) }
        }
        clock.advance(.seconds(31))
      }
      try await #expect(states(store) == ["poison": "dead", "one": "done", "two": "done"])
    }
  }
}
