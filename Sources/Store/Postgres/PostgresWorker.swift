import Dispatch
import Kit

/// One place in the pool: a queue of its own, where blocking is allowed, and a session that is opened when first needed and
/// opened again after it was lost.
final class PostgresWorker: Sendable {
  private let queue: DispatchQueue
  private let seat: Seat

  /// Touched on `queue` only, which runs one thing at a time.
  private final class Seat: @unchecked Sendable {
    var session: PostgresSession?
  }

  private let url: String

  init(url: String, number: Int) {
    self.url = url
    queue = DispatchQueue(label: "tandem.postgres.\(number)")
    seat = Seat()
  }

  /// Runs the body on the worker's queue with `begin` done. A session that died while idle is noticed at `begin`, when nothing
  /// has happened yet, and replaced once.
  func run<Result: Sendable>(begin: String, _ body: @escaping @Sendable (PostgresSession) throws -> Result) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
      queue.async { [self] in
        continuation.resume(with: Swift.Result { try body(begun(begin)) })
        if let session = seat.session, !session.isAlive || !session.isIdle { seat.session = nil }
      }
    }
  }

  func close() async {
    await withCheckedContinuation { continuation in
      queue.async { [seat] in
        seat.session = nil
        continuation.resume()
      }
    }
  }

  private func begun(_ begin: String) throws -> PostgresSession {
    if let session = seat.session {
      do {
        try session.command(begin)
        return session
      } catch let failure as PostgresFailure where failure.isLost {
        seat.session = nil
      }
    }
    let session = try PostgresSession(url: url)
    seat.session = session
    try session.command(begin)
    return session
  }
}
