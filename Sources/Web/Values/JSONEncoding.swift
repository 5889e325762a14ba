import Kit

/// Encodes a typed result as JSON at once, in the same bytes as by way of a `Value`: lists are long, and an answer to a program needs no
/// tree between its rows and its bytes.
enum JSONEncoding {
  static func bytes(_ value: some Encodable) throws -> [UInt8] {
    var output = JSONOutput()
    try withUnsafeMutablePointer(to: &output) { try JSONSlot(output: $0).write(value) }
    // What encodes out of order is rare, and put in order by the tree.
    return output.isOutOfOrder ? JSONWriter.bytes(try ValueEncoder.encode(value)) : output.bytes
  }
}

/// The bytes so far, and what is open at their end. Encoders share one by pointer while a value encodes: a class would ask at each byte
/// whether somebody else is writing.
private struct JSONOutput {
  enum Open { case nothing, object(isEmpty: Bool), array(count: Int) }

  var bytes: [UInt8] = []
  var open = Open.nothing
  var isOutOfOrder = false

  init() { bytes.reserveCapacity(8192) }

  /// Separates a field from the one before and writes its name, `createdAt` as `created_at`.
  mutating func begin(_ name: String) {
    guard case .object(let isEmpty) = open else { return isOutOfOrder = true }
    if isEmpty { open = .object(isEmpty: false) } else { bytes.append(UInt8(ascii: ",")) }
    var name = name
    name.withUTF8 { utf8 in
      // The name of an entry of a dictionary may hold anything.
      if !utf8.allSatisfy(Self.isPlain) { return JSONWriter.write(String(decoding: utf8, as: UTF8.self).snakeCased, to: &bytes) }
      bytes.append(UInt8(ascii: "\""))
      var start = 0
      for place in utf8.indices where utf8[place] < UInt8(ascii: "_") && utf8[place] > UInt8(ascii: "9") {
        bytes.append(contentsOf: utf8[start..<place])
        if place > 0 { bytes.append(UInt8(ascii: "_")) }
        bytes.append(utf8[place] | 32)
        start = place + 1
      }
      bytes.append(contentsOf: utf8[start...])
      bytes.append(UInt8(ascii: "\""))
    }
    bytes.append(UInt8(ascii: ":"))
  }

  /// A letter, a digit or a low line.
  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: "_"):
      true
    default: false
    }
  }

  /// Separates an item from the one before.
  mutating func beginItem() {
    guard case .array(let count) = open else { return isOutOfOrder = true }
    if count > 0 { bytes.append(UInt8(ascii: ",")) }
    open = .array(count: count + 1)
  }

  mutating func write(_ text: String) { JSONWriter.write(text, to: &bytes) }
  mutating func write(_ number: Int) { JSONWriter.write(number, to: &bytes) }
  mutating func write(_ isSo: Bool) { bytes.append(contentsOf: (isSo ? "true" : "false").utf8) }

  mutating func write(_ texts: [String]) {
    bytes.append(UInt8(ascii: "["))
    for (place, text) in texts.enumerated() {
      if place > 0 { bytes.append(UInt8(ascii: ",")) }
      write(text)
    }
    bytes.append(UInt8(ascii: "]"))
  }
}

private struct JSONSlot: Encoder {
  let output: UnsafeMutablePointer<JSONOutput>
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func write<Given: Encodable>(_ value: Given) throws {
    if Given.self == String.self, let text = value as? String { return output.pointee.write(text) }
    if Given.self == [String].self, let texts = value as? [String] { return output.pointee.write(texts) }
    if let plain = ValueEncoder.plain(value) { return JSONWriter.write(plain, to: &output.pointee.bytes) }
    let around = output.pointee.open
    output.pointee.open = .nothing
    let start = output.pointee.bytes.count
    try value.encode(to: self)
    switch output.pointee.open {
    case .object: output.pointee.bytes.append(UInt8(ascii: "}"))
    case .array: output.pointee.bytes.append(UInt8(ascii: "]"))
    case .nothing: if output.pointee.bytes.count == start { output.pointee.bytes.append(contentsOf: "{}".utf8) }
    }
    output.pointee.open = around
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    if case .nothing = output.pointee.open {
      output.pointee.bytes.append(UInt8(ascii: "{"))
      output.pointee.open = .object(isEmpty: true)
    }
    return KeyedEncodingContainer(JSONObject<Key>(output: output))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    output.pointee.bytes.append(UInt8(ascii: "["))
    output.pointee.open = .array(count: 0)
    return JSONArray(output: output)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { JSONSingle(output: output) }

  /// For what is encoded beside its turn: the bytes are of no use any more, and the tree does it again.
  static func outOfOrder(_ output: UnsafeMutablePointer<JSONOutput>) -> JSONSlot {
    output.pointee.isOutOfOrder = true
    return JSONSlot(output: output)
  }
}

private struct JSONObject<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let output: UnsafeMutablePointer<JSONOutput>
  var codingPath: [any CodingKey] { [] }

  func encodeNil(forKey key: Key) {}

  func encode(_ value: some Encodable, forKey key: Key) throws {
    output.pointee.begin(key.stringValue)
    try JSONSlot(output: output).write(value)
  }

  func encode(_ value: String, forKey key: Key) {
    output.pointee.begin(key.stringValue)
    output.pointee.write(value)
  }

  func encode(_ value: Int, forKey key: Key) {
    output.pointee.begin(key.stringValue)
    output.pointee.write(value)
  }

  func encode(_ value: Bool, forKey key: Key) {
    output.pointee.begin(key.stringValue)
    output.pointee.write(value)
  }

  func nestedContainer<Nested: CodingKey>(keyedBy: Nested.Type, forKey key: Key) -> KeyedEncodingContainer<Nested> {
    JSONSlot.outOfOrder(output).container(keyedBy: Nested.self)
  }
  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { JSONSlot.outOfOrder(output).unkeyedContainer() }
  func superEncoder() -> any Encoder { JSONSlot.outOfOrder(output) }
  func superEncoder(forKey key: Key) -> any Encoder { JSONSlot.outOfOrder(output) }
}

private struct JSONArray: UnkeyedEncodingContainer {
  let output: UnsafeMutablePointer<JSONOutput>
  var codingPath: [any CodingKey] { [] }
  var count: Int {
    if case .array(let count) = output.pointee.open { return count }
    return 0
  }

  func encodeNil() {
    output.pointee.beginItem()
    output.pointee.bytes.append(contentsOf: "null".utf8)
  }

  func encode(_ value: some Encodable) throws {
    output.pointee.beginItem()
    try JSONSlot(output: output).write(value)
  }

  func nestedContainer<Nested: CodingKey>(keyedBy: Nested.Type) -> KeyedEncodingContainer<Nested> {
    JSONSlot.outOfOrder(output).container(keyedBy: Nested.self)
  }
  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { JSONSlot.outOfOrder(output).unkeyedContainer() }
  func superEncoder() -> any Encoder { JSONSlot.outOfOrder(output) }
}

private struct JSONSingle: SingleValueEncodingContainer {
  let output: UnsafeMutablePointer<JSONOutput>
  var codingPath: [any CodingKey] { [] }
  func encodeNil() { output.pointee.bytes.append(contentsOf: "null".utf8) }
  func encode(_ value: some Encodable) throws { try JSONSlot(output: output).write(value) }
}
