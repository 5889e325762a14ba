/// A small reproducible generator: the same seed gives the same numbers on every machine.
///
/// SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014). Not for secrets.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
  private var state: UInt64

  public init(seed: UInt64) { state = seed }

  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return Self.mix(state)
  }

  /// A fraction in 0..<1 with 53 random bits.
  public mutating func fraction() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// A draw from the standard normal distribution (Box and Muller 1958).
  public mutating func normal() -> Double {
    let radius = (-2 * Numerics.logarithm(1 - fraction())).squareRoot()
    return radius * Numerics.cosine(2 * .pi * fraction())
  }

  /// A fraction in 0..<1 that follows from the seed and two numbers alone, so that a draw can be repeated later.
  static func fraction(seed: UInt64, _ first: Int, _ second: Int) -> Double {
    let once = mix(seed &+ 0x9E37_79B9_7F4A_7C15 &* UInt64(truncatingIfNeeded: first &+ 1))
    return Double(mix(once &+ 0xD1B5_4A32_D192_ED03 &* UInt64(truncatingIfNeeded: second &+ 1)) >> 11) * 0x1p-53
  }

  private static func mix(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
