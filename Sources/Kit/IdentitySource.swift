import Synchronization

/// Makes identities that rise, so that new rows go to the end of every index.
final class IdentitySource: Sendable {
  private static let epochMilliseconds: Int64 = 1_577_836_800_000
  private let last = Mutex<Int64>(0)

  /// The least that may be made at a moment.
  static func first(at moment: Instant) -> Int64 {
    (max(0, moment.microseconds.flooredDivision(by: 1000) - epochMilliseconds) & (1 << 42 - 1)) << 21
  }

  func next(now: Instant, random: UInt64) -> Int64 {
    let fresh = Self.first(at: now) | Int64(random & (1 << 20 - 1))
    return last.withLock { last in
      // Within one millisecond the low bits rise by a random step; a clock that goes back repeats nothing.
      last = fresh > last || last - fresh > 1 << 40 ? fresh : last + 1 + Int64(random >> 56)
      return last
    }
  }
}
