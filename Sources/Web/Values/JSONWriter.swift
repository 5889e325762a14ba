/// Prints a value as JSON (RFC 8259), compact.
public enum JSONWriter {
  public static func bytes(_ value: Value) -> [UInt8] {
    var out = JSONBytes(capacity: 1024)
    write(value, to: &out)
    return out.array
  }

  public static func text(_ value: Value) -> String { String(decoding: bytes(value), as: UTF8.self) }

  /// The shortest text that reads back as the same number; whole numbers without a fraction.
  static func number(_ value: Double) -> String {
    guard value.isFinite else { return "null" }
    if let whole = Int64(exactly: value), whole.magnitude < 1 << 53 { return String(whole) }
    return "\(value)"
  }

  static func write(_ value: Value, to out: inout JSONBytes) {
    switch value {
    case .null, .bytes: out.append("null")
    case .bool(let value): write(value, to: &out)
    case .integer(let value): write(value, to: &out)
    case .real(let value): writePlain(number(value), to: &out)
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

  static func write(_ isSo: Bool, to out: inout JSONBytes) { out.append(isSo ? "true" : "false") }

  static func write(_ number: some BinaryInteger, to out: inout JSONBytes) {
    if (0...9).contains(number) { out.append(48 + UInt8(number)) } else { writePlain(String(number), to: &out) }
  }

  private static func writePlain(_ text: String, to out: inout JSONBytes) {
    var text = text
    text.withUTF8 { out.append($0) }
  }

  static func write(_ text: String, to out: inout JSONBytes) {
    out.append(UInt8(ascii: "\""))
    var text = text
    text.withUTF8 { bytes in
      // All of them are looked at, many at once; a loop that may end early takes one at a time.
      let isPlain = bytes.reduce(true) { $0 && !needsEscape($1) }
      if isPlain { out.append(bytes) } else { writeEscaped(bytes, to: &out) }
    }
    out.append(UInt8(ascii: "\""))
  }

  private static func needsEscape(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
  }

  private static func writeEscaped(_ bytes: UnsafeBufferPointer<UInt8>, to out: inout JSONBytes) {
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "\""): out.append("\\\"")
      case UInt8(ascii: "\\"): out.append("\\\\")
      case UInt8(ascii: "\n"): out.append("\\n")
      case UInt8(ascii: "\r"): out.append("\\r")
      case UInt8(ascii: "\t"): out.append("\\t")
      case 0..<0x20:
        out.append("\\u00")
        out.append(hexDigit(byte >> 4))
        out.append(hexDigit(byte & 15))
      default: out.append(byte)
      }
    }
  }

  private static func hexDigit(_ value: UInt8) -> UInt8 { value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10 }
}
