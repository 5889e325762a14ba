/// Reads iCalendar text line by line, by the book and without mercy: enough to check what the writer wrote.
struct CalendarReader {
  struct Line: Equatable {
    var name: String
    var parameters: [String: String] = [:]
    var value: String
  }

  struct Malformed: Error {
    var line: String
  }

  private(set) var lines: [Line] = []

  init(_ text: String) throws {
    let bytes = Array(text.utf8)
    var unfolded: [[UInt8]] = []
    for physical in try Self.physicalLines(bytes) {
      guard physical.count <= 75, String(validating: physical, as: UTF8.self) != nil,
        physical.allSatisfy({ $0 >= 32 && $0 != 127 || $0 == 9 })
      else { throw Malformed(line: String(decoding: physical, as: UTF8.self)) }
      if physical.first == 32, let last = unfolded.popLast() {
        unfolded.append(last + physical.dropFirst())
      } else {
        unfolded.append(physical)
      }
    }
    lines = try unfolded.map { try Self.line(String(decoding: $0, as: UTF8.self)) }
  }

  /// The unescaped TEXT values of a property, in order.
  func texts(_ name: String) -> [String] { lines.filter { $0.name == name }.map { Self.unescaped($0.value) } }

  func values(_ name: String) -> [String] { lines.filter { $0.name == name }.map(\.value) }

  private static func physicalLines(_ bytes: [UInt8]) throws -> [[UInt8]] {
    var lines: [[UInt8]] = []
    var current: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == 13, index + 1 < bytes.count, bytes[index + 1] == 10 {
        lines.append(current)
        current = []
        index += 2
      } else {
        current.append(bytes[index])
        index += 1
      }
    }
    guard current.isEmpty else { throw Malformed(line: "no CRLF at the end") }
    return lines
  }

  private static func line(_ text: String) throws -> Line {
    var parts: [String] = [""]
    var quoted = false
    var scalars = text.unicodeScalars[...]
    while let scalar = scalars.popFirst() {
      if scalar == "\"" {
        quoted.toggle()
      } else if scalar == ";", !quoted {
        parts.append("")
      } else if scalar == ":", !quoted {
        break
      } else {
        parts[parts.count - 1].unicodeScalars.append(scalar)
      }
    }
    guard !quoted, let name = parts.first, !name.isEmpty, name.allSatisfy({ $0.isASCII && ($0.isUppercase || $0 == "-") }) else {
      throw Malformed(line: text)
    }
    var line = Line(name: name, value: String(scalars))
    for parameter in parts.dropFirst() {
      let pair = parameter.unicodeScalars.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard pair.count == 2 else { throw Malformed(line: text) }
      line.parameters[String(pair[0])] = String(pair[1])
    }
    return line
  }

  private static func unescaped(_ value: String) -> String {
    var result = String.UnicodeScalarView()
    var scalars = value.unicodeScalars[...]
    while let scalar = scalars.popFirst() {
      guard scalar == "\\", let next = scalars.popFirst() else {
        result.append(scalar)
        continue
      }
      result.append(next == "n" || next == "N" ? "\n" : next)
    }
    return String(result)
  }
}
