import SpacedRepetition

/// SplitMix64: the same seed gives the same test.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  init(seed: Int) { state = UInt64(truncatingIfNeeded: seed) }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var value = state
    value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
    value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
    return value ^ (value >> 31)
  }

  mutating func grade() -> Grade { Grade(rawValue: Int.random(in: 1...4, using: &self)) ?? .good }

  /// A vector anywhere inside the bounds.
  mutating func parameters() throws -> Parameters {
    try Parameters(weights: Parameters.bounds.map { Double.random(in: $0, using: &self) })
  }
}
