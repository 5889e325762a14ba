import Kit
import Synchronization

/// Encodes a typed result into a `Value`, with names in snake_case and absent optionals left out.
enum ValueEncoder {
  static func encode(_ value: some Encodable) throws -> Value {
    let names = Names()
    return try Slot.encode(value, names)
  }

  /// Comparing types first spares a failing cast for each of them.
  static func plain<Given: Encodable>(_ value: Given) -> Value? {
    if Given.self == String.self { return (value as? String).map { .string($0) } }
    if Given.self == Int.self { return (value as? Int).map { .integer(Int64($0)) } }
    if Given.self == Bool.self { return (value as? Bool).map { .bool($0) } }
    if Given.self == Double.self { return (value as? Double).map { .real($0) } }
    if Given.self == ID<Person>.self { return (value as? ID<Person>).map { .string($0.description) } }
    if Given.self == SafeHTML.self { return (value as? SafeHTML).map { .html($0.markup) } }
    if Given.self == Instant.self { return (value as? Instant).map { .string($0.description) } }
    if Given.self == Int64.self { return (value as? Int64).map { .integer($0) } }
    if Given.self == Int32.self { return (value as? Int32).map { .integer(Int64($0)) } }
    return Given.self == Value.self ? value as? Value : nil
  }

  /// Remembers converted names: there are as many as properties in the program.
  final class Names {
    private static let all = Mutex<[String: String]>([:])
    private var known: [String: String]

    init() { known = Names.all.withLock { $0 } }

    func convert(_ name: String) -> String {
      // Most names are one word.
      if name.utf8.allSatisfy({ $0 > 90 && $0 < 128 }) { return name }
      if let name = known[name] { return name }
      let made = name.snakeCased
      known[name] = made
      Names.all.withLock { $0[name] = made }
      return made
    }
  }
}

private final class Slot: Encoder {
  enum Content {
    case nothing
    case single(Value)
    case object(ObjectBox)
    case array(ArrayBox)
  }

  var content = Content.nothing
  let names: ValueEncoder.Names
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  init(_ names: ValueEncoder.Names) { self.names = names }

  var value: Value {
    switch content {
    case .nothing: .object(.init())
    case .single(let value): value
    case .object(let box): .object(box.finished)
    case .array(let box): .array(box.finished)
    }
  }

  static func encode<Given: Encodable>(_ value: Given, _ names: ValueEncoder.Names) throws -> Value {
    if let plain = ValueEncoder.plain(value) { return plain }
    let slot = Slot(names)
    try value.encode(to: slot)
    return slot.value
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    let box: ObjectBox
    if case .object(let present) = content { box = present } else { box = ObjectBox() }
    content = .object(box)
    return KeyedEncodingContainer(Keyed<Key>(box: box, names: names))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    let box = ArrayBox()
    content = .array(box)
    return Unkeyed(box: box, names: names)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { Single(slot: self) }
}

private final class ObjectBox {
  var fields = Value.Fields()
  var pending: [(String, Slot)] = []
  var finished: Value.Fields {
    var all = fields
    for (name, slot) in pending { all.append(name, slot.value) }
    return all
  }
}

private final class ArrayBox {
  var items: [Value] = []
  var pending: [(Int, Slot)] = []
  var finished: [Value] {
    var all = items
    for (place, slot) in pending { all[place] = slot.value }
    return all
  }
}

private struct Keyed<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let box: ObjectBox
  let names: ValueEncoder.Names
  var codingPath: [any CodingKey] { [] }

  func encodeNil(forKey key: Key) throws {}
  func encode(_ value: some Encodable, forKey key: Key) throws {
    box.fields.append(names.convert(key.stringValue), try Slot.encode(value, names))
  }
  func encode(_ value: String, forKey key: Key) throws { box.fields.append(names.convert(key.stringValue), .string(value)) }
  func encode(_ value: Int, forKey key: Key) throws { box.fields.append(names.convert(key.stringValue), .integer(Int64(value))) }
  func encode(_ value: Bool, forKey key: Key) throws { box.fields.append(names.convert(key.stringValue), .bool(value)) }
  func encode(_ value: Double, forKey key: Key) throws { box.fields.append(names.convert(key.stringValue), .real(value)) }

  func nestedContainer<Nested: CodingKey>(keyedBy: Nested.Type, forKey key: Key) -> KeyedEncodingContainer<Nested> {
    superEncoder(forKey: key).container(keyedBy: Nested.self)
  }
  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { superEncoder(forKey: key).unkeyedContainer() }
  func superEncoder() -> any Encoder { slot("super") }
  func superEncoder(forKey key: Key) -> any Encoder { slot(names.convert(key.stringValue)) }

  private func slot(_ name: String) -> Slot {
    let slot = Slot(names)
    box.pending.append((name, slot))
    return slot
  }
}

private struct Unkeyed: UnkeyedEncodingContainer {
  let box: ArrayBox
  let names: ValueEncoder.Names
  var codingPath: [any CodingKey] { [] }
  var count: Int { box.items.count }

  func encodeNil() throws { box.items.append(.null) }
  func encode(_ value: some Encodable) throws { box.items.append(try Slot.encode(value, names)) }
  func nestedContainer<Nested: CodingKey>(keyedBy: Nested.Type) -> KeyedEncodingContainer<Nested> {
    superEncoder().container(keyedBy: Nested.self)
  }
  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { superEncoder().unkeyedContainer() }
  func superEncoder() -> any Encoder {
    let slot = Slot(names)
    box.pending.append((box.items.count, slot))
    box.items.append(.null)
    return slot
  }
}

private struct Single: SingleValueEncodingContainer {
  let slot: Slot
  var codingPath: [any CodingKey] { [] }
  func encodeNil() throws { slot.content = .single(.null) }
  func encode(_ value: some Encodable) throws { slot.content = .single(try Slot.encode(value, slot.names)) }
}
