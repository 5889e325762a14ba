import Dispatch
import Kit
import Synchronization

/// A fixed number of workers, handed out one caller each, in the order of a `WaitingLine`.
///
/// More callers than workers are no fault: they wait as long as the line moves. When it stands still, or is too long, they are asked
/// to come back later, so that a server that hangs does not gather requests.
final class PostgresPool: Sendable {
  private typealias Waiter = CheckedContinuation<PostgresWorker, any Error>

  private struct State {
    var idle: [PostgresWorker]
    var line: WaitingLine<Waiter>
    var isClosed = false
  }

  private let size: Int
  private let state: Mutex<State>
  private let clock = DispatchQueue(label: "tandem.postgres.wait")
  private static let glance = DispatchTimeInterval.milliseconds(250)

  init(url: String, size: Int) {
    self.size = size
    let workers = (0..<size).map { PostgresWorker(url: url, number: $0) }
    state = Mutex(State(idle: workers, line: WaitingLine(WaitingLine.Patience())))
  }

  /// Runs the body with a worker of its own. Throws `Problem.unavailable` when waiting for one has no sense.
  func use<Result: Sendable>(_ use: SessionUse, _ body: @Sendable (PostgresWorker) async throws -> Result) async throws -> Result {
    let worker = try await take(use)
    defer { give(worker, after: use) }
    return try await body(worker)
  }

  /// Lets what runs finish, then closes every session.
  func close() async {
    for _ in 0..<size {
      guard let worker = try? await take(.reading) else { break }
      await worker.close()
    }
    let refused = state.withLock { state in
      state.isClosed = true
      return state.line.dismiss()
    }
    for waiter in refused { waiter.resume(throwing: Problem.unavailable(retryAfter: 5)) }
  }

  private func take(_ use: SessionUse) async throws -> PostgresWorker {
    try await withCheckedThrowingContinuation { waiter in
      let outcome: Result<PostgresWorker, Problem>? = state.withLock { state in
        if state.isClosed { return .failure(.unavailable(retryAfter: 5)) }
        // The one used last has the warmest cache of statements.
        if let worker = state.idle.last, state.line.mayPass(use) {
          state.idle.removeLast()
          return .success(worker)
        }
        if state.line.isFull { return .failure(.unavailable(retryAfter: 1)) }
        look(after: state.line.add(waiter, use, now: .now))
        return nil
      }
      if let outcome { waiter.resume(with: outcome.mapError { $0 }) }
    }
  }

  /// The end of one may open the way for several: everybody who waited for a writer that was alone.
  private func give(_ worker: PostgresWorker, after use: SessionUse) {
    let served = state.withLock { state in
      state.line.ended(use, now: .now)
      state.idle.append(worker)
      var served: [(Waiter, PostgresWorker)] = []
      while let free = state.idle.last, let next = state.line.next() {
        state.idle.removeLast()
        served.append((next, free))
      }
      return served
    }
    for (waiter, worker) in served { waiter.resume(returning: worker) }
  }

  private func look(after number: Int) {
    clock.asyncAfter(deadline: .now() + Self.glance) { [weak self] in
      guard let self else { return }
      let outlook = state.withLock { $0.line.look(after: number, isSessionFree: !$0.idle.isEmpty, now: .now) }
      switch outlook {
      case .gone: break
      case .wait: look(after: number)
      case .giveUp(let waiter): waiter.resume(throwing: Problem.unavailable(retryAfter: 1))
      }
    }
  }
}
