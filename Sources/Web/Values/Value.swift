import Kit

/// What a page and a JSON answer are both made of. A typed result is encoded into it once; a template reads it by name, and the
/// JSON writer prints it as it stands. Names are in snake_case in both.
public enum Value: Sendable, Hashable {
  case null
  case bool(Bool)
  case integer(Int64)
  case real(Double)
  case string(String)
  /// Markup made by us from user text; the only text a template prints without escaping.
  case html(String)
  case bytes([UInt8])
  case array([Value])
  case object(Fields)

  /// Names and values in their order. Objects are small, so a look-up walks.
  public struct Fields: Sendable, Hashable, ExpressibleByDictionaryLiteral {
    public struct Field: Sendable, Hashable {
      public var name: String
      public var value: Value
    }

    public var fields: [Field] = []

    public init() {}
    public init(dictionaryLiteral elements: (String, Value)...) { fields = elements.map { Field(name: $0.0, value: $0.1) } }

    public var names: [String] { fields.map(\.name) }

    public subscript(name: String) -> Value? {
      get {
        for field in fields where field.name == name { return field.value }
        return nil
      }
      set {
        let place = fields.firstIndex { $0.name == name }
        switch (place, newValue) {
        case (let place?, let value?): fields[place].value = value
        case (let place?, nil): fields.remove(at: place)
        case (nil, let value?): fields.append(Field(name: name, value: value))
        case (nil, nil): break
        }
      }
    }

    /// Adds without looking for the name: for encoders, whose names are distinct.
    mutating func append(_ name: String, _ value: Value) { fields.append(Field(name: name, value: value)) }
  }

  public subscript(name: String) -> Value? {
    if case .object(let fields) = self { return fields[name] }
    return nil
  }

  public var text: String? {
    if case .string(let text) = self { return text }
    return nil
  }

  public var items: [Value] {
    if case .array(let items) = self { return items }
    return []
  }
}

extension Value: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral
{
  public init(stringLiteral text: String) { self = .string(text) }
  public init(integerLiteral value: Int64) { self = .integer(value) }
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  public init(arrayLiteral items: Value...) { self = .array(items) }
  public init(dictionaryLiteral elements: (String, Value)...) {
    var fields = Fields()
    for (name, value) in elements { fields.append(name, value) }
    self = .object(fields)
  }
}

/// Markup that may stand in a page as it is. Only code that escapes or sanitises makes it.
public struct SafeHTML: Codable, Sendable, Hashable {
  public let markup: String
  public init(_ markup: String) { self.markup = markup }

  public init(from decoder: any Decoder) throws { markup = try decoder.singleValueContainer().decode(String.self) }
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(markup)
  }
}

/// A file sent with a form.
public struct Upload: Decodable, Sendable {
  public let name: String
  public let bytes: [UInt8]
  public init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }
}
