import Kit

/// Encodes a typed result as JSON at once, in the same bytes as by way of a `Value`: lists are long, and an answer to a program needs no
/// tree between its rows and its bytes.
enum JSONEncoding {
  static func bytes(_ value: some Encodable) throws -> [UInt8] {
    var output = JSONOutput()
    try withUnsafeMutablePointer(to: &output) { try JSONSlot(output: $0).write(value) }
    // What encodes out of order is rare, and put in order by the tree.
    return output.isOutOfOrder ? JSONWriter.bytes(try ValueEncoder.encode(value)) : output.bytes.array
  }
}

/// The bytes so far, and what is open at their end. Encoders share one by pointer while a value encodes: a class would ask at each byte
/// whether somebody else is writing.
struct JSONOutput: ~Copyable {
  enum Open { case nothing, object(isEmpty: Bool), array(count: Int) }

  var bytes = JSONBytes(capacity: 8192)
  var open = Open.nothing
  var isOutOfOrder = false

  /// Separates a field from the one before and writes its name, `createdAt` as `created_at`.
  mutating func begin(_ name: String) {
    guard case .object(let isEmpty) = open else { return isOutOfOrder = true }
    if isEmpty { open = .object(isEmpty: false) } else { bytes.append(UInt8(ascii: ",")) }
    var name = name
    let isWritten = name.withUTF8 { utf8 in
      var isPlain = true
      bytes.append(most: utf8.count * 2 + 3) { room in
        guard let end = Self.write(utf8, to: room) else {
          isPlain = false
          return 0
        }
        return end - room
      }
      return isPlain
    }
    if !isWritten {
      // The name of an entry of a dictionary may hold anything.
      JSONWriter.write(name.snakeCased, to: &bytes)
      bytes.append(UInt8(ascii: ":"))
    }
  }

  /// Writes a name of letters, digits and low lines with its quotes and colon; nil when it is not of these.
  private static func write(_ name: UnsafeBufferPointer<UInt8>, to room: UnsafeMutablePointer<UInt8>) -> UnsafeMutablePointer<UInt8>? {
    var end = room
    func put(_ byte: UInt8) {
      end.initialize(to: byte)
      end += 1
    }
    put(UInt8(ascii: "\""))
    for byte in name {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): put(byte)
      case UInt8(ascii: "A")...UInt8(ascii: "Z"):
        if end > room + 1 { put(UInt8(ascii: "_")) }
        put(byte | 32)
      default: return nil
      }
    }
    put(UInt8(ascii: "\""))
    put(UInt8(ascii: ":"))
    return end
  }

  /// Separates an item from the one before.
  mutating func beginItem() {
    guard case .array(let count) = open else { return isOutOfOrder = true }
    if count > 0 { bytes.append(UInt8(ascii: ",")) }
    open = .array(count: count + 1)
  }

  mutating func write(_ text: String) { JSONWriter.write(text, to: &bytes) }
  mutating func write(_ number: Int) { JSONWriter.write(number, to: &bytes) }
  mutating func write(_ isSo: Bool) { JSONWriter.write(isSo, to: &bytes) }

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
    case .nothing: if output.pointee.bytes.count == start { output.pointee.bytes.append("{}") }
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
  /// Whether the items write themselves, asked once: they are all of one type.
  private var isDirect: Bool?

  init(output: UnsafeMutablePointer<JSONOutput>) { self.output = output }

  var codingPath: [any CodingKey] { [] }
  var count: Int {
    if case .array(let count) = output.pointee.open { return count }
    return 0
  }

  func encodeNil() {
    output.pointee.beginItem()
    output.pointee.bytes.append("null")
  }

  mutating func encode<Item: Encodable>(_ value: Item) throws {
    output.pointee.beginItem()
    if isDirect == nil { isDirect = Item.self is any DirectOutput.Type }
    if isDirect == true, let direct = value as? any DirectOutput { return DirectFields.write(direct, to: output) }
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
  func encodeNil() { output.pointee.bytes.append("null") }
  func encode(_ value: some Encodable) throws { try JSONSlot(output: output).write(value) }
}
