/// A row of edges.csv without quotes or blanks, read in one go.
struct FastRow {
  var mentee = IdentityIndex.Key()
  var mentor = IdentityIndex.Key()
  var first: Int32 = 0
  var second: Int32 = 0

  /// Whether the row needs no second look: nobody without an id, numbers within range.
  @inline(__always)
  func isPlain(_ columns: EdgeColumns) -> Bool {
    let most: Int32 = columns.areWeights ? 2_000_000 : 1_000_000
    return mentee.length > 0 && mentor.length > 0 && abs(first) <= most && abs(second) <= most
  }

  /// Reads a row from its first byte on.
  ///
  /// - Returns: Where the next row begins; -1 if this one is not plain.
  @inline(__always)
  mutating func scan(_ bytes: Span<UInt8>, from start: Int, _ columns: EdgeColumns) -> Int {
    var at = start
    for place in 0..<columns.count {
      let end: UInt8
      switch columns.kind(place) {
      case .mentee: end = Self.scanKey(bytes, &at, &mentee)
      case .mentor: end = Self.scanKey(bytes, &at, &mentor)
      case .first: end = Self.scanInteger(bytes, &at, &first)
      case .second: end = Self.scanInteger(bytes, &at, &second)
      case .other:
        var ignored = IdentityIndex.Key()
        end = Self.scanKey(bytes, &at, &ignored)
      }
      if end != (place &+ 1 == columns.count ? 10 : 44) { return -1 }
    }
    if columns.areWeights { second = first }
    return at
  }

  /// Returns the byte that ended the field (10 at the end of a row or file), 0 for a field that is not plain.
  @inline(__always)
  private static func scanKey(_ bytes: Span<UInt8>, _ at: inout Int, _ key: inout IdentityIndex.Key) -> UInt8 {
    if let field = ShortField(bytes, at), field.isEnded {
      key = IdentityIndex.Key(bytes: field.text.byteSwapped, length: field.length)
      at &+= field.length &+ 1
      return field.end
    }
    return scanLongKey(bytes, &at, &key)
  }

  private static func scanLongKey(_ bytes: Span<UInt8>, _ at: inout Int, _ key: inout IdentityIndex.Key) -> UInt8 {
    while at < bytes.count {
      let byte = bytes[at]
      if byte == 44 || byte == 10 {
        at += 1
        return byte
      }
      if byte <= 34 { return lineEnd(bytes, &at) }
      key.add(byte)
      at += 1
    }
    return 10
  }

  @inline(__always)
  private static func scanInteger(_ bytes: Span<UInt8>, _ at: inout Int, _ value: inout Int32) -> UInt8 {
    if let field = ShortField(bytes, at), field.isEnded, let number = field.integer {
      value = number
      at &+= field.length &+ 1
      return field.end
    }
    return scanLongInteger(bytes, &at, &value)
  }

  private static func scanLongInteger(_ bytes: Span<UInt8>, _ at: inout Int, _ value: inout Int32) -> UInt8 {
    var isNegative = false
    if at < bytes.count, bytes[at] == 45 {
      isNegative = true
      at += 1
    }
    let start = at
    var sum: Int32 = 0
    while at < bytes.count, bytes[at] &- 48 < 10 {
      sum = sum &* 10 &+ Int32(bytes[at] &- 48)
      at += 1
    }
    if at == start || at - start > 8 { return 0 }
    value = isNegative ? 0 &- sum : sum
    if at == bytes.count { return 10 }
    let byte = bytes[at]
    if byte == 44 || byte == 10 {
      at += 1
      return byte
    }
    return lineEnd(bytes, &at)
  }

  /// Takes a carriage return with its line feed for the end of a row; anything else is not plain.
  private static func lineEnd(_ bytes: Span<UInt8>, _ at: inout Int) -> UInt8 {
    guard bytes[at] == 13, at + 1 < bytes.count, bytes[at + 1] == 10 else { return 0 }
    at += 2
    return 10
  }
}
