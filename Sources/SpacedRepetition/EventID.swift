/// The 128-bit id of an event, made by the client (UUIDv7), ordered as its bytes are.
public struct EventID: Hashable, Sendable {
  /// The first eight bytes, most significant first.
  public let high: UInt64
  /// The last eight bytes, most significant first.
  public let low: UInt64

  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// The id written in these 16 bytes; nil for any other number of bytes.
  public init?(bytes: some Collection<UInt8>) {
    guard bytes.count == 16 else { return nil }
    let word = { (part: any Collection<UInt8>) in part.reduce(UInt64(0)) { $0 << 8 | UInt64($1) } }
    self.init(high: word(bytes.prefix(8)), low: word(bytes.dropFirst(8)))
  }

  /// The 16 bytes of the id.
  public var bytes: [UInt8] {
    [high, low].flatMap { word in stride(from: UInt64(56), through: 0, by: -8).map { UInt8(truncatingIfNeeded: word >> $0) } }
  }
}

extension EventID: Comparable {
  public static func < (left: EventID, right: EventID) -> Bool { (left.high, left.low) < (right.high, right.low) }
}

extension EventID: LosslessStringConvertible {
  private static let hyphens: Set<Int> = [8, 13, 18, 23]

  /// Reads `8-4-4-4-12` hexadecimal digits of either case; nil for anything else.
  public init?(_ text: String) {
    let characters = Array(text.utf8)
    guard characters.count == 36 else { return nil }
    var words: (high: UInt64, low: UInt64) = (0, 0)
    for (index, character) in characters.enumerated() {
      if Self.hyphens.contains(index) {
        guard character == UInt8(ascii: "-") else { return nil }
        continue
      }
      guard let digit = Self.digit(character) else { return nil }
      words.high = words.high << 4 | words.low >> 60
      words.low = words.low << 4 | digit
    }
    self.init(high: words.high, low: words.low)
  }

  /// The id as `8-4-4-4-12` lower-case hexadecimal digits.
  public var description: String {
    let digits = Array("0123456789abcdef")
    var text = ""
    for (index, byte) in bytes.enumerated() {
      if [4, 6, 8, 10].contains(index) { text.append("-") }
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return text
  }

  private static func digit(_ character: UInt8) -> UInt64? {
    switch character {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(character - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(character - UInt8(ascii: "a")) + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt64(character - UInt8(ascii: "A")) + 10
    default: nil
    }
  }
}

extension EventID: Codable {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let id = EventID(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a UUID")
    }
    self = id
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
