import Foundation

/// A small reader of Internet messages, written for these tests alone and sharing nothing with the writer.
struct MessageReader {
  var headers: [(name: String, value: String)] = []
  var body = ""
  var parts: [MessageReader] = []

  init(_ text: String) throws {
    guard let end = text.range(of: "\r\n\r\n") else { throw Malformed(why: "no end of headers") }
    for line in text[..<end.lowerBound].components(separatedBy: "\r\n") {
      if line.hasPrefix(" "), let last = headers.indices.last {
        headers[last].value += line
      } else if let colon = line.firstIndex(of: ":") {
        headers.append((String(line[..<colon]), String(line[line.index(after: colon)...]).trimmingCharacters(in: .whitespaces)))
      } else {
        throw Malformed(why: "not a header: \(line)")
      }
    }
    let content = String(text[end.upperBound...])
    if let boundary = boundary {
      var pieces = ("\r\n" + content).components(separatedBy: "\r\n--" + boundary)
      guard pieces.count > 2, pieces.removeLast().hasPrefix("--") else { throw Malformed(why: "parts do not end") }
      parts = try pieces.dropFirst().map { try MessageReader(String($0.dropFirst(1))) }
    } else {
      body = try decoded(content)
    }
  }

  struct Malformed: Error { let why: String }

  func all(_ name: String) -> [String] { headers.filter { $0.name.lowercased() == name.lowercased() }.map(\.value) }
  subscript(name: String) -> String? { all(name).first.map(MessageReader.words) }
  var type: String { (self["Content-Type"] ?? "").components(separatedBy: ";").first ?? "" }

  /// Leaves of the tree in order.
  var leaves: [MessageReader] { parts.isEmpty ? [self] : parts.flatMap(\.leaves) }

  private var boundary: String? {
    let quoted = all("Content-Type").first?.components(separatedBy: "boundary=\"")
    return quoted?.count == 2 ? quoted?.last?.components(separatedBy: "\"").first : nil
  }

  private func decoded(_ content: String) throws -> String {
    switch self["Content-Transfer-Encoding"] {
    case "base64":
      guard let data = Data(base64Encoded: content.replacing("\r\n", with: "")) else { throw Malformed(why: "base64") }
      return String(decoding: data, as: UTF8.self)
    case "quoted-printable":
      let joined = Array(content.replacing("=\r\n", with: "").utf8)
      var bytes: [UInt8] = []
      var place = 0
      while place < joined.count {
        if joined[place] == UInt8(ascii: "=") {
          let digits = String(decoding: joined[(place + 1)...].prefix(2), as: UTF8.self)
          guard let byte = UInt8(digits, radix: 16) else { throw Malformed(why: "=\(digits)") }
          bytes.append(byte)
          place += 3
        } else {
          bytes.append(joined[place])
          place += 1
        }
      }
      return String(decoding: bytes, as: UTF8.self)
    default:
      return content
    }
  }

  /// RFC 2047: white space between two encoded words belongs to neither.
  static func words(_ value: String) -> String {
    var result = ""
    var lastWasEncoded = false
    for token in value.split(separator: " ", omittingEmptySubsequences: true) {
      let pieces = token.split(separator: "?", omittingEmptySubsequences: false)
      let isEncoded = token.hasPrefix("=?utf-8?B?") && token.hasSuffix("?=") && pieces.count == 5
      if !result.isEmpty, !(isEncoded && lastWasEncoded) { result += " " }
      result += isEncoded ? String(decoding: Data(base64Encoded: String(pieces[3])) ?? Data(), as: UTF8.self) : String(token)
      lastWasEncoded = isEncoded
    }
    return result
  }
}
