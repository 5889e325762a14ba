import Foundation

/// Names of mail domains: at least two labels of letters, digits and hyphens; other scripts become Punycode.
enum DomainName {
  /// The name in lower-case ASCII, or nil when it cannot be one. A single label such as `localhost` is refused:
  /// nobody outside this machine could answer.
  static func ascii(_ text: String) -> String? {
    let folded = text.precomposedStringWithCompatibilityMapping.lowercased()
    let labels = folded.split(separator: ".", omittingEmptySubsequences: false).map(label)
    guard labels.count >= 2, let last = labels.last ?? nil, last.utf8.contains(where: { !isDigit($0) }) else { return nil }
    let name = labels.compactMap { $0 }.joined(separator: ".")
    return labels.contains(nil) || name.utf8.count > 253 ? nil : name
  }

  private static func label(_ text: Substring) -> String? {
    guard !text.isEmpty, text.first != "-", text.last != "-", text.unicodeScalars.allSatisfy(isAllowed) else { return nil }
    let ascii = text.utf8.allSatisfy { $0 < 0x80 } ? String(text) : Punycode.encode(text).map { "xn--" + $0 }
    guard let ascii, ascii.utf8.count <= 63 else { return nil }
    return ascii
  }

  private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return scalar == "-" || scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) }
    switch scalar.properties.generalCategory {
    case .lowercaseLetter, .otherLetter, .modifierLetter, .nonspacingMark, .spacingMark, .decimalNumber: return true
    default: return false
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
}

/// The Bootstring encoding of RFC 3492 with the parameters of Punycode; encoding only.
enum Punycode {
  static func encode(_ text: some StringProtocol) -> String? {
    let scalars = text.unicodeScalars.map(\.value)
    guard scalars.count <= 63 else { return nil }
    var output = scalars.filter { $0 < 0x80 }.compactMap(Unicode.Scalar.init).map(Character.init)
    var handled = output.count
    if handled > 0 { output.append("-") }
    let basic = handled
    var code: UInt32 = 0x80
    var delta: UInt32 = 0
    var bias: UInt32 = 72
    while handled < scalars.count {
      guard let next = scalars.filter({ $0 >= code }).min() else { return nil }
      delta += (next - code) * UInt32(handled + 1)
      code = next
      for scalar in scalars {
        if scalar < code { delta += 1 }
        guard scalar == code else { continue }
        output.append(contentsOf: digits(of: delta, bias: bias))
        bias = adapted(delta, count: UInt32(handled + 1), first: handled == basic)
        delta = 0
        handled += 1
      }
      delta += 1
      code += 1
    }
    return String(output)
  }

  private static func digits(of delta: UInt32, bias: UInt32) -> [Character] {
    var digits: [Character] = []
    var rest = delta
    var place: UInt32 = 36
    while true {
      let threshold = place <= bias ? 1 : min(26, place - bias)
      guard rest >= threshold else { break }
      digits.append(digit(threshold + (rest - threshold) % (36 - threshold)))
      rest = (rest - threshold) / (36 - threshold)
      place += 36
    }
    digits.append(digit(rest))
    return digits
  }

  private static func digit(_ value: UInt32) -> Character {
    Character(Unicode.Scalar(UInt8(truncatingIfNeeded: value < 26 ? value + 97 : value + 22)))
  }

  private static func adapted(_ delta: UInt32, count: UInt32, first: Bool) -> UInt32 {
    var delta = first ? delta / 700 : delta / 2
    delta += delta / count
    var bias: UInt32 = 0
    while delta > 455 {
      delta /= 35
      bias += 36
    }
    return bias + 36 * delta / (delta + 38)
  }
}
