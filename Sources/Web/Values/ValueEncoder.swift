import Kit

/// Encodes a typed result into a `Value`, with names in snake_case and absent optionals left out.
enum ValueEncoder {
  static func encode(_ value: some Encodable) throws -> Value {
    let names = Names()
    return try Slot.encode(value, names)
  }

  /// Remembers the converted names of one encoding.
  final class Names {
    private var converted: [String: String] = [:]
    func convert(_ name: String) -> String {
      if let known = converted[name] { return known }
      let made = name.snakeCased
      converted[name] = made
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

  static func encode(_ value: some Encodable, _ names: ValueEncoder.Names) throws -> Value {
    switch value {
    case let value as String: return .string(value)
    case let value as Int: return .integer(Int64(value))
    case let value as Bool: return .bool(value)
    case let value as Double: return .real(value)
    case let value as SafeHTML: return .html(value.markup)
    case let value as Instant: return .string(value.description)
    case let value as Int64: return .integer(value)
    case let value as Int32: return .integer(Int64(value))
    case let value as Value: return value
    default:
      let slot = Slot(names)
      try value.encode(to: slot)
      return slot.value
    }
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
