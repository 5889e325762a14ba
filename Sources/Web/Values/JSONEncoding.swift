import Kit

/// Encodes a typed result as JSON at once, in the same bytes as by way of a `Value`: lists are long, and an answer to a program needs no
/// tree between its rows and its bytes.
enum JSONEncoding {
  static func bytes(_ value: some Encodable) throws -> [UInt8] {
    let output = JSONOutput()
    try JSONSlot(output: output).write(value)
    // What encodes out of order is rare, and put in order by the tree.
    return output.isOutOfOrder ? JSONWriter.bytes(try ValueEncoder.encode(value)) : output.bytes
  }
}

/// The bytes so far, and what is open at their end.
private final class JSONOutput {
  enum Open { case nothing, object(isEmpty: Bool), array(count: Int) }

  var bytes: [UInt8] = []
  var open = Open.nothing
  var isOutOfOrder = false

  init() { bytes.reserveCapacity(4096) }

  /// Separates a field from the one before and writes its name, `createdAt` as `created_at`.
  func begin(_ name: String) {
    guard case .object(let isEmpty) = open else { return isOutOfOrder = true }
    if isEmpty { open = .object(isEmpty: false) } else { bytes.append(UInt8(ascii: ",")) }
    bytes.append(UInt8(ascii: "\""))
    let start = bytes.count
    for byte in name.utf8 {
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"):
        if bytes.count > start { bytes.append(UInt8(ascii: "_")) }
        bytes.append(byte | 32)
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): bytes.append(byte)
      default: return restart(name, at: start)
      }
    }
    bytes.append(contentsOf: "\":".utf8)
  }

  /// The name of an entry of a dictionary may hold anything.
  private func restart(_ name: String, at start: Int) {
    bytes.removeSubrange((start - 1)...)
    JSONWriter.write(name.snakeCased, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
  }

  /// Separates an item from the one before.
  func beginItem() {
    guard case .array(let count) = open else { return isOutOfOrder = true }
    if count > 0 { bytes.append(UInt8(ascii: ",")) }
    open = .array(count: count + 1)
  }
}

private struct JSONSlot: Encoder {
  let output: JSONOutput
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func write<Given: Encodable>(_ value: Given) throws {
    if Given.self == String.self, let text = value as? String { return JSONWriter.write(text, to: &output.bytes) }
    if let plain = ValueEncoder.plain(value) { return JSONWriter.write(plain, to: &output.bytes) }
    let around = output.open
    output.open = .nothing
    let start = output.bytes.count
    try value.encode(to: self)
    switch output.open {
    case .object: output.bytes.append(UInt8(ascii: "}"))
    case .array: output.bytes.append(UInt8(ascii: "]"))
    case .nothing: if output.bytes.count == start { output.bytes.append(contentsOf: "{}".utf8) }
    }
    output.open = around
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    if case .nothing = output.open {
      output.bytes.append(UInt8(ascii: "{"))
      output.open = .object(isEmpty: true)
    }
    return KeyedEncodingContainer(JSONObject<Key>(output: output))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    output.bytes.append(UInt8(ascii: "["))
    output.open = .array(count: 0)
    return JSONArray(output: output)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { JSONSingle(output: output) }
}

private struct JSONObject<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let output: JSONOutput
  var codingPath: [any CodingKey] { [] }

  func encodeNil(forKey key: Key) {}

  func encode(_ value: some Encodable, forKey key: Key) throws {
    output.begin(key.stringValue)
    try JSONSlot(output: output).write(value)
  }

  func encode(_ value: String, forKey key: Key) {
    output.begin(key.stringValue)
    JSONWriter.write(value, to: &output.bytes)
  }

  func encode(_ value: Int, forKey key: Key) {
    output.begin(key.stringValue)
    output.bytes.append(contentsOf: String(value).utf8)
  }

  func encode(_ value: Bool, forKey key: Key) {
    output.begin(key.stringValue)
    output.bytes.append(contentsOf: (value ? "true" : "false").utf8)
  }

  func nestedContainer<Nested: CodingKey>(keyedBy: Nested.Type, forKey key: Key) -> KeyedEncodingContainer<Nested> {
    superEncoder().container(keyedBy: Nested.self)
  }
  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { superEncoder().unkeyedContainer() }
  func superEncoder() -> any Encoder {
    output.isOutOfOrder = true
    return JSONSlot(output: JSONOutput())
  }
  func superEncoder(forKey key: Key) -> any Encoder { superEncoder() }
}

private struct JSONArray: UnkeyedEncodingContainer {
  let output: JSONOutput
  var codingPath: [any CodingKey] { [] }
  var count: Int {
    if case .array(let count) = output.open { return count }
    return 0
  }

  func encodeNil() {
    output.beginItem()
    output.bytes.append(contentsOf: "null".utf8)
  }

  func encode(_ value: some Encodable) throws {
    output.beginItem()
    try JSONSlot(output: output).write(value)
  }

  func nestedContainer<Nested: CodingKey>(keyedBy: Nested.Type) -> KeyedEncodingContainer<Nested> {
    superEncoder().container(keyedBy: Nested.self)
  }
  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { superEncoder().unkeyedContainer() }
  func superEncoder() -> any Encoder {
    output.isOutOfOrder = true
    return JSONSlot(output: JSONOutput())
  }
}

private struct JSONSingle: SingleValueEncodingContainer {
  let output: JSONOutput
  var codingPath: [any CodingKey] { [] }
  func encodeNil() { output.bytes.append(contentsOf: "null".utf8) }
  func encode(_ value: some Encodable) throws { try JSONSlot(output: output).write(value) }
}
