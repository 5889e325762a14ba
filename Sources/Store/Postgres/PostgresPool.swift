import Dispatch
import Kit
import Synchronization

/// A fixed number of workers, handed out one caller each, in order of asking.
final class PostgresPool: Sendable {
  private typealias Waiter = CheckedContinuation<PostgresWorker, any Error>

  private struct State {
    var idle: [PostgresWorker]
    var waiting: [(number: Int, waiter: Waiter)] = []
    var serial = 0
    var isClosed = false
  }

  private let size: Int
  private let state: Mutex<State>
  private let clock = DispatchQueue(label: "tandem.postgres.wait")
  private static let patience = DispatchTimeInterval.seconds(2)

  init(url: String, size: Int) {
    self.size = size
    state = Mutex(State(idle: (0..<size).map { PostgresWorker(url: url, number: $0) }))
  }

  /// Waits for a free worker for at most two seconds, then asks the caller to come back later.
  func use<Result: Sendable>(_ body: @Sendable (PostgresWorker) async throws -> Result) async throws -> Result {
    let worker = try await take()
    defer { give(worker) }
    return try await body(worker)
  }

  /// Lets what runs finish, then closes every session.
  func close() async {
    for _ in 0..<size {
      guard let worker = try? await take() else { break }
      await worker.close()
    }
    let refused = state.withLock { state in
      state.isClosed = true
      defer { state.waiting = [] }
      return state.waiting
    }
    for (_, waiter) in refused { waiter.resume(throwing: Problem.unavailable(retryAfter: 5)) }
  }

  private func take() async throws -> PostgresWorker {
    try await withCheckedThrowingContinuation { waiter in
      let outcome: Result<PostgresWorker, Problem>? = state.withLock { state in
        if state.isClosed { return .failure(.unavailable(retryAfter: 5)) }
        // The one used last has the warmest cache of statements.
        if let worker = state.idle.popLast() { return .success(worker) }
        state.serial += 1
        state.waiting.append((state.serial, waiter))
        giveUp(on: state.serial)
        return nil
      }
      if let outcome { waiter.resume(with: outcome.mapError { $0 }) }
    }
  }

  private func give(_ worker: PostgresWorker) {
    let next = state.withLock { state -> Waiter? in
      if state.waiting.isEmpty {
        state.idle.append(worker)
        return nil
      }
      return state.waiting.removeFirst().waiter
    }
    next?.resume(returning: worker)
  }

  private func giveUp(on number: Int) {
    clock.asyncAfter(deadline: .now() + Self.patience) { [weak self] in
      let late = self?.state.withLock { state -> Waiter? in
        guard let place = state.waiting.firstIndex(where: { $0.number == number }) else { return nil }
        return state.waiting.remove(at: place).waiter
      }
      late?.resume(throwing: Problem.unavailable(retryAfter: 1))
    }
  }
}
