import Kit
import Synchronization

/// Token buckets per session, token or address: so many requests a second, and a burst.
///
/// A credential has a bucket of its own once it was found to be somebody's; until then all such requests of an address share one, larger
/// since many people may come from one address after a restart. So made-up credentials win nothing.
final class RateLimiter: Sendable {
  private struct Bucket {
    var reads: Double
    var writes: Double
    var at: Instant
  }

  private struct State {
    var buckets: [String: Bucket] = [:]
    var sweptAt = Instant(microseconds: 0)
  }

  /// Beyond so many, those that are full again are dropped.
  private static let many = 50_000
  /// How much more may come from one address with credentials that nobody has looked at yet.
  private static let unproven = 20.0

  private let limits: Limits
  private let state = Mutex(State())

  init(_ limits: Limits) { self.limits = limits }

  /// Takes one request; nil when it may pass, else the seconds to wait.
  func take(_ credential: String?, from address: String, isWrite: Bool, now: Instant) -> Int? {
    state.withLock { state in
      let (who, share) = bucket(credential, address, state)
      sweep(&state, now)
      var bucket = state.buckets[who] ?? full(now)
      let passed = max(0, (now - bucket.at).seconds)
      bucket.reads = min(limits.requestBurst, bucket.reads + passed * limits.requestsPerSecond)
      bucket.writes = min(limits.writeBurst, bucket.writes + passed * limits.writesPerSecond)
      bucket.at = now
      defer { state.buckets[who] = bucket }
      guard bucket.reads >= share, !isWrite || bucket.writes >= share else { return 1 }
      bucket.reads -= share
      if isWrite { bucket.writes -= share }
      return nil
    }
  }

  /// Notes that a credential is somebody's.
  func know(_ credential: String, now: Instant) {
    state.withLock { state in
      if state.buckets[credential] == nil { state.buckets[credential] = full(now) }
    }
  }

  /// Whose bucket a request is taken from, and how much of it one takes.
  private func bucket(_ credential: String?, _ address: String, _ state: State) -> (who: String, share: Double) {
    guard let credential else { return (address, 1) }
    return state.buckets[credential] != nil ? (credential, 1) : ("unproven " + address, 1 / RateLimiter.unproven)
  }

  private func full(_ now: Instant) -> Bucket { Bucket(reads: limits.requestBurst, writes: limits.writeBurst, at: now) }

  private func sweep(_ state: inout State, _ now: Instant) {
    guard state.buckets.count > RateLimiter.many, now - state.sweptAt >= .seconds(1) else { return }
    state.sweptAt = now
    state.buckets = state.buckets.filter { now - $0.value.at < .seconds(60) }
  }
}
