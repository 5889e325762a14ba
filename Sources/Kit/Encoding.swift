/// Text forms of bytes.
extension Sequence where Element == UInt8 {
  public var hex: String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for byte in self {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// RFC 4648 base64url without padding: fit for addresses, cookies and file names.
  public var base64URL: String {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
    var text: [UInt8] = []
    var held: UInt32 = 0
    var bits = 0
    for byte in self {
      held = held << 8 | UInt32(byte)
      bits += 8
      while bits >= 6 {
        bits -= 6
        text.append(digits[Int(held >> UInt32(bits) & 63)])
      }
      held &= 0xFF
    }
    if bits > 0 { text.append(digits[Int(held << UInt32(6 - bits) & 63)]) }
    return String(decoding: text, as: UTF8.self)
  }
}

extension StringProtocol {
  /// The bytes of base64url text without padding, or nil when a character is outside the alphabet.
  public var base64URLBytes: [UInt8]? {
    var bytes: [UInt8] = []
    var held: UInt32 = 0
    var bits = 0
    for character in utf8 {
      let digit: UInt32
      switch character {
      case 65...90: digit = UInt32(character - 65)
      case 97...122: digit = UInt32(character - 71)
      case 48...57: digit = UInt32(character + 4)
      case UInt8(ascii: "-"): digit = 62
      case UInt8(ascii: "_"): digit = 63
      default: return nil
      }
      held = held << 6 | digit
      bits += 6
      if bits >= 8 {
        bits -= 8
        bytes.append(UInt8(truncatingIfNeeded: held >> UInt32(bits)))
        held &= (1 << UInt32(bits)) - 1
      }
    }
    return bytes
  }
}
