// Text forms of the civil types: fixed width, ASCII digits only, so that text order is time order.

extension CivilDate: LosslessStringConvertible {
  /// Reads `2026-11-23`; nil for any other form and for dates that do not exist.
  public init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
      let year = digits(bytes[0..<4]), let month = digits(bytes[5..<7]), let day = digits(bytes[8..<10])
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  /// `2026-11-23`.
  public var description: String { ASCIIText.make(10) { $0.write(self) } }
}

extension WallTime: LosslessStringConvertible {
  /// Reads `09:00`; nil for any other form, `24:00` included.
  public init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count == 5, bytes[2] == UInt8(ascii: ":"),
      let hour = digits(bytes[0..<2]), let minute = digits(bytes[3..<5])
    else { return nil }
    self.init(hour: hour, minute: minute)
  }

  /// `09:00`.
  public var description: String { ASCIIText.make(5) { $0.write(self) } }
}

extension LocalDateTime: LosslessStringConvertible {
  /// Reads `2026-11-23T09:00`; nil for any other form.
  public init?(_ text: String) {
    let parts = text.split(separator: "T", omittingEmptySubsequences: false)
    guard parts.count == 2, let date = CivilDate(String(parts[0])), let time = WallTime(String(parts[1])) else { return nil }
    self.init(date, time)
  }

  /// `2026-11-23T09:00`.
  public var description: String { ASCIIText.make(16) { $0.write(self) } }
}

extension CivilDate: Codable {
  /// Decodes `2026-11-23`; throws `DecodingError.dataCorrupted` for any other text.
  public init(from decoder: any Decoder) throws { self = try decodeText(decoder) }

  /// Encodes `2026-11-23`.
  public func encode(to encoder: any Encoder) throws { try description.encode(to: encoder) }
}

extension WallTime: Codable {
  /// Decodes `09:00`; throws `DecodingError.dataCorrupted` for any other text.
  public init(from decoder: any Decoder) throws { self = try decodeText(decoder) }

  /// Encodes `09:00`.
  public func encode(to encoder: any Encoder) throws { try description.encode(to: encoder) }
}

extension LocalDateTime: Codable {
  /// Decodes `2026-11-23T09:00`; throws `DecodingError.dataCorrupted` for any other text.
  public init(from decoder: any Decoder) throws { self = try decodeText(decoder) }

  /// Encodes `2026-11-23T09:00`.
  public func encode(to encoder: any Encoder) throws { try description.encode(to: encoder) }
}

private func decodeText<Value: LosslessStringConvertible>(_ decoder: any Decoder) throws -> Value {
  let container = try decoder.singleValueContainer()
  guard let value = Value(try container.decode(String.self)) else {
    throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a \(Value.self)")
  }
  return value
}

/// The number written by these ASCII digits, at most nine of them; nil when any byte is not a digit.
func digits(_ bytes: ArraySlice<UInt8>) -> Int? {
  guard !bytes.isEmpty, bytes.count <= 9 else { return nil }
  var value = 0
  for byte in bytes {
    guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
    value = value * 10 + Int(byte - UInt8(ascii: "0"))
  }
  return value
}

/// `value` with leading zeros up to `width` digits.
func padded(_ value: Int, _ width: Int) -> String {
  let text = String(value)
  return text.utf8.count >= width ? text : String(repeating: "0", count: width - text.utf8.count) + text
}
