import Kit
import Synchronization

/// A clock that stands still until it is set, and chance that repeats itself.
public final class SetClock: Sendable {
  private let moment: Mutex<Instant>
  private let state: Mutex<UInt64>

  /// Starts on Monday 23 November 2026, 08:00 UTC.
  public init(_ start: Instant = Instant(seconds: 1_795_420_800), seed: UInt64 = 7) {
    moment = Mutex(start)
    state = Mutex(seed)
  }

  public var now: Instant { moment.withLock { $0 } }
  public func set(_ instant: Instant) { moment.withLock { $0 = instant } }
  public func advance(_ span: Span) { moment.withLock { $0 += span } }

  /// SplitMix64 (Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014).
  public func random() -> UInt64 {
    state.withLock { state in
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
  }

  /// A world on this clock, with passwords that are cheap to hash.
  public var world: World { World(now: { self.now }, random: { self.random() }, passwordCost: PasswordCost(logN: 4)) }
}
