/// Text made fit for message headers: one line, then plain words, a quoted string or encoded words (RFC 5322, RFC 2047).
enum HeaderText {
  /// One line without control characters: runs of line ends and blanks become one space, NUL and its kin vanish.
  static func oneLine(_ text: String) -> String {
    var line = String.UnicodeScalarView()
    var gap = false
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x20, 0x85, 0x2028, 0x2029: gap = !line.isEmpty
      case 0x00...0x1F, 0x7F...0x9F: continue
      default:
        if gap { line.append(" ") }
        gap = false
        line.append(scalar)
      }
    }
    return String(line)
  }

  /// `Name: text` for free text such as a subject, folded, with its line end.
  static func unstructured(_ name: String, _ text: String) -> String {
    let line = oneLine(text)
    let plain = isPrintableASCII(line) && !line.contains("=?") && line.split(separator: " ").allSatisfy { $0.utf8.count <= 60 }
    return folded(name, plain ? line.split(separator: " ").map(String.init) : encodedWords(line))
  }

  /// `Name: Ada Lovelace <ada@example.org>`, folded, with its line end.
  static func mailbox(_ name: String, _ mailbox: Mailbox) -> String {
    let display = oneLine(mailbox.name ?? "")
    guard !display.isEmpty else { return folded(name, [mailbox.address.description]) }
    return folded(name, phrase(display) + ["<\(mailbox.address)>"])
  }

  /// `Name: value` for values that are well-formed already, one token a piece.
  static func tokens(_ name: String, _ tokens: [String]) -> String { folded(name, tokens) }

  static func isAtomByte(_ byte: UInt8) -> Bool {
    isLetterOrDigit(byte) || "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
  }

  static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }

  private static func isPrintableASCII(_ text: String) -> Bool { text.utf8.allSatisfy { (0x20...0x7E).contains($0) } }

  private static func phrase(_ line: String) -> [String] {
    guard isPrintableASCII(line), line.utf8.count <= 60, !line.contains("=?") else { return encodedWords(line) }
    let words = line.split(separator: " ").map(String.init)
    if words.allSatisfy({ $0.utf8.allSatisfy(isAtomByte) }) { return words }
    let escaped = line.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    return ["\"\(escaped)\""]
  }

  /// Base64 words of at most 75 characters, none of which splits a Unicode scalar.
  private static func encodedWords(_ line: String) -> [String] {
    var words: [String] = []
    var bytes: [UInt8] = []
    for scalar in line.unicodeScalars {
      let next = Array(UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      if bytes.count + next.count > 42 {
        words.append(encodedWord(bytes))
        bytes = []
      }
      bytes += next
    }
    if !bytes.isEmpty { words.append(encodedWord(bytes)) }
    return words
  }

  private static func encodedWord(_ bytes: [UInt8]) -> String { "=?utf-8?B?\(Base64.text(of: bytes))?=" }

  /// Lines of at most 78 characters where the pieces allow it; a piece is never broken.
  private static func folded(_ name: String, _ pieces: [String]) -> String {
    var text = "\(name):"
    var width = text.utf8.count
    for piece in pieces {
      let length = piece.utf8.count
      if width + 1 + length > 78, width > name.utf8.count + 1 {
        text += "\r\n"
        width = 0
      }
      text += " " + piece
      width += 1 + length
    }
    return text + "\r\n"
  }
}
