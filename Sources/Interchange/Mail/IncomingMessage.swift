/// The little that is wanted of a mail that came in: the calendar in it, and the tags of the addresses it was sent to.
///
/// Bytes from outside: whatever they hold, reading ends, in time linear in their length. At most 1 MiB, 50 parts, five levels.
public struct IncomingMessage: Sendable {
  /// What is beyond is not read.
  public static let most = 1 << 20

  /// The text of the first `text/calendar` part.
  public let calendar: String?
  /// What stands after `+` in local parts of addresses in To, Cc, Delivered-To, X-Original-To and Envelope-To; at most 20.
  public let addressTags: [String]

  /// Reads a message; one that is none has neither calendar nor tags.
  public init(_ bytes: [UInt8]) {
    let part = MIMEPart(bytes.prefix(Self.most))
    addressTags = Self.tags(part)
    var left = 50
    calendar = Self.calendar(in: part, depth: 0, left: &left)
  }

  private static func tags(_ part: MIMEPart) -> [String] {
    let lines = ["to", "cc", "delivered-to", "x-original-to", "envelope-to"].flatMap { part.headers[$0] ?? [] }
    var tags: [String] = []
    for line in lines {
      for word in line.utf8.split(whereSeparator: { [0x20, 0x09, 0x2C, 0x3C, 0x3E, 0x22, 0x3B].contains($0) }) {
        guard let plus = word.firstIndex(of: 0x2B), let at = word.lastIndex(of: 0x40), plus < at else { continue }
        let tag = String(decoding: word[word.index(after: plus)..<at], as: UTF8.self)
        if (16...100).contains(tag.utf8.count), !tags.contains(tag), tags.count < 20 { tags.append(tag) }
      }
    }
    return tags
  }

  private static func calendar(in part: MIMEPart, depth: Int, left: inout Int) -> String? {
    guard left > 0, depth < 5 else { return nil }
    left -= 1
    if part.type == "text/calendar" { return part.text }
    for inner in part.parts {
      if let found = calendar(in: inner, depth: depth + 1, left: &left) { return found }
    }
    return nil
  }
}

/// One part of a message: its headers, and its bytes as they stand.
struct MIMEPart {
  /// By lower-case name, unfolded.
  let headers: [String: [String]]
  private let body: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) {
    var headers: [String: [String]] = [:]
    var rest = bytes
    var name: String?
    while let line = Self.line(&rest), !line.isEmpty {
      let text = String(decoding: line, as: UTF8.self)
      if line.first == 0x20 || line.first == 0x09 {
        guard let name, let last = headers[name]?.indices.last else { continue }
        headers[name]?[last].append(text)
      } else if let colon = text.firstIndex(of: ":") {
        let key = text[..<colon].lowercased()
        name = key
        if headers.count < 200, headers[key]?.count ?? 0 < 20 {
          headers[key, default: []].append(text[text.index(after: colon)...].drop { $0 == " " }.description)
        }
      }
    }
    self.headers = headers
    body = rest
  }

  var type: String {
    let value = headers["content-type"]?.first ?? "text/plain"
    return value.prefix { $0 != ";" }.filter { !$0.isWhitespace }.lowercased()
  }

  /// The parts of a multipart body, at most 50.
  var parts: [MIMEPart] {
    guard type.hasPrefix("multipart/"), let boundary = parameter("boundary"), !boundary.isEmpty, boundary.utf8.count <= 70 else {
      return []
    }
    let mark = Array("--\(boundary)".utf8)
    var parts: [MIMEPart] = []
    var start: Int?
    var rest = body
    while true {
      let from = rest.startIndex
      guard let line = Self.line(&rest) else { break }
      guard line.starts(with: mark) else { continue }
      if let start, parts.count < 50 { parts.append(MIMEPart(body[start..<from])) }
      start = rest.startIndex
      if line.dropFirst(mark.count).starts(with: [0x2D, 0x2D]) { return parts }
    }
    // The closing mark is missing: what there is still counts.
    if let start, parts.count < 50, start < body.endIndex { parts.append(MIMEPart(body[start..<body.endIndex])) }
    return parts
  }

  /// The body decoded; bytes that are no UTF-8 become U+FFFD.
  var text: String {
    switch headers["content-transfer-encoding"]?.first?.lowercased().filter({ !$0.isWhitespace }) {
    case "base64": String(decoding: Self.base64(body), as: UTF8.self)
    case "quoted-printable": String(decoding: Self.quotedPrintable(body), as: UTF8.self)
    default: String(decoding: body, as: UTF8.self)
    }
  }

  private func parameter(_ name: String) -> String? {
    let value = headers["content-type"]?.first ?? ""
    for part in value.split(separator: ";").dropFirst() {
      let pair = part.split(separator: "=", maxSplits: 1)
      guard pair.count == 2, pair[0].filter({ !$0.isWhitespace }).lowercased() == name else { continue }
      return pair[1].filter { $0 != "\"" && $0 != "\r" && $0 != "\n" }.split(separator: " ").first.map(String.init)
    }
    return nil
  }

  /// The next line without its end; nil when there is none.
  private static func line(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard !rest.isEmpty else { return nil }
    let end = rest.firstIndex(of: 0x0A) ?? rest.endIndex
    var line = rest[rest.startIndex..<end]
    if line.last == 0x0D { line = line.dropLast() }
    rest = end < rest.endIndex ? rest[(end + 1)...] : rest[rest.endIndex...]
    return line
  }

  private static func base64(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var decoded: [UInt8] = []
    var held: UInt32 = 0
    var bits = 0
    for byte in bytes {
      let digit: UInt32
      switch byte {
      case 65...90: digit = UInt32(byte - 65)
      case 97...122: digit = UInt32(byte - 71)
      case 48...57: digit = UInt32(byte + 4)
      case 0x2B: digit = 62
      case 0x2F: digit = 63
      default: continue
      }
      held = held << 6 | digit
      bits += 6
      if bits >= 8 {
        bits -= 8
        decoded.append(UInt8(truncatingIfNeeded: held >> UInt32(bits)))
        held &= (1 << UInt32(bits)) - 1
      }
    }
    return decoded
  }

  private static func quotedPrintable(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var decoded: [UInt8] = []
    var rest = bytes
    while let byte = rest.popFirst() {
      guard byte == 0x3D else {
        decoded.append(byte)
        continue
      }
      if rest.first == 0x0D { rest = rest.dropFirst() }
      if rest.first == 0x0A {
        rest = rest.dropFirst()
        continue
      }
      let digits = rest.prefix(2)
      guard digits.count == 2, let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16) else {
        decoded.append(byte)
        continue
      }
      decoded.append(value)
      rest = rest.dropFirst(2)
    }
    return decoded
  }
}
