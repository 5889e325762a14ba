import Kit
import Synchronization

/// Token buckets per session, token or address: so many requests a second, and a burst.
final class RateLimiter: Sendable {
  private struct Bucket {
    var reads: Double
    var writes: Double
    var at: Instant
  }

  private let limits: Limits
  private let buckets = Mutex<[String: Bucket]>([:])

  init(_ limits: Limits) { self.limits = limits }

  /// Takes one request; nil when it may pass, else the seconds to wait.
  func take(_ who: String, isWrite: Bool, now: Instant) -> Int? {
    buckets.withLock { buckets in
      if buckets.count > 50_000 { buckets = buckets.filter { now - $0.value.at < .seconds(60) } }
      var bucket = buckets[who] ?? Bucket(reads: limits.requestBurst, writes: limits.writeBurst, at: now)
      let passed = max(0, (now - bucket.at).seconds)
      bucket.reads = min(limits.requestBurst, bucket.reads + passed * limits.requestsPerSecond)
      bucket.writes = min(limits.writeBurst, bucket.writes + passed * limits.writesPerSecond)
      bucket.at = now
      defer { buckets[who] = bucket }
      guard bucket.reads >= 1, !isWrite || bucket.writes >= 1 else { return 1 }
      bucket.reads -= 1
      if isWrite { bucket.writes -= 1 }
      return nil
    }
  }
}
