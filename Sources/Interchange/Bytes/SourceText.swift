/// One line of a file, without its line ending.
struct SourceLine: Equatable {
  /// 1 for the first line.
  let number: Int
  let text: String
}

/// A text file cut into lines: UTF-8 with or without byte order mark, line endings LF, CRLF or CR.
enum SourceText {
  /// `nil` when the bytes are not UTF-8 or hold a NUL.
  static func lines(_ bytes: some Collection<UInt8>) -> [SourceLine]? {
    let marked = bytes.starts(with: [0xEF, 0xBB, 0xBF])
    let content = Array(marked ? bytes.dropFirst(3) : bytes.dropFirst(0))
    guard !content.contains(0), String(validating: content, as: UTF8.self) != nil else { return nil }
    var lines: [SourceLine] = []
    var cursor = ByteCursor(content)
    while !cursor.isAtEnd {
      let line = cursor.take { $0 != Ascii.lineFeed && $0 != Ascii.carriageReturn }
      lines.append(SourceLine(number: lines.count + 1, text: String(decoding: line, as: UTF8.self)))
      if cursor.next() == Ascii.carriageReturn, cursor.peek() == Ascii.lineFeed { cursor.next() }
    }
    return lines
  }
}

/// Work on bytes instead of characters: a combining mark after a structural sign must not hide the sign.
extension StringProtocol {
  var trimmed: String {
    let bytes = Array(utf8)
    guard let first = bytes.firstIndex(where: { !Ascii.isBlank($0) }),
      let last = bytes.lastIndex(where: { !Ascii.isBlank($0) })
    else { return "" }
    return String(decoding: bytes[first...last], as: UTF8.self)
  }

  /// CRLF and CR become LF.
  var replacingLineEndings: String {
    var scalars = String.UnicodeScalarView()
    var afterReturn = false
    for scalar in unicodeScalars {
      if scalar == "\r" || scalar != "\n" || !afterReturn { scalars.append(scalar == "\r" ? "\n" : scalar) }
      afterReturn = scalar == "\r"
    }
    return String(scalars)
  }

  var isBlank: Bool { utf8.allSatisfy(Ascii.isBlank) }

  func begins(with prefix: String) -> Bool { utf8.starts(with: prefix.utf8) }

  /// The text before and after the first `separator`.
  func cut(at separator: StaticString) -> (before: String, after: String)? {
    var cursor = ByteCursor(utf8)
    var before: [UInt8] = []
    while !cursor.isAtEnd {
      if cursor.skip(separator) {
        return (String(decoding: before, as: UTF8.self), String(decoding: cursor.rest, as: UTF8.self))
      }
      if let byte = cursor.next() { before.append(byte) }
    }
    return nil
  }

  /// The text before and after the last `separator`.
  func cutLast(at separator: StaticString) -> (before: String, after: String)? {
    let bytes = Array(utf8)
    let width = separator.utf8CodeUnitCount
    guard width > 0, bytes.count >= width else { return nil }
    let wanted = separator.withUTF8Buffer { Array($0) }
    for start in stride(from: bytes.count - width, through: 0, by: -1) where bytes[start...].starts(with: wanted) {
      return (String(decoding: bytes[..<start], as: UTF8.self), String(decoding: bytes[(start + width)...], as: UTF8.self))
    }
    return nil
  }

  /// Lower-case letters, digits and single hyphens between them, at most 64.
  var isKebabCase: Bool {
    let bytes = Array(utf8)
    guard (1...64).contains(bytes.count), bytes.first != Ascii.minus, bytes.last != Ascii.minus else { return false }
    let signs = bytes.allSatisfy { Ascii.isLowerCaseLetter($0) || Ascii.isDigit($0) || $0 == Ascii.minus }
    return signs && !zip(bytes, bytes.dropFirst()).contains { $0 == Ascii.minus && $1 == Ascii.minus }
  }
}

extension Sequence<String> {
  /// Lines as one text, without blank lines at either end.
  var block: String {
    let lines = Array(self)
    guard let first = lines.firstIndex(where: { !$0.isBlank }), let last = lines.lastIndex(where: { !$0.isBlank }) else { return "" }
    return lines[first...last].joined(separator: "\n")
  }
}
