/// Reads bytes from left to right. No read can go past the end: every look returns an optional.
struct ByteCursor {
  private let bytes: ArraySlice<UInt8>
  private(set) var position: Int

  init(_ bytes: some Sequence<UInt8>) {
    self.bytes = ArraySlice(bytes)
    position = self.bytes.startIndex
  }

  var isAtEnd: Bool { position >= bytes.endIndex }

  func peek(_ offset: Int = 0) -> UInt8? {
    let (index, overflow) = position.addingReportingOverflow(offset)
    return !overflow && bytes.indices.contains(index) ? bytes[index] : nil
  }

  func isAt(_ text: StaticString) -> Bool {
    guard bytes.endIndex - position >= text.utf8CodeUnitCount else { return false }
    return text.withUTF8Buffer { wanted in wanted.indices.allSatisfy { bytes[position + $0] == wanted[$0] } }
  }

  @discardableResult
  mutating func next() -> UInt8? {
    guard let byte = peek() else { return nil }
    position += 1
    return byte
  }

  /// Moves past `text` if it is next.
  mutating func skip(_ text: StaticString) -> Bool {
    guard isAt(text) else { return false }
    position += text.utf8CodeUnitCount
    return true
  }

  mutating func take(while accepts: (UInt8) -> Bool) -> ArraySlice<UInt8> {
    let start = position
    while let byte = peek(), accepts(byte) { position += 1 }
    return bytes[start..<position]
  }

  mutating func skipBlanks() {
    _ = take { $0 == Ascii.space || $0 == Ascii.tab }
  }

  /// What has not been read yet.
  var rest: ArraySlice<UInt8> { bytes[min(position, bytes.endIndex)...] }
}

/// The bytes that carry structure in the text formats read here.
enum Ascii {
  static let tab: UInt8 = 0x09
  static let lineFeed: UInt8 = 0x0A
  static let carriageReturn: UInt8 = 0x0D
  static let space: UInt8 = 0x20
  static let quote: UInt8 = 0x22
  static let hash: UInt8 = 0x23
  static let apostrophe: UInt8 = 0x27
  static let comma: UInt8 = 0x2C
  static let minus: UInt8 = 0x2D
  static let colon: UInt8 = 0x3A
  static let semicolon: UInt8 = 0x3B
  static let backslash: UInt8 = 0x5C
  static let backtick: UInt8 = 0x60
  static let tilde: UInt8 = 0x7E

  static func isBlank(_ byte: UInt8) -> Bool { byte == space || byte == tab || byte == lineFeed || byte == carriageReturn }
  static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
  static func isLowerCaseLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) }
  static func isLetter(_ byte: UInt8) -> Bool { isLowerCaseLetter(byte | 0x20) }
}
