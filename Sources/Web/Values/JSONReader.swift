import Kit

/// Reads JSON from outside: total on any bytes, at most 32 levels deep, every name once, UTF-8 only, no NUL in text.
struct JSONReader {
  private let bytes: [UInt8]
  private var place = 0
  private static let depth = 32
  /// Most names of one object, as of a form.
  private static let mostFields = 2000

  static func read(_ bytes: [UInt8]) throws(Problem) -> Value {
    guard bytes.isValidUTF8 else { throw .malformed("The body is not UTF-8.") }
    var reader = JSONReader(bytes: bytes)
    let value = try reader.value(depth: 0)
    reader.skipSpace()
    guard reader.place == bytes.count else { throw reader.fault("Something follows the JSON value") }
    return value
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private var current: UInt8? { place < bytes.count ? bytes[place] : nil }

  private func fault(_ what: String) -> Problem { .malformed("\(what), at byte \(place).") }

  private mutating func skipSpace() {
    while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { place += 1 }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard current == byte else { return false }
    place += 1
    return true
  }

  private mutating func value(depth: Int) throws(Problem) -> Value {
    guard depth < Self.depth else { throw fault("More than \(Self.depth) levels") }
    skipSpace()
    switch current {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case nil: throw fault("The JSON ends early")
    default: return try number()
    }
  }

  private mutating func word(_ word: String, _ value: Value) throws(Problem) -> Value {
    guard bytes[place...].starts(with: word.utf8) else { throw fault("Not JSON") }
    place += word.utf8.count
    return value
  }

  private mutating func object(depth: Int) throws(Problem) -> Value {
    place += 1
    var fields = Value.Fields()
    var seen: Set<String> = []
    skipSpace()
    if take(UInt8(ascii: "}")) { return .object(fields) }
    while true {
      skipSpace()
      guard current == UInt8(ascii: "\"") else { throw fault("A name is missing") }
      let name = try string()
      guard seen.insert(name).inserted else { throw fault("A name stands twice") }
      guard seen.count <= JSONReader.mostFields else { throw .tooLarge("More than \(JSONReader.mostFields) fields.") }
      skipSpace()
      guard take(UInt8(ascii: ":")) else { throw fault("A colon is missing") }
      fields.append(name, try value(depth: depth + 1))
      skipSpace()
      if take(UInt8(ascii: "}")) { return .object(fields) }
      guard take(UInt8(ascii: ",")) else { throw fault("A comma is missing") }
    }
  }

  private mutating func array(depth: Int) throws(Problem) -> Value {
    place += 1
    var items: [Value] = []
    skipSpace()
    if take(UInt8(ascii: "]")) { return .array(items) }
    while true {
      items.append(try value(depth: depth + 1))
      skipSpace()
      if take(UInt8(ascii: "]")) { return .array(items) }
      guard take(UInt8(ascii: ",")) else { throw fault("A comma is missing") }
    }
  }

  private mutating func number() throws(Problem) -> Value {
    let start = place
    _ = take(UInt8(ascii: "-"))
    let firstDigit = place
    let whole = digits()
    guard whole > 0, whole == 1 || bytes[firstDigit] != UInt8(ascii: "0") else { throw fault("Not JSON") }
    var isWhole = true
    if take(UInt8(ascii: ".")) {
      isWhole = false
      guard digits() > 0 else { throw fault("Not a number") }
    }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      isWhole = false
      _ = take(UInt8(ascii: "+")) || take(UInt8(ascii: "-"))
      guard digits() > 0 else { throw fault("Not a number") }
    }
    let text = String(decoding: bytes[start..<place], as: UTF8.self)
    if isWhole, let value = Int64(text) { return .integer(value) }
    guard let value = Double(text), value.isFinite else { throw fault("The number is too large") }
    return .real(value)
  }

  private mutating func digits() -> Int {
    let start = place
    while let byte = current, byte >= 48, byte <= 57 { place += 1 }
    return place - start
  }

  private mutating func string() throws(Problem) -> String {
    place += 1
    var text: [UInt8] = []
    while true {
      guard let byte = current else { throw fault("A text does not end") }
      place += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"): text.append(contentsOf: try escape())
      case 0..<0x20: throw fault("A control character stands in a text")
      default: text.append(byte)
      }
    }
  }

  private mutating func escape() throws(Problem) -> [UInt8] {
    guard let byte = current else { throw fault("A text does not end") }
    place += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
    case UInt8(ascii: "b"): return [8]
    case UInt8(ascii: "f"): return [12]
    case UInt8(ascii: "n"): return [10]
    case UInt8(ascii: "r"): return [13]
    case UInt8(ascii: "t"): return [9]
    case UInt8(ascii: "u"):
      var code = try hex()
      if (0xD800..<0xDC00).contains(code) {
        guard take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else { throw fault("Half a character") }
        let low = try hex()
        guard (0xDC00..<0xE000).contains(low) else { throw fault("Half a character") }
        code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
      }
      guard code != 0 else { throw fault("NUL in a text") }
      guard let scalar = Unicode.Scalar(code) else { throw fault("Half a character") }
      return Array(String(Character(scalar)).utf8)
    default: throw fault("An unknown escape")
    }
  }

  private mutating func hex() throws(Problem) -> UInt32 {
    guard place + 4 <= bytes.count else { throw fault("An unknown escape") }
    let digits = String(decoding: bytes[place..<place + 4], as: UTF8.self)
    // A number may begin with a sign, an escape may not.
    guard digits.allSatisfy(\.isHexDigit), let code = UInt32(digits, radix: 16) else { throw fault("An unknown escape") }
    place += 4
    return code
  }
}

extension [UInt8] {
  /// Whether the bytes are well-formed UTF-8 throughout.
  var isValidUTF8: Bool { String(validating: self, as: UTF8.self) != nil }
}
