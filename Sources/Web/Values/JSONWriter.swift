/// Prints a value as JSON (RFC 8259), compact.
public enum JSONWriter {
  public static func bytes(_ value: Value) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(1024)
    write(value, to: &out)
    return out
  }

  public static func text(_ value: Value) -> String { String(decoding: bytes(value), as: UTF8.self) }

  /// The shortest text that reads back as the same number; whole numbers without a fraction.
  static func number(_ value: Double) -> String {
    guard value.isFinite else { return "null" }
    if let whole = Int64(exactly: value), abs(whole) < 1 << 53 { return String(whole) }
    return "\(value)"
  }

  static func write(_ value: Value, to out: inout [UInt8]) {
    switch value {
    case .null, .bytes: out.append(contentsOf: "null".utf8)
    case .bool(let value): out.append(contentsOf: (value ? "true" : "false").utf8)
    case .integer(let value): write(value, to: &out)
    case .real(let value): out.append(contentsOf: number(value).utf8)
    case .string(let text), .html(let text): write(text, to: &out)
    case .array(let items):
      out.append(UInt8(ascii: "["))
      for (place, item) in items.enumerated() {
        if place > 0 { out.append(UInt8(ascii: ",")) }
        write(item, to: &out)
      }
      out.append(UInt8(ascii: "]"))
    case .object(let fields):
      out.append(UInt8(ascii: "{"))
      for (place, field) in fields.fields.enumerated() {
        if place > 0 { out.append(UInt8(ascii: ",")) }
        write(field.name, to: &out)
        out.append(UInt8(ascii: ":"))
        write(field.value, to: &out)
      }
      out.append(UInt8(ascii: "}"))
    }
  }

  static func write(_ number: some BinaryInteger, to out: inout [UInt8]) {
    if (0...9).contains(number) { out.append(48 + UInt8(number)) } else { out.append(contentsOf: String(number).utf8) }
  }

  static func write(_ text: String, to out: inout [UInt8]) {
    out.append(UInt8(ascii: "\""))
    var text = text
    text.withUTF8 { bytes in
      var start = 0
      for place in bytes.indices {
        let byte = bytes[place]
        guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else { continue }
        out.append(contentsOf: bytes[start..<place])
        start = place + 1
        switch byte {
        case UInt8(ascii: "\""): out.append(contentsOf: "\\\"".utf8)
        case UInt8(ascii: "\\"): out.append(contentsOf: "\\\\".utf8)
        case UInt8(ascii: "\n"): out.append(contentsOf: "\\n".utf8)
        case UInt8(ascii: "\r"): out.append(contentsOf: "\\r".utf8)
        case UInt8(ascii: "\t"): out.append(contentsOf: "\\t".utf8)
        default:
          out.append(contentsOf: "\\u00".utf8)
          out.append(contentsOf: [byte].hexDigits)
        }
      }
      out.append(contentsOf: bytes[start..<bytes.count])
    }
    out.append(UInt8(ascii: "\""))
  }
}

extension [UInt8] {
  fileprivate var hexDigits: [UInt8] {
    let digits = Array("0123456789abcdef".utf8)
    return flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
  }
}
