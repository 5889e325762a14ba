/// A field of up to seven bytes, taken with what ends it from one eight-byte word: all bytes are looked at together.
struct ShortField {
  /// The first byte that is no letter, digit or sign above a comma: what ends the field, if it is plain.
  let end: UInt8
  let length: Int
  /// The bytes of the field at the upper end of the word, the last one uppermost; the rest is 0.
  let text: UInt64

  /// Looks at the eight bytes from a place on; nil where there are fewer, or none of them ends the field.
  @inline(__always)
  init?(_ bytes: Span<UInt8>, _ at: Int) {
    guard at &+ 8 <= bytes.count else { return nil }
    let word = UInt64(littleEndian: bytes.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: at, as: UInt64.self))
    // The lowest byte with its top bit set is the first one below 35 or equal to 44 (Warren: Hacker's Delight, 2012, section 6-1).
    let below = (word &- Self.all(35)) & ~word
    let commas = word ^ Self.all(44)
    let ends = (below | ((commas &- Self.all(1)) & ~commas)) & Self.all(128)
    guard ends != 0 else { return nil }
    let bits = ends.trailingZeroBitCount & ~7
    length = bits >> 3
    end = UInt8(truncatingIfNeeded: word >> UInt64(bits))
    text = bits == 0 ? 0 : word << UInt64(64 &- bits)
  }

  /// Whether a comma or a line feed ended it.
  @inline(__always)
  var isEnded: Bool { end == 44 || end == 10 }

  /// The whole number it is; nil where it is none.
  @inline(__always)
  var integer: Int32? {
    var digits = text
    var count = length
    let isNegative = count > 0 && UInt8(truncatingIfNeeded: digits >> UInt64(64 &- 8 &* count)) == 45
    if isNegative {
      count &-= 1
      digits &= UInt64.max << UInt64(64 &- 8 &* count)
    }
    guard let value = Self.decimal(digits, count: count) else { return nil }
    return isNegative ? 0 &- value : value
  }

  /// The number that one to eight digits are, given at the upper end of a word with the last one uppermost; nil for anything else.
  @inline(__always)
  static func decimal(_ text: UInt64, count: Int) -> Int32? {
    guard count > 0 else { return nil }
    // Zeros in front; then all eight must be digits.
    var digits = text | all(48) >> UInt64(8 &* count)
    guard digits & all(0xF0) == all(48), (digits &+ all(6)) & all(0xF0) == all(48) else { return nil }
    // Pairs, fours and eights of digits are put together at once (Lemire, 2018: Quickly parsing eight digits).
    digits = ((digits & all(0x0F)) &* 2561) >> 8
    digits = ((digits & 0x00FF_00FF_00FF_00FF) &* 6_553_601) >> 16
    digits = ((digits & 0x0000_FFFF_0000_FFFF) &* 42_949_672_960_001) >> 32
    return Int32(truncatingIfNeeded: digits)
  }

  /// The same byte eight times.
  @inline(__always)
  private static func all(_ byte: UInt64) -> UInt64 { byte &* 0x0101_0101_0101_0101 }
}
