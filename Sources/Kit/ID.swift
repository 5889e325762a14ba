/// The identity of one row of one kind of thing.
///
/// 63 bits: 42 bits of milliseconds since 2020-01-01 UTC, then 21 bits that rise within a millisecond from a random start.
/// Shown, stored in addresses and sent in JSON as 13 characters of Crockford's base 32.
public struct ID<Entity>: Hashable, Comparable, Sendable {
  public let value: Int64

  public init(_ value: Int64) { self.value = value }

  /// Reads the 13-character form; letters may have either case, and the look-alikes `I L O` are read as `1 1 0`.
  public init?(_ text: some StringProtocol) {
    guard let value = Crockford.decode(text) else { return nil }
    self.value = value
  }

  /// The least identity made at a moment: whatever was made earlier by the same clock is less.
  public static func first(at moment: Instant) -> ID { ID(IdentitySource.first(at: moment)) }

  public static func < (a: ID, b: ID) -> Bool { a.value < b.value }

  /// The same number as the identity of another kind of thing: a session and its calendar event, a person and their avatar.
  public func cast<Other>(to _: Other.Type) -> ID<Other> { ID<Other>(value) }
}

extension ID: CustomStringConvertible {
  public var description: String { Crockford.encode(value) }
}

extension ID: Codable {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let id = ID(text) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "This is not an id.")
    }
    self = id
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

/// Whose data this is: every row of a tenant belongs to one organisation.
public enum Organisation {}

/// A member of one organisation. Somebody in two organisations is two people to Tandem.
public enum Person {}

/// Something that happened: one row of the activity log.
public enum Activity {}
