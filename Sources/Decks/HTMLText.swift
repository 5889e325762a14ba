/// The text of a small piece of HTML, such as a field of a note. Tags that mean nothing to a reader are left out, scripts with all they hold.
public enum HTMLText {
  enum Piece: Hashable {
    case text(String)
    /// The name in lower case, whether it closes, and the attribute `src`.
    case tag(String, isEnd: Bool, source: String?)
  }

  static let mostPieces = 200_000
  /// Bytes between "<" and ">"; what is longer is text.
  static let longestTag = 10_000

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

  /// Without scripts and styles, with all they hold.
  static func withoutScripts(_ html: String) -> String { without("style", without("script", html)) }

  private static func without(_ name: String, _ html: String) -> String {
    var text = ""
    var rest = html[...]
    while let open = rest.place(of: "<\(name)"), let end = rest[open.upperBound...].place(of: "</\(name)>") {
      // It may begin within a comment, and end elsewhere.
      if rest[open.upperBound..<end.lowerBound].place(of: "-->") != nil { break }
      text += rest[..<open.lowerBound]
      rest = rest[end.upperBound...]
    }
    return text + rest
  }

  static func pieces(_ html: String) -> [Piece] {
    var pieces: [Piece] = []
    var words = ""
    var rest = html[...]
    // The next ">", kept so that no part of the text is searched twice.
    var close = html.firstIndex(of: ">") ?? html.endIndex
    while !rest.isEmpty, pieces.count < mostPieces {
      let open = rest.firstIndex(of: "<") ?? rest.endIndex
      words += HTMLEntities.decoded(rest[..<open])
      if open == rest.endIndex { break }
      let inside = rest[rest.index(after: open)...]
      if inside.hasPrefix("!--") {
        rest = inside.place(of: "-->").map { inside[$0.upperBound...] } ?? ""
        continue
      }
      let isTag = inside.first.map { $0.isLetter || $0 == "/" || $0 == "!" } ?? false
      if close < inside.startIndex { close = inside.firstIndex(of: ">") ?? html.endIndex }
      guard isTag, close < html.endIndex, html.utf8.distance(from: inside.startIndex, to: close) <= longestTag else {
        words += "<"
        rest = inside
        continue
      }
      let tag = tag(inside[..<close])
      if !words.isEmpty { pieces.append(.text(words)) }
      words = ""
      pieces.append(tag)
      rest = inside[inside.index(after: close)...]
      if case .tag(let name, false, _) = tag, name == "script" || name == "style" {
        rest = rest.place(of: "</\(name)").map { rest[$0.lowerBound...] } ?? ""
      }
    }
    if !words.isEmpty { pieces.append(.text(words)) }
    return pieces
  }

  private static func tag(_ inside: Substring) -> Piece {
    let isEnd = inside.first == "/"
    let body = isEnd ? inside.dropFirst() : inside
    let name = body.prefix { $0.isLetter || $0.isNumber }.lowercased()
    return .tag(name, isEnd: isEnd, source: name == "img" ? source(body) : nil)
  }

  private static func source(_ body: Substring) -> String? {
    var rest = body
    while let name = rest.place(of: "src") {
      let isName = name.lowerBound > rest.startIndex && rest[rest.index(before: name.lowerBound)].isWhitespace
      let after = rest[name.upperBound...].drop(while: \.isWhitespace)
      if isName, after.first == "=" {
        let value = after.dropFirst().drop(while: \.isWhitespace)
        let quote = value.first.flatMap { "\"'".contains($0) ? $0 : nil }
        if let quote, let end = value.dropFirst().firstIndex(of: quote) { return HTMLEntities.decoded(value.dropFirst()[..<end]) }
        let word = value.prefix { !$0.isWhitespace }
        return word.isEmpty ? nil : HTMLEntities.decoded(word)
      }
      rest = rest[name.upperBound...]
    }
    return nil
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
    // As browsers do: U+0000 is no character of a page.
    return code.flatMap { Unicode.Scalar($0 == 0 ? 0xFFFD : $0) }.map { String(Character($0)) }
  }
}
