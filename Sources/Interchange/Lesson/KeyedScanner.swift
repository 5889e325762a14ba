/// Reads one line of ``KeyedText``.
struct KeyedScanner {
  private let line: Int
  private var cursor: ByteCursor

  init(_ line: SourceLine) {
    self.line = line.number
    cursor = ByteCursor(line.text.utf8)
  }

  mutating func skipBlanks() { cursor.skipBlanks() }

  mutating func takeDash() -> Bool {
    guard cursor.peek() == Ascii.minus, cursor.peek(1) == Ascii.space else { return false }
    cursor.next()
    cursor.skipBlanks()
    return true
  }

  /// Letters, digits and hyphens, then a colon and a blank or the end. The cursor stays where it is otherwise.
  mutating func takeKey() -> String? {
    var ahead = cursor
    ahead.skipBlanks()
    let key = ahead.take { Ascii.isLetter($0) || Ascii.isDigit($0) || $0 == Ascii.minus }
    guard !key.isEmpty, ahead.next() == Ascii.colon, ahead.peek().map(Ascii.isBlank) ?? true else { return nil }
    ahead.skipBlanks()
    cursor = ahead
    return String(decoding: key, as: UTF8.self)
  }

  mutating func value() throws(Finding) -> KeyedText.Value {
    guard let first = cursor.peek(), first != Ascii.hash else { return .nothing }
    guard cursor.skip("[") else { return try item() }
    var items: [KeyedText.Value] = []
    cursor.skipBlanks()
    while !cursor.skip("]") {
      items.append(try item(inFlow: true))
      try separator(before: 0x5D)
    }
    return .list(items)
  }

  /// A scalar, or a map of scalars in braces or without.
  mutating func item(inFlow: Bool = false) throws(Finding) -> KeyedText.Value {
    if cursor.skip("{") {
      var pairs: [(key: String, value: String)] = []
      cursor.skipBlanks()
      while !cursor.skip("}") {
        guard let key = takeKey() else { throw failure("A map in braces needs key: value pairs.") }
        pairs.append((key, try scalar(inFlow: true)))
        try separator(before: 0x7D)
      }
      return .map(pairs)
    }
    if let key = takeKey() { return .map([(key, try scalar(inFlow: inFlow))]) }
    return .scalar(try scalar(inFlow: inFlow))
  }

  private mutating func separator(before close: UInt8) throws(Finding) {
    cursor.skipBlanks()
    if cursor.skip(",") {
      cursor.skipBlanks()
    } else if cursor.peek() != close {
      throw failure("A list or map is not closed on its line, or a comma is missing.")
    }
  }

  mutating func scalar(inFlow: Bool) throws(Finding) -> String {
    if cursor.skip("\"") { return try doubleQuoted() }
    if cursor.skip("'") { return try singleQuoted() }
    guard let first = cursor.peek(), !"&*!|>@`%[]{},?".utf8.contains(first) else {
      throw failure("A value is missing or begins with a sign that needs quotation marks around the value.")
    }
    var bytes: [UInt8] = []
    while let byte = cursor.peek() {
      if inFlow, ",[]{}".utf8.contains(byte) { break }
      if byte == Ascii.hash, bytes.last.map(Ascii.isBlank) ?? true { break }
      if byte == Ascii.colon, cursor.peek(1).map(Ascii.isBlank) ?? true {
        throw failure("A value with a colon and a blank needs double quotation marks around it.")
      }
      bytes.append(byte)
      cursor.next()
    }
    return String(decoding: bytes, as: UTF8.self).trimmed
  }

  private mutating func singleQuoted() throws(Finding) -> String {
    var bytes: [UInt8] = []
    while let byte = cursor.next() {
      if byte == Ascii.apostrophe, !cursor.skip("'") { return String(decoding: bytes, as: UTF8.self) }
      bytes.append(byte)
    }
    throw failure("A quotation mark is not closed.")
  }

  private mutating func doubleQuoted() throws(Finding) -> String {
    var bytes: [UInt8] = []
    while let byte = cursor.next() {
      if byte == Ascii.quote { return String(decoding: bytes, as: UTF8.self) }
      guard byte == Ascii.backslash else {
        bytes.append(byte)
        continue
      }
      switch cursor.next() {
      case Ascii.quote: bytes.append(Ascii.quote)
      case Ascii.backslash: bytes.append(Ascii.backslash)
      case UInt8(ascii: "n"): bytes.append(Ascii.lineFeed)
      case UInt8(ascii: "t"): bytes.append(Ascii.tab)
      default: throw failure("Inside quotation marks a backslash stands only before \" \\ n or t.")
      }
    }
    throw failure("A quotation mark is not closed.")
  }

  /// Only a comment may follow.
  mutating func finish() throws(Finding) {
    cursor.skipBlanks()
    guard cursor.isAtEnd || cursor.peek() == Ascii.hash else { throw failure("Something stands after the end of the value.") }
  }

  private func failure(_ text: String) -> Finding { Finding(line: line, code: "bad-value", text: text) }

  /// The value as it is written: plain where that reads back the same, else in double quotation marks.
  static func written(_ value: String) -> String {
    let isPlain =
      value == value.trimmed && value.utf8.first.map { !"&*!|>@`%[]{},?#\"'-".utf8.contains($0) } == true
      && value.utf8.allSatisfy { $0 >= Ascii.space && !",[]{}\"".utf8.contains($0) }
      && value.cut(at: ": ") == nil && value.cut(at: " #") == nil && value.utf8.last != Ascii.colon
      && !["true", "false", "null", "yes", "no", "~"].contains(value.lowercased()) && Double(value) == nil
    return isPlain ? value : quoted(value)
  }

  private static func quoted(_ value: String) -> String {
    var bytes: [UInt8] = [Ascii.quote]
    for byte in value.replacingLineEndings.utf8 {
      switch byte {
      case Ascii.quote, Ascii.backslash: bytes += [Ascii.backslash, byte]
      case Ascii.lineFeed: bytes += [Ascii.backslash, UInt8(ascii: "n")]
      case Ascii.tab: bytes += [Ascii.backslash, UInt8(ascii: "t")]
      default: bytes.append(byte)
      }
    }
    return String(decoding: bytes + [Ascii.quote], as: UTF8.self)
  }
}
