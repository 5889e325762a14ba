/// Writes the query of an address.
enum QueryText {
  /// Percent-encoding of a value (RFC 3986, unreserved characters and `/` stay).
  static func escape(_ text: String) -> String {
    var escaped = ""
    for byte in text.utf8 {
      switch byte {
      case 48...57, 65...90, 97...122, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "/"):
        escaped.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        escaped += "%" + (digits.count == 1 ? "0" : "") + digits
      }
    }
    return escaped
  }

  /// `?a=1&b=2` of the values that are there, in alphabetical order; empty when there is none.
  static func query(_ values: [String: String?]) -> String {
    let pairs = values.compactMap { name, value in value.flatMap { $0.isEmpty ? nil : "\(name)=\(escape($0))" } }.sorted()
    return pairs.isEmpty ? "" : "?" + pairs.joined(separator: "&")
  }
}
