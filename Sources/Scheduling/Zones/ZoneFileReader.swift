/// Reads big-endian numbers one after another and throws at the end of the bytes instead of trapping.
struct ZoneFileReader {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) { rest = bytes[...] }

  mutating func take(_ count: Int) throws(ZoneError) -> ArraySlice<UInt8> {
    guard count >= 0, count <= rest.count else { throw .malformedFile("too short") }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }

  mutating func skip(_ count: Int) throws(ZoneError) { _ = try take(count) }

  mutating func integer<Value: FixedWidthInteger>(_: Value.Type) throws(ZoneError) -> Value {
    var value: Value = 0
    for byte in try take(Value.bitWidth / 8) {
      value = Value.bitWidth == 8 ? Value(truncatingIfNeeded: byte) : value << 8 | Value(truncatingIfNeeded: byte)
    }
    return value
  }

  /// The bytes before the next `end`, which is read too; nil when there is none.
  mutating func take(until end: UInt8) -> ArraySlice<UInt8>? {
    guard let index = rest.firstIndex(of: end) else { return nil }
    defer { rest = rest[(index + 1)...] }
    return rest[..<index]
  }
}
