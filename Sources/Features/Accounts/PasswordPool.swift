import Dispatch
import Kit
import Synchronization

/// Hashes passwords on two threads of its own, away from requests and the database: each takes 128 MiB and a third of a second,
/// so no more than two run at once and no more than 32 wait.
final class PasswordPool: Sendable {
  /// One for the process, since the memory of one machine is what it guards.
  static let shared = PasswordPool()

  static let width = 2
  static let waiting = 32

  private let lanes = (0..<PasswordPool.width).map { DispatchQueue(label: "tandem.password.\($0)") }
  private let load = Mutex([Int](repeating: 0, count: PasswordPool.width))

  /// Runs the work on the lane with less to do.
  ///
  /// - Throws: `unavailable` when 32 are waiting already.
  func run<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
    let chosen = load.withLock { load -> Int? in
      guard load.reduce(0, +) < PasswordPool.width + PasswordPool.waiting else { return nil }
      let lane = load.indices.min { load[$0] < load[$1] } ?? 0
      load[lane] += 1
      return lane
    }
    guard let lane = chosen else { throw Problem.unavailable(retryAfter: 5) }
    defer { load.withLock { $0[lane] -= 1 } }
    return try await withCheckedThrowingContinuation { continuation in
      lanes[lane].async { continuation.resume(with: Swift.Result { try work() }) }
    }
  }

  /// How many hashes are running or waiting.
  var count: Int { load.withLock { $0.reduce(0, +) } }

  func hash(_ password: Secret<String>, _ world: World) async throws -> PasswordHash {
    let salt = world.bytes(16)
    let cost = world.passwordCost
    return try await run { try PasswordHash.make(password, salt: salt, cost: cost) }
  }

  func matches(_ password: Secret<String>, _ hash: PasswordHash) async throws -> Bool { try await run { try hash.matches(password) } }
}
