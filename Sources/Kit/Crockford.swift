/// Crockford's base 32: digits and capital letters without I, L, O and U.
public enum Crockford {
  private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

  /// 13 characters, most significant first. Negative values do not occur in ids and are written by their bit pattern.
  public static func encode(_ value: Int64) -> String {
    let bits = UInt64(bitPattern: value)
    return String(unsafeUninitializedCapacity: 13) { buffer in
      for place in 0..<13 {
        let digit = Int((bits >> UInt64(60 - 5 * place)) & 31)
        buffer[place] = alphabet[digit]
      }
      return 13
    }
  }

  /// The value of exactly 13 characters, or nil when one is outside the alphabet or the value does not fit 63 bits.
  public static func decode(_ text: some StringProtocol) -> Int64? {
    guard text.utf8.count == 13 else { return nil }
    var bits: UInt64 = 0
    for (place, byte) in text.utf8.enumerated() {
      guard let digit = digit(byte) else { return nil }
      if place == 0 && digit > 7 { return nil }
      bits = bits << 5 | UInt64(digit)
    }
    return Int64(exactly: bits)
  }

  private static func digit(_ byte: UInt8) -> Int? {
    let upper = byte >= 97 && byte <= 122 ? byte - 32 : byte
    switch upper {
    case UInt8(ascii: "O"): return 0
    case UInt8(ascii: "I"), UInt8(ascii: "L"): return 1
    default: return alphabet.firstIndex(of: upper)
    }
  }
}
