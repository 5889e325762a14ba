/// The days an interval may be moved to, so that cards learnt together do not stay together.
///
/// Source: the bounds are those of Anki (`rslib/src/scheduler/states/fuzz.rs`) and py-fsrs. Both bounds rise with the interval,
/// so with one and the same fraction a longer interval never gets an earlier day. Theirs also widen a range of one day above 2
/// and below the maximum; as the interval is brought between minimum and maximum first, no such range occurs.
public struct FuzzRange: Hashable, Sendable {
  /// The first allowed interval, in days.
  public let lower: Int
  /// The last allowed interval, in days, not below `lower`.
  public let upper: Int

  /// - Parameters:
  ///   - interval: the ideal interval in days, not rounded.
  ///   - minimum: the shortest interval in days, at least 1.
  ///   - maximum: the longest interval in days; when it is below `minimum`, it wins.
  ///   - spread: whether to fuzz at all; without it the range is the rounded interval alone.
  public init(interval: Double, minimum: Int = 1, maximum: Int, spread: Bool = true) {
    let maximum = maximum.clamped(to: 1...DayNumber.range.upperBound)
    let minimum = minimum.clamped(to: 1...maximum)
    let ideal = interval.clamped(to: Double(minimum)...Double(maximum))
    let delta = spread ? Self.delta(ideal) : 0
    lower = Int((ideal - delta).rounded()).clamped(to: minimum...maximum)
    upper = Int((ideal + delta).rounded()).clamped(to: minimum...maximum)
  }

  /// How far an interval may move either way, in days: nothing below 2.5, then a share that falls from 15 % to 10 % to 5 %.
  static func delta(_ interval: Double) -> Double {
    guard interval >= 2.5 else { return 0 }
    return 1 + 0.15 * (min(interval, 7) - 2.5) + 0.1 * max(0, min(interval, 20) - 7) + 0.05 * max(0, interval - 20)
  }

  /// The interval in days for a fraction in [0, 1): each day of the range is equally likely.
  public func pick(_ fraction: Double) -> Int {
    let span = Double(1 + upper - lower)
    return (lower + Int((fraction.clamped(to: 0...1) * span).rounded(.down))).clamped(to: lower...upper)
  }

  /// The fraction in [0, 1) for a card after a number of reviews: always the same for the same two numbers, spread evenly over
  /// cards and reviews. FNV-1a over the 16 little-endian bytes, then the finaliser of SplitMix64.
  public static func fraction(card: Int64, reviews: Int) -> Double {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for word in [UInt64(bitPattern: card), UInt64(bitPattern: Int64(reviews))] {
      for shift in stride(from: UInt64(0), to: 64, by: 8) {
        hash = (hash ^ (word >> shift & 0xff)) &* 0x100_0000_01b3
      }
    }
    hash = (hash ^ (hash >> 30)) &* 0xbf58_476d_1ce4_e5b9
    hash = (hash ^ (hash >> 27)) &* 0x94d0_49bb_1331_11eb
    hash ^= hash >> 31
    // 53 bits are what a Double can hold: the full 64 could round up to 1.
    return Double(hash >> 11) / 9_007_199_254_740_992
  }
}
