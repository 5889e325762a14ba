import Synchronization

/// Makes identities that rise, so that new rows go to the end of every index.
final class IdentitySource: Sendable {
  private static let epochMilliseconds: Int64 = 1_577_836_800_000
  private let last = Mutex<Int64>(0)

  func next(now: Instant, random: UInt64) -> Int64 {
    let milliseconds = max(0, now.microseconds.flooredDivision(by: 1000) - Self.epochMilliseconds) & (1 << 42 - 1)
    let fresh = milliseconds << 21 | Int64(random & (1 << 20 - 1))
    return last.withLock { last in
      // Within one millisecond the low bits rise by a random step; a clock that goes back repeats nothing.
      last = fresh > last || last - fresh > 1 << 40 ? fresh : last + 1 + Int64(random >> 56)
      return last
    }
  }
}
