/// The fields of a message in the wire format of Protocol Buffers, as far as media lists and configurations need them.
///
/// Numbers beyond 64 bits, groups, field 0 and lengths that go past the end are refused. Nesting is only followed where it is asked for.
public struct ProtocolBuffer: Sendable, Hashable {
  /// The value of a field.
  public enum Value: Sendable, Hashable {
    case number(UInt64)
    case bytes(ArraySlice<UInt8>)
    /// A value of 4 or 8 bytes that is read over.
    case fixed(ArraySlice<UInt8>)
  }

  /// The message cannot be read.
  public struct Damaged: Error, Sendable, Hashable {}

  public let fields: [(number: Int, value: Value)]

  /// At most so many fields; a media list has one for each file.
  public static let mostFields = 200_000

  public init(_ bytes: ArraySlice<UInt8>) throws(Damaged) {
    var fields: [(Int, Value)] = []
    var position = bytes.startIndex
    while position < bytes.endIndex {
      let key = try Self.varint(bytes, &position)
      guard let number = Int(exactly: key >> 3), (1...0x1FFF_FFFF).contains(number), fields.count < Self.mostFields else { throw Damaged() }
      switch key & 7 {
      case 0: fields.append((number, .number(try Self.varint(bytes, &position))))
      case 1: fields.append((number, .fixed(try Self.take(8, bytes, &position))))
      case 2:
        guard let length = Int(exactly: try Self.varint(bytes, &position)) else { throw Damaged() }
        fields.append((number, .bytes(try Self.take(length, bytes, &position))))
      case 5: fields.append((number, .fixed(try Self.take(4, bytes, &position))))
      default: throw Damaged()
      }
    }
    self.fields = fields.map { (number: $0.0, value: $0.1) }
  }

  /// The last value of a field that is text; nil when there is none or it is not UTF-8.
  public func text(_ number: Int) -> String? {
    bytes(number).flatMap { String(validating: $0, as: UTF8.self) }
  }

  public func bytes(_ number: Int) -> ArraySlice<UInt8>? {
    for field in fields.reversed() where field.number == number {
      if case .bytes(let bytes) = field.value { return bytes }
    }
    return nil
  }

  /// The last value of a field that is a number; 0, as the format has it, when there is none.
  public func number(_ number: Int) -> UInt64 {
    for field in fields.reversed() where field.number == number {
      if case .number(let value) = field.value { return value }
    }
    return 0
  }

  public static func == (left: ProtocolBuffer, right: ProtocolBuffer) -> Bool {
    left.fields.map(\.number) == right.fields.map(\.number) && left.fields.map(\.value) == right.fields.map(\.value)
  }

  public func hash(into hasher: inout Hasher) {
    for field in fields {
      hasher.combine(field.number)
      hasher.combine(field.value)
    }
  }

  private static func varint(_ bytes: ArraySlice<UInt8>, _ position: inout Int) throws(Damaged) -> UInt64 {
    var (value, shift): (UInt64, UInt64) = (0, 0)
    while position < bytes.endIndex, shift < 64 {
      let byte = bytes[position]
      position += 1
      if shift == 63, byte > 1 { throw Damaged() }
      value |= UInt64(byte & 0x7F) << shift
      if byte & 0x80 == 0 { return value }
      shift += 7
    }
    throw Damaged()
  }

  private static func take(_ count: Int, _ bytes: ArraySlice<UInt8>, _ position: inout Int) throws(Damaged) -> ArraySlice<UInt8> {
    guard count >= 0, count <= bytes.endIndex - position else { throw Damaged() }
    defer { position += count }
    return bytes[position..<position + count]
  }
}

/// Writes such messages.
struct ProtocolBufferWriter {
  private(set) var bytes: [UInt8] = []

  mutating func add(_ field: Int, _ content: some Collection<UInt8>) {
    varint(UInt64(field << 3 | 2))
    varint(UInt64(content.count))
    bytes += content
  }

  mutating func add(_ field: Int, _ number: UInt64) {
    varint(UInt64(field << 3))
    varint(number)
  }

  private mutating func varint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}
