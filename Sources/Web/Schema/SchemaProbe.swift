import Kit

extension Schema {
  /// Reads the shape of a type off its synthesised decoder: the probe answers every question with a sample and notes what was asked.
  public static func of(_ type: (some Decodable).Type, rules: [String: Rule] = [:]) -> Schema {
    let probe = Probe(depth: 0, rules: rules, path: "")
    _ = try? probe.sample(type)
    return probe.schema ?? .any
  }
}

private final class Probe: Decoder {
  var schema: Schema?
  let depth: Int
  let rules: [String: Rule]
  /// Dotted name of what is probed; lists leave no trace in it.
  let path: String
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  init(depth: Int, rules: [String: Rule], path: String) {
    self.depth = depth
    self.rules = rules
    self.path = path
  }

  struct TooDeep: Error {}

  var rule: Rule { rules[path] ?? Rule() }

  func inner(_ name: String?) -> Probe {
    Probe(depth: depth + 1, rules: rules, path: [path, name ?? ""].filter { !$0.isEmpty }.joined(separator: "."))
  }

  /// Probes an entry of a list: the bounds of the list are not its own.
  func entry() -> Probe {
    var own = rules
    if let entry = own[path]?.entry.first { own[path] = entry }
    return Probe(depth: depth + 1, rules: own, path: path)
  }

  /// A value of the type; its shape is noted on the way.
  func sample<T: Decodable>(_ type: T.Type) throws -> T {
    guard depth < 12 else { throw TooDeep() }
    if let formatted = type as? any Formatted.Type {
      schema = formatted.schema
      if case .text = formatted.schema { schema = .text(rule) }
      if let sample = formatted.sample as? T { return sample }
    }
    if let choice = type as? any Choice.Type {
      let options = choice.options
      schema = .choice(options.map(\.name))
      if let sample = options.first?.value as? T { return sample }
    }
    if type == Value.self, let sample = Value.null as? T {
      schema = .any
      return sample
    }
    let value = try T(from: self)
    if case .object(_, let properties) = schema { schema = .object(name(of: type), properties) }
    return value
  }

  /// `Asks.OpenAsk` as `AsksOpenAsk`: the name under which OpenAPI lists it.
  private func name(of type: Any.Type) -> String {
    // Printing a type asks it first whether it would rather print itself, which takes a hundred times as long.
    _typeName(type).split(separator: ".").dropFirst().joined().filter { $0.isLetter || $0.isNumber }
  }

  func container<Key: CodingKey>(keyedBy: Key.Type) throws -> KeyedDecodingContainer<Key> {
    if schema == nil { schema = .object("", []) }
    return KeyedDecodingContainer(Keyed<Key>(probe: self))
  }
  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    schema = .list(.any, rule)
    return Unkeyed(probe: self)
  }
  func singleValueContainer() throws -> any SingleValueDecodingContainer { Single(probe: self) }

  func note(_ name: String, _ schema: Schema, required: Bool) {
    guard case .object(let own, var properties) = self.schema, !properties.contains(where: { $0.name == name }) else { return }
    properties.append(Schema.Property(name: name, schema: schema, isRequired: required))
    self.schema = .object(own, properties)
  }
}

extension Choice {
  fileprivate static var options: [(name: String, value: Any)] { allCases.map { ($0.rawValue, $0) } }
}

private struct Keyed<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let probe: Probe
  var codingPath: [any CodingKey] { [] }
  /// A dictionary asks for all keys and decodes none: it cannot be told from an object without properties.
  var allKeys: [Key] { [] }

  func contains(_ key: Key) -> Bool { true }
  func decodeNil(forKey key: Key) throws -> Bool { false }

  func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T { try ask(type, key, required: true) }

  func decodeIfPresent<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T? {
    // The shape matters; the absent value spares recursive types an endless sample.
    let inner = probe.inner(key.stringValue.snakeCased)
    _ = try? inner.sample(type)
    probe.note(key.stringValue.snakeCased, inner.schema ?? .any, required: false)
    return nil
  }
  func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? { try optional(type, key) }
  func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? { try optional(type, key) }
  func decodeIfPresent(_ type: Double.Type, forKey key: Key) throws -> Double? { try optional(type, key) }
  func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? { try optional(type, key) }
  func decodeIfPresent(_ type: Int64.Type, forKey key: Key) throws -> Int64? { try optional(type, key) }

  private func optional<T: Decodable>(_ type: T.Type, _ key: Key) throws -> T? {
    let inner = probe.inner(key.stringValue.snakeCased)
    _ = try? inner.sample(type)
    probe.note(key.stringValue.snakeCased, inner.schema ?? .any, required: false)
    return nil
  }

  private func ask<T: Decodable>(_ type: T.Type, _ key: Key, required: Bool) throws -> T {
    let inner = probe.inner(key.stringValue.snakeCased)
    let value = try inner.sample(type)
    probe.note(key.stringValue.snakeCased, inner.schema ?? .any, required: required)
    return value
  }

  func nestedContainer<Nested: CodingKey>(keyedBy: Nested.Type, forKey key: Key) throws -> KeyedDecodingContainer<Nested> {
    try probe.inner(key.stringValue).container(keyedBy: Nested.self)
  }
  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try probe.inner(key.stringValue).unkeyedContainer()
  }
  func superDecoder() throws -> any Decoder { probe }
  func superDecoder(forKey key: Key) throws -> any Decoder { probe }
}

private struct Unkeyed: UnkeyedDecodingContainer {
  let probe: Probe
  var currentIndex = 0
  var codingPath: [any CodingKey] { [] }
  var count: Int? { 1 }
  var isAtEnd: Bool { currentIndex >= 1 }

  init(probe: Probe) { self.probe = probe }

  mutating func decodeNil() throws -> Bool { false }
  mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
    currentIndex += 1
    let inner = probe.entry()
    let value = try inner.sample(type)
    probe.schema = .list(inner.schema ?? .any, probe.rule)
    return value
  }
  mutating func nestedContainer<Nested: CodingKey>(keyedBy: Nested.Type) throws -> KeyedDecodingContainer<Nested> {
    currentIndex += 1
    return try probe.inner(nil).container(keyedBy: Nested.self)
  }
  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    currentIndex += 1
    return try probe.inner(nil).unkeyedContainer()
  }
  mutating func superDecoder() throws -> any Decoder { probe }
}

private struct Single: SingleValueDecodingContainer {
  let probe: Probe
  var codingPath: [any CodingKey] { [] }

  private func note<T>(_ schema: Schema, _ value: T) -> T {
    probe.schema = probe.rule.options.isEmpty ? schema : .choice(probe.rule.options)
    return value
  }

  func decodeNil() -> Bool { false }
  func decode(_: Bool.Type) throws -> Bool { note(.boolean, false) }
  func decode(_: String.Type) throws -> String { note(.text(probe.rule), "") }
  func decode(_: Double.Type) throws -> Double { note(.number(probe.rule), 0) }
  func decode(_: Float.Type) throws -> Float { note(.number(probe.rule), 0) }
  func decode(_: Int.Type) throws -> Int { whole(0) }
  func decode(_: Int8.Type) throws -> Int8 { whole(0) }
  func decode(_: Int16.Type) throws -> Int16 { whole(0) }
  func decode(_: Int32.Type) throws -> Int32 { whole(0) }
  func decode(_: Int64.Type) throws -> Int64 { whole(0) }
  func decode(_: UInt.Type) throws -> UInt { whole(0) }
  func decode(_: UInt8.Type) throws -> UInt8 { whole(0) }
  func decode(_: UInt16.Type) throws -> UInt16 { whole(0) }
  func decode(_: UInt32.Type) throws -> UInt32 { whole(0) }
  func decode(_: UInt64.Type) throws -> UInt64 { whole(0) }
  func decode<T: Decodable>(_ type: T.Type) throws -> T { try probe.sample(type) }

  private func whole<T>(_ value: T) -> T {
    probe.schema = .integer(probe.rule)
    return value
  }
}
