/// The rows of a comma-separated file (RFC 4180), one after the other, with quoting and any line ends.
///
/// A field is trimmed of blanks. This is the reader of all files but the long one, and of the rows of that one which are not plain.
struct PlainRows {
  private(set) var position = 0
  /// The line in which the last row ended, counted from 1.
  private(set) var line = 0

  /// Starts at the first byte, or behind a byte order mark.
  init(_ bytes: Span<UInt8>) {
    if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { position = 3 }
  }

  /// Starts at a row.
  init(at position: Int, line: Int) {
    self.position = position
    self.line = line
  }

  /// The next row that is not blank; `nil` at the end.
  mutating func next(_ bytes: Span<UInt8>) -> [[UInt8]]? {
    while position < bytes.count {
      line += 1
      let start = position
      let fields = row(bytes)
      if fields.count > 1 || fields.first?.isEmpty == false || !isLineEnd(bytes, start) { return fields }
    }
    return nil
  }

  private func isLineEnd(_ bytes: Span<UInt8>, _ at: Int) -> Bool { bytes[at] == 10 || bytes[at] == 13 }

  private mutating func row(_ bytes: Span<UInt8>) -> [[UInt8]] {
    var fields: [[UInt8]] = []
    while true {
      fields.append(field(bytes))
      guard position < bytes.count else { return fields }
      let end = bytes[position]
      position += 1
      if end == UInt8(ascii: ",") { continue }
      if end == 13, position < bytes.count, bytes[position] == 10 { position += 1 }
      return fields
    }
  }

  /// Reads up to, not including, what ends the field.
  private mutating func field(_ bytes: Span<UInt8>) -> [UInt8] {
    var text: [UInt8] = []
    var quoted = false
    if position < bytes.count, bytes[position] == UInt8(ascii: "\"") {
      quoted = true
      position += 1
    }
    while position < bytes.count {
      let byte = bytes[position]
      if quoted {
        if byte == UInt8(ascii: "\"") {
          position += 1
          if position < bytes.count, bytes[position] == byte {
            text.append(byte)
          } else {
            quoted = false
            continue
          }
        } else {
          if byte == 10 { line += 1 }
          text.append(byte)
        }
      } else {
        if byte == UInt8(ascii: ",") || byte == 10 || byte == 13 { break }
        text.append(byte)
      }
      position += 1
    }
    return text.trimmed
  }
}

extension [UInt8] {
  /// Without blanks at both ends.
  var trimmed: [UInt8] {
    guard let first = first, let last = last else { return self }
    guard first <= 32 || last <= 32 else { return self }
    let isBlank = { (byte: UInt8) in byte == 32 || (9...13).contains(byte) }
    guard let start = firstIndex(where: { !isBlank($0) }), let end = lastIndex(where: { !isBlank($0) }) else { return [] }
    return Array(self[start...end])
  }

  /// The id's key in an index.
  var key: IdentityIndex.Key {
    var key = IdentityIndex.Key()
    for byte in self { key.add(byte) }
    return key
  }

  /// The field as text; `nil` where it is not UTF-8.
  var text: String? { String(validating: self, as: UTF8.self) }

  /// A whole number within a range, or what is wrong with the field.
  func integer(in range: ClosedRange<Int>) throws(FieldFault) -> Int {
    let digits = first == UInt8(ascii: "-") ? self[1...] : self[...]
    let shown = String(decoding: prefix(20), as: UTF8.self)
    guard !digits.isEmpty, digits.allSatisfy({ (48...57).contains($0) }) else { throw FieldFault("not an integer: '\(shown)'") }
    let significant = digits.drop { $0 == 48 }
    guard significant.count <= 9 else { throw FieldFault("out of range: \(shown)") }
    let magnitude = significant.reduce(0) { $0 * 10 + Int($1 - 48) }
    let value = digits.count < count ? -magnitude : magnitude
    guard range.contains(value) else { throw FieldFault("out of range: \(shown)") }
    return value
  }
}

/// What is wrong with a field.
struct FieldFault: Error {
  let reason: String
  init(_ reason: String) { self.reason = reason }
}
