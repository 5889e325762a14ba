import Kit

/// Decodes a checked value into an input type. Names in the value are in snake_case.
///
/// Values of forms are texts; with `isForm` they are read as the number, choice or list that the type asks for.
struct ValueDecoder: Decoder {
  let value: Value
  let isForm: Bool
  var codingPath: [any CodingKey] = []
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  static func decode<T: Decodable>(_: T.Type, from value: Value, isForm: Bool) throws(Problem) -> T {
    do {
      return try ValueDecoder(value: value, isForm: isForm).read(T.self)
    } catch let error as DecodingError {
      throw .invalid(error.field, error.sentence)
    } catch let problem as Problem {
      throw problem
    } catch {
      throw .malformed("The request could not be read.")
    }
  }

  fileprivate func read<T: Decodable>(_: T.Type) throws -> T {
    if T.self == Upload.self, case .object(let fields) = value, case .bytes(let bytes)? = fields["bytes"],
      let upload = Upload(name: fields["name"]?.text ?? "", bytes: bytes) as? T
    {
      return upload
    }
    return try T(from: self)
  }

  fileprivate func inner(_ value: Value, _ key: any CodingKey) -> ValueDecoder {
    ValueDecoder(value: value, isForm: isForm, codingPath: codingPath + [key])
  }

  func mismatch(_ sentence: String) -> DecodingError {
    .dataCorrupted(.init(codingPath: codingPath, debugDescription: sentence))
  }

  func container<Key: CodingKey>(keyedBy: Key.Type) throws -> KeyedDecodingContainer<Key> {
    guard case .object(let fields) = value else { throw mismatch("Give an object.") }
    return KeyedDecodingContainer(KeyedReader<Key>(decoder: self, fields: fields))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    switch value {
    case .array(let items): return ListReader(decoder: self, items: items)
    case .null where isForm: return ListReader(decoder: self, items: [])
    case .string(let text) where isForm: return ListReader(decoder: self, items: text.isEmpty ? [] : [value])
    default: throw mismatch("Give a list.")
    }
  }

  func singleValueContainer() throws -> any SingleValueDecodingContainer { self }
}

extension ValueDecoder: SingleValueDecodingContainer {
  func decodeNil() -> Bool { value == .null }

  func decode(_: Bool.Type) throws -> Bool {
    switch value {
    case .bool(let value): return value
    case .string(let text) where isForm: return !["", "false", "off", "0", "no"].contains(text)
    default: throw mismatch("Give true or false.")
    }
  }

  func decode(_: String.Type) throws -> String {
    if case .string(let text) = value { return text }
    throw mismatch("Give a text.")
  }

  func decode(_: Double.Type) throws -> Double {
    switch value {
    case .integer(let value): return Double(value)
    case .real(let value): return value
    case .string(let text) where isForm:
      if let value = Double(text.trimmed), value.isFinite { return value }
      fallthrough
    default: throw mismatch("Give a number.")
    }
  }

  func decode(_: Float.Type) throws -> Float { Float(try decode(Double.self)) }
  func decode(_: Int.Type) throws -> Int { try integer() }
  func decode(_: Int8.Type) throws -> Int8 { try integer() }
  func decode(_: Int16.Type) throws -> Int16 { try integer() }
  func decode(_: Int32.Type) throws -> Int32 { try integer() }
  func decode(_: Int64.Type) throws -> Int64 { try integer() }
  func decode(_: UInt.Type) throws -> UInt { try integer() }
  func decode(_: UInt8.Type) throws -> UInt8 { try integer() }
  func decode(_: UInt16.Type) throws -> UInt16 { try integer() }
  func decode(_: UInt32.Type) throws -> UInt32 { try integer() }
  func decode(_: UInt64.Type) throws -> UInt64 { try integer() }
  func decode<T: Decodable>(_ type: T.Type) throws -> T { try read(type) }

  private func integer<I: FixedWidthInteger>() throws -> I {
    switch value {
    case .integer(let value):
      if let exact = I(exactly: value) { return exact }
    case .real(let value):
      if let exact = I(exactly: value) { return exact }
    case .string(let text) where isForm:
      if let value = I(text.trimmed) { return value }
    default: break
    }
    throw mismatch("Give a whole number.")
  }
}

private struct KeyedReader<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let decoder: ValueDecoder
  let fields: Value.Fields
  var codingPath: [any CodingKey] { decoder.codingPath }
  var allKeys: [Key] { fields.names.compactMap { Key(stringValue: $0) } }

  func contains(_ key: Key) -> Bool { fields[key.stringValue.snakeCased] != nil }

  private func value(_ key: Key) -> Value {
    fields[key.stringValue.snakeCased] ?? .null
  }

  /// Empty text in a form means that nothing was given.
  func decodeNil(forKey key: Key) -> Bool {
    let value = value(key)
    return value == .null || decoder.isForm && value == .string("")
  }

  func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
    let value = value(key)
    if value == .null {
      if decoder.isForm, let absent = false as? T { return absent }
      if !decoder.isForm || !(type is any EmptyList.Type) {
        throw DecodingError.keyNotFound(key, .init(codingPath: codingPath + [key], debugDescription: "Fill this in."))
      }
    }
    return try decoder.inner(value, key).read(type)
  }

  func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type, forKey key: Key) throws -> KeyedDecodingContainer<Nested> {
    try decoder.inner(value(key), key).container(keyedBy: type)
  }
  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try decoder.inner(value(key), key).unkeyedContainer()
  }
  func superDecoder() throws -> any Decoder { decoder }
  func superDecoder(forKey key: Key) throws -> any Decoder { decoder.inner(value(key), key) }
}

private struct ListReader: UnkeyedDecodingContainer {
  struct Place: CodingKey {
    let intValue: Int?
    var stringValue: String { "\(intValue ?? 0)" }
    init(_ place: Int) { intValue = place }
    init?(intValue: Int) { self.intValue = intValue }
    init?(stringValue: String) { return nil }
  }

  let decoder: ValueDecoder
  let items: [Value]
  var currentIndex = 0
  var codingPath: [any CodingKey] { decoder.codingPath }
  var count: Int? { items.count }
  var isAtEnd: Bool { currentIndex >= items.count }

  init(decoder: ValueDecoder, items: [Value]) {
    self.decoder = decoder
    self.items = items
  }

  private mutating func next() throws -> ValueDecoder {
    guard !isAtEnd else { throw decoder.mismatch("The list is too short.") }
    defer { currentIndex += 1 }
    return decoder.inner(items[currentIndex], Place(currentIndex))
  }

  mutating func decodeNil() throws -> Bool {
    guard !isAtEnd, items[currentIndex] == .null else { return false }
    currentIndex += 1
    return true
  }
  mutating func decode<T: Decodable>(_ type: T.Type) throws -> T { try next().read(type) }
  mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) throws -> KeyedDecodingContainer<Nested> {
    try next().container(keyedBy: type)
  }
  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { try next().unkeyedContainer() }
  mutating func superDecoder() throws -> any Decoder { try next() }
}

/// Lists may be absent from a form: no box was ticked.
private protocol EmptyList {}
extension Array: EmptyList {}

extension DecodingError {
  fileprivate var context: Context {
    switch self {
    case .typeMismatch(_, let context), .valueNotFound(_, let context), .keyNotFound(_, let context), .dataCorrupted(let context): context
    @unknown default: .init(codingPath: [], debugDescription: "")
    }
  }

  fileprivate var field: String { context.codingPath.map(\.stringValue.snakeCased).joined(separator: ".") }

  fileprivate var sentence: String {
    let text = context.debugDescription
    return text.hasSuffix(".") && !text.contains("Cannot initialize") ? text : "Choose one of the values offered."
  }
}
