import Kit

/// Reads `application/x-www-form-urlencoded` text and query strings into a value.
///
/// A dotted name makes an inner object (`actions.0.text`); numbers make lists, in order; a repeated name makes a list.
enum FormReader {
  private static let pairLimit = 2000
  private static let depth = 4

  static func read(_ text: some StringProtocol) throws(Problem) -> Value {
    var pairs: [(String, Value)] = []
    for part in text.utf8.split(separator: UInt8(ascii: "&")) {
      guard pairs.count < pairLimit else { throw .tooLarge("More than \(pairLimit) fields.") }
      let halves = part.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = halves.first, let decodedName = decode(name) else { throw .malformed("A field is not UTF-8.") }
      guard let value = halves.count > 1 ? decode(halves[1]) : "" else { throw .malformed("A field is not UTF-8.") }
      pairs.append((decodedName, .string(value)))
    }
    return try assemble(pairs)
  }

  /// Puts named values together; also used for the parts of a multipart body.
  static func assemble(_ pairs: [(String, Value)]) throws(Problem) -> Value {
    var root = Node()
    for (name, value) in pairs {
      let path = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
      guard path.count <= depth, path.allSatisfy({ !$0.isEmpty }) else {
        throw .invalid(name.shortened(to: 80), "This field is not known.")
      }
      root.insert(value, at: path[...])
    }
    return root.value
  }

  /// Percent and plus decoding; nil when the bytes are not UTF-8 or hold NUL.
  static func decode(_ text: some Sequence<UInt8>) -> String? {
    var bytes: [UInt8] = []
    var iterator = text.makeIterator()
    while let byte = iterator.next() {
      switch byte {
      case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
      case UInt8(ascii: "%"):
        guard let high = iterator.next().flatMap(nibble), let low = iterator.next().flatMap(nibble) else { return nil }
        bytes.append(high << 4 | low)
      default: bytes.append(byte)
      }
    }
    if bytes.contains(0) { return nil }
    return String(validating: bytes, as: UTF8.self)
  }

  private static func nibble(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 48...57: byte - 48
    case 65...70: byte - 55
    case 97...102: byte - 87
    default: nil
    }
  }

  private struct Node {
    var values: [Value] = []
    var names: [String] = []
    var places: [String: Int] = [:]
    var children: [Node] = []

    mutating func insert(_ value: Value, at path: ArraySlice<String>) {
      guard let name = path.first else { return values.append(value) }
      if let place = places[name] { return children[place].insert(value, at: path.dropFirst()) }
      var child = Node()
      child.insert(value, at: path.dropFirst())
      places[name] = names.count
      names.append(name)
      children.append(child)
    }

    var value: Value {
      if !names.isEmpty {
        let numbers = names.compactMap { Int($0) }
        if numbers.count == names.count, numbers.allSatisfy({ (0..<1000).contains($0) }) {
          return .array(zip(numbers, children).sorted { $0.0 < $1.0 }.map(\.1.value))
        }
        var fields = Value.Fields()
        for (name, child) in zip(names, children) { fields.append(name, child.value) }
        return .object(fields)
      }
      return values.count == 1 ? values[0] : values.isEmpty ? .object(.init()) : .array(values)
    }
  }
}
