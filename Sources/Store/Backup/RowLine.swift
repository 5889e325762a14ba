import Foundation

/// One row as one line of JSON: `[7,"text",null,{"r":"0.1"},{"b":"AAE="}]`. Each kind of value has a form of its own, so that
/// a row comes back bit by bit.
enum RowLine {
  static func write(_ values: some Collection<Bound>, to line: inout [UInt8]) {
    line.append(UInt8(ascii: "["))
    for (place, value) in values.enumerated() {
      if place > 0 { line.append(UInt8(ascii: ",")) }
      switch value {
      case .null: line += "null".utf8
      case .integer(let value): line += String(value).utf8
      // The shortest text that reads back as the same number; also inf, nan and -0.0.
      case .real(let value): line += "{\"r\":\"\(value)\"}".utf8
      case .text(let text): write(text, to: &line)
      case .blob(let bytes): line += "{\"b\":\"\(Data(bytes).base64EncodedString())\"}".utf8
      }
    }
    line += "]\n".utf8
  }

  private static func write(_ text: String, to line: inout [UInt8]) {
    line.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): line += [UInt8(ascii: "\\"), byte]
      case 0..<32: line += ("\\u00" + (byte < 16 ? "0" : "") + String(byte, radix: 16)).utf8
      default: line.append(byte)
      }
    }
    line.append(UInt8(ascii: "\""))
  }

  /// The values of a line without its line end, or nil when it is not such a line.
  static func read(_ line: ArraySlice<UInt8>) -> [Bound]? {
    var reader = Reader(bytes: line)
    guard reader.skip("[") else { return nil }
    var values: [Bound] = []
    while !reader.skip("]") {
      if !values.isEmpty, !reader.skip(",") { return nil }
      guard let value = reader.value() else { return nil }
      values.append(value)
    }
    return reader.bytes.isEmpty ? values : nil
  }

  private struct Reader {
    var bytes: ArraySlice<UInt8>

    mutating func skip(_ text: StaticString) -> Bool {
      let wanted = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
      guard bytes.starts(with: wanted) else { return false }
      bytes.removeFirst(wanted.count)
      return true
    }

    mutating func value() -> Bound? {
      if skip("null") { return .null }
      if bytes.first == UInt8(ascii: "\"") { return text().map { .text($0) } }
      if skip("{\"r\":") {
        guard let text = text(), let value = Double(text), skip("}") else { return nil }
        return .real(value)
      }
      if skip("{\"b\":") {
        guard let text = text(), let data = Data(base64Encoded: text), skip("}") else { return nil }
        return .blob(Array(data))
      }
      let digits = bytes.prefix { $0 == UInt8(ascii: "-") || (48...57).contains($0) }
      bytes.removeFirst(digits.count)
      return Int64(String(decoding: digits, as: UTF8.self)).map { .integer($0) }
    }

    mutating func text() -> String? {
      guard skip("\"") else { return nil }
      var read: [UInt8] = []
      while let sign = bytes.firstIndex(where: { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }) {
        read += bytes[..<sign]
        let isEnd = bytes[sign] == UInt8(ascii: "\"")
        bytes = bytes[(sign + 1)...]
        if isEnd { return String(validating: read, as: UTF8.self) }
        guard let escaped = escaped() else { return nil }
        read.append(escaped)
      }
      return nil
    }

    private mutating func escaped() -> UInt8? {
      if skip("u00") {
        let digits = String(decoding: bytes.prefix(2), as: UTF8.self)
        bytes = bytes.dropFirst(2)
        return digits.utf8.count == 2 ? UInt8(digits, radix: 16) : nil
      }
      guard let byte = bytes.popFirst(), byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else { return nil }
      return byte
    }
  }
}
