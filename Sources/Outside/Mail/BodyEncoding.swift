import Foundation

/// RFC 2045 base64.
enum Base64 {
  static func text(of bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }

  /// Lines of 76 characters, each with its line end.
  static func lines(of bytes: [UInt8]) -> String {
    stride(from: 0, to: bytes.count, by: 57).map { start in
      text(of: Array(bytes[start..<min(start + 57, bytes.count)])) + "\r\n"
    }.joined()
  }
}

/// RFC 2045 quoted-printable for text: readable as it is sent, lines of at most 76 characters, ASCII only.
enum QuotedPrintable {
  static func lines(of text: String) -> String {
    var output: [UInt8] = []
    output.reserveCapacity(text.utf8.count + text.utf8.count / 8)
    for line in PlainText.lines(text) {
      append(line, to: &output)
      output += [0x0D, 0x0A]
    }
    return String(decoding: output, as: UTF8.self)
  }

  private static func append(_ line: [UInt8], to output: inout [UInt8]) {
    var width = 0
    for (place, byte) in line.enumerated() {
      let isLast = place == line.count - 1
      let isBlank = byte == 0x20 || byte == 0x09
      let literal = isBlank ? !isLast : (0x21...0x7E).contains(byte) && byte != 0x3D
      let length = literal ? 1 : 3
      // One place stays free for the "=" of a soft line end.
      if width + length > 75 {
        output += [0x3D, 0x0D, 0x0A]
        width = 0
      }
      if literal { output.append(byte) } else { output += [0x3D, hex(byte >> 4), hex(byte & 15)] }
      width += length
    }
  }

  private static func hex(_ nibble: UInt8) -> UInt8 { nibble < 10 ? 0x30 + nibble : 0x37 + nibble }
}

/// Lines of a text with line ends of any kind (CRLF, CR, LF); control characters other than tab are dropped.
enum PlainText {
  static func lines(_ text: String) -> [[UInt8]] {
    var lines: [[UInt8]] = [[]]
    var afterCarriageReturn = false
    for byte in text.utf8 {
      switch byte {
      case 0x0A where afterCarriageReturn: break
      case 0x0A, 0x0D: lines.append([])
      case 0x00...0x08, 0x0B...0x1F, 0x7F: break
      default: lines[lines.endIndex - 1].append(byte)
      }
      afterCarriageReturn = byte == 0x0D
    }
    if lines.count > 1, lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }
}
