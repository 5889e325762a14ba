/// The text of a small piece of HTML, such as a field of a note. Tags that mean nothing to a reader are left out, scripts with all they hold.
enum HTMLText {
  enum Piece: Hashable {
    case text(String)
    /// The name in lower case, whether it closes, and the attribute `src`.
    case tag(String, isEnd: Bool, source: String?)
  }

  static let mostPieces = 200_000

  /// Without tags; the name of a picture stays, as Anki counts it when it compares notes.
  static func plain(_ html: String) -> String {
    var text = ""
    for piece in pieces(html) {
      switch piece {
      case .text(let words): text += words
      case .tag("img", false, let source?): text += " \(source) "
      case .tag: continue
      }
    }
    return text
  }

  static func pieces(_ html: String) -> [Piece] {
    var pieces: [Piece] = []
    var rest = html[...]
    while !rest.isEmpty, pieces.count < mostPieces {
      guard let open = rest.firstIndex(of: "<") else {
        pieces.append(.text(HTMLEntities.decoded(rest)))
        break
      }
      if open > rest.startIndex { pieces.append(.text(HTMLEntities.decoded(rest[..<open]))) }
      let inside = rest[rest.index(after: open)...]
      if inside.hasPrefix("!--") {
        rest = inside.firstRange(of: "-->").map { inside[$0.upperBound...] } ?? ""
        continue
      }
      let isTag = inside.first.map { $0.isLetter || $0 == "/" || $0 == "!" } ?? false
      guard isTag, let close = inside.firstIndex(of: ">") else {
        pieces.append(.text("<"))
        rest = inside
        continue
      }
      let tag = tag(inside[..<close])
      pieces.append(tag)
      rest = inside[inside.index(after: close)...]
      if case .tag(let name, false, _) = tag, name == "script" || name == "style" {
        rest = rest.firstRange(of: "</\(name)").map { rest[$0.lowerBound...] } ?? ""
      }
    }
    return pieces
  }

  private static func tag(_ inside: Substring) -> Piece {
    let isEnd = inside.first == "/"
    let body = isEnd ? inside.dropFirst() : inside
    let name = body.prefix { $0.isLetter || $0.isNumber }.lowercased()
    return .tag(name, isEnd: isEnd, source: name == "img" ? source(body) : nil)
  }

  private static func source(_ body: Substring) -> String? {
    guard let found = body.firstMatch(of: /\ssrc\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))/) else { return nil }
    return (found.1 ?? found.2 ?? found.3).map { HTMLEntities.decoded($0) }
  }
}

/// `&amp;` and its like.
enum HTMLEntities {
  private static let named: [Substring: String] = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}", "ndash": "–", "mdash": "—", "hellip": "…", "rarr": "→",
    "larr": "←", "times": "×", "deg": "°", "euro": "€", "copy": "©", "laquo": "«", "raquo": "»", "ldquo": "“", "rdquo": "”", "lsquo": "‘",
    "rsquo": "’", "middot": "·", "szlig": "ß", "auml": "ä", "ouml": "ö", "uuml": "ü", "eacute": "é", "egrave": "è", "agrave": "à",
  ]

  static func decoded(_ text: Substring) -> String {
    guard text.contains("&") else { return String(text) }
    var result = ""
    var rest = text
    while let mark = rest.firstIndex(of: "&") {
      result += rest[..<mark]
      let after = rest[rest.index(after: mark)...]
      if let end = after.prefix(12).firstIndex(of: ";"), let found = character(after[..<end]) {
        result += found
        rest = after[after.index(after: end)...]
      } else {
        result += "&"
        rest = after
      }
    }
    return result + rest
  }

  private static func character(_ name: Substring) -> String? {
    guard name.first == "#" else { return named[name] }
    let digits = name.dropFirst()
    let code = digits.first == "x" || digits.first == "X" ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
    return code.flatMap(Unicode.Scalar.init).map { String(Character($0)) }
  }
}
