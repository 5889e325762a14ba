import Kit

/// Reads `multipart/form-data` (RFC 7578): total on any bytes, at most 50 parts with heads of at most 8 KiB.
enum Multipart {
  static func read(_ body: [UInt8], boundary: String) throws(Problem) -> Value {
    guard (1...70).contains(boundary.utf8.count) else { throw .malformed("The boundary of the form is missing.") }
    let fence = Array("--\(boundary)".utf8)
    let next = [13, 10] + fence
    var pairs: [(String, Value)] = []
    var rest = body[...]
    if rest.starts(with: fence) {
      rest = rest.dropFirst(fence.count)
    } else {
      guard let start = rest.range(of: next) else { throw .malformed("The form has no parts.") }
      rest = rest[start.upperBound...]
    }
    while !rest.starts(with: Array("--".utf8)) {
      guard pairs.count < 50 else { throw .tooLarge("More than 50 parts.") }
      guard rest.starts(with: [13, 10]) else { throw .malformed("A part of the form is broken.") }
      rest = rest.dropFirst(2)
      guard let headEnd = rest.prefix(8192).range(of: [13, 10, 13, 10]) else { throw .malformed("A part of the form is broken.") }
      let head = String(decoding: rest[rest.startIndex..<headEnd.lowerBound], as: UTF8.self)
      rest = rest[headEnd.upperBound...]
      guard let end = rest.range(of: next) else { throw .malformed("The form ends early.") }
      let content = Array(rest[rest.startIndex..<end.lowerBound])
      rest = rest[end.upperBound...]
      pairs.append(try part(head: head, content: content))
    }
    return try FormReader.assemble(pairs)
  }

  /// The boundary named by a content type, or nil.
  static func boundary(of contentType: String) -> String? { parameter("boundary", in: contentType) }

  private static func part(head: String, content: [UInt8]) throws(Problem) -> (String, Value) {
    let disposition = head.split(whereSeparator: \.isNewline).first { $0.lowercased().hasPrefix("content-disposition:") }
    guard let disposition, let name = parameter("name", in: String(disposition)) else {
      throw .malformed("A part of the form has no name.")
    }
    if let file = parameter("filename", in: String(disposition)) {
      // An empty file field is the browser's way to say "none chosen".
      if file.isEmpty && content.isEmpty { return (name, .null) }
      return (name, .object(["name": .string(file), "bytes": .bytes(content)]))
    }
    guard let text = String(validating: content, as: UTF8.self), !text.contains("\0") else { throw .malformed("A field is not UTF-8.") }
    return (name, .string(text))
  }

  private static func parameter(_ name: String, in header: String) -> String? {
    var isQuoted = false
    let parts = header.split { character in
      if character == "\"" { isQuoted.toggle() }
      return character == ";" && !isQuoted
    }
    for part in parts.dropFirst() {
      let halves = part.split(separator: "=", maxSplits: 1)
      guard halves.count == 2, halves[0].trimmed.lowercased() == name else { continue }
      let value = halves[1].trimmed
      return value.hasPrefix("\"") && value.hasSuffix("\"") && value.utf8.count >= 2 ? String(value.dropFirst().dropLast()) : value
    }
    return nil
  }
}

extension ArraySlice<UInt8> {
  /// Where the pattern first stands. Searches by first byte: linear for a fence, whose line break stands in it once.
  fileprivate func range(of pattern: [UInt8]) -> Range<Int>? {
    guard let first = pattern.first, count >= pattern.count else { return nil }
    var place = startIndex
    let last = endIndex - pattern.count
    while place <= last {
      guard let next = self[place...last].firstIndex(of: first) else { return nil }
      if self[next..<next + pattern.count].elementsEqual(pattern) { return next..<next + pattern.count }
      place = next + 1
    }
    return nil
  }
}
