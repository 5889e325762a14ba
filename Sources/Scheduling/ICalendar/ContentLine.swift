/// Writes content lines of RFC 5545 section 3.1: CRLF at the end, folded at 75 octets between characters.
///
/// Every value goes through one of the escapes below, none of which lets a control character through, so user text
/// can neither end a line nor begin a property.
struct ContentLines {
  private(set) var text = ""

  /// A value of type TEXT; line breaks become `\n` or, on `oneLine` values, spaces.
  mutating func text(_ name: String, _ value: String, oneLine: Bool = true) {
    raw("\(name):\(ContentText.escaped(value, lineBreak: oneLine ? " " : "\\n"))")
  }

  /// A value of type URI or CAL-ADDRESS; what may not stand in a URI is percent-encoded.
  mutating func uri(_ name: String, _ value: String) { raw("\(name):\(ContentText.uri(value))") }

  /// A line of characters we chose ourselves or that were escaped already.
  mutating func raw(_ line: String) {
    var octets = 0
    for scalar in line.unicodeScalars {
      let width = UTF8.width(scalar)
      if octets + width > 75 {
        text += "\r\n "
        octets = 1
      }
      text.unicodeScalars.append(scalar)
      octets += width
    }
    text += "\r\n"
  }
}

/// Makes text of any origin fit for a place in a content line.
enum ContentText {
  /// TEXT of RFC 5545 section 3.3.11.
  static func escaped(_ value: String, lineBreak: String) -> String {
    var result = ""
    for scalar in printable(value) {
      switch scalar {
      case "\\", ";", ",": result += "\\\(scalar)"
      case "\n": result += lineBreak
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// A quoted parameter value. A quotation mark cannot be written in one and becomes an apostrophe; `\`, which
  /// some readers take for an escape, becomes `/`; `^` is doubled as RFC 6868 asks.
  static func parameter(_ value: String) -> String {
    var result = "\""
    for scalar in printable(value) {
      switch scalar {
      case "\"": result += "'"
      case "\\": result += "/"
      case "^": result += "^^"
      case "\n": result += " "
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  /// Percent-encodes every octet outside RFC 3986; what is percent-encoded already stays.
  static func uri(_ value: String) -> String {
    let hex = Array("0123456789ABCDEF")
    let allowed = Set("-._~:/?#[]@!$&'()*+,;=%".utf8)
    return value.utf8.reduce(into: "") { result, octet in
      let isAlphanumeric = (48...57).contains(octet) || (65...90).contains(octet) || (97...122).contains(octet)
      if isAlphanumeric || allowed.contains(octet) {
        result.unicodeScalars.append(Unicode.Scalar(octet))
      } else {
        result += "%\(hex[Int(octet >> 4)])\(hex[Int(octet & 15)])"
      }
    }
  }

  /// Control characters dropped except tab; every kind of line break becomes one `\n`.
  private static func printable(_ value: String) -> [Unicode.Scalar] {
    var scalars: [Unicode.Scalar] = []
    var afterReturn = false
    for scalar in value.unicodeScalars {
      switch scalar.value {
      case 0x0D, 0x0B, 0x0C, 0x85, 0x2028, 0x2029: scalars.append("\n")
      case 0x0A: if !afterReturn { scalars.append("\n") }
      case 0x09: scalars.append(scalar)
      case 0x00...0x1F, 0x7F...0x9F: break
      default: scalars.append(scalar)
      }
      afterReturn = scalar.value == 0x0D
    }
    return scalars
  }
}
