/// HTML of a card as Markdown: emphasis, lists, line breaks, pictures and sounds stay, everything else becomes plain text.
enum HTMLMarkdown {
  /// Bytes of the name of a sound; what is longer is text.
  static let longestName = 1000

  /// - Parameter media: where a picture or a sound of that name is found; nil for one that is missing, whose name is shown instead.
  static func text(_ html: String, media: @escaping (String) -> String?) -> String {
    var writer = Writer(media: media)
    for piece in HTMLText.pieces(html) {
      switch piece {
      case .text(let words): writer.add(words)
      case .tag(let name, let isEnd, let source): writer.tag(name, isEnd: isEnd, source: source)
      }
    }
    return writer.finish()
  }

  private struct Writer {
    private let media: (String) -> String?
    private var lines: [String] = []
    /// The present line.
    private var line = ""
    /// Emphasis that is open on the present line, in order. Its sign is written with its first word.
    private var open: [(sign: String, isWritten: Bool)] = []

    init(media: @escaping (String) -> String?) { self.media = media }

    mutating func add(_ words: String) {
      var rest = words.split(whereSeparator: \.isNewline).joined(separator: " ")[...]
      while let mark = rest.place(of: "[sound:") {
        let inside = rest[mark.upperBound...]
        guard let end = inside.utf8.prefix(HTMLMarkdown.longestName + 1).firstIndex(of: UInt8(ascii: "]")) else {
          append(HTMLMarkdown.escaped(rest[..<mark.upperBound]))
          rest = inside
          continue
        }
        append(HTMLMarkdown.escaped(rest[..<mark.lowerBound]))
        sound(String(inside[..<end]))
        rest = inside[inside.utf8.index(after: end)...]
      }
      append(HTMLMarkdown.escaped(rest))
    }

    mutating func tag(_ name: String, isEnd: Bool, source: String?) {
      switch name {
      case "b", "strong": mark("**", isEnd: isEnd)
      case "i", "em", "u": mark("*", isEnd: isEnd)
      case "br", "div", "p", "ul", "ol", "tr", "h1", "h2", "h3", "h4", "table", "blockquote", "pre": newLine()
      case "hr": if !isEnd { newLine() }
      case "li": isEnd ? newLine() : item()
      case "img": if !isEnd { picture(source ?? "") }
      case "td", "th": append(" ")
      default: break
      }
    }

    private mutating func picture(_ name: String) {
      let words = HTMLMarkdown.escaped(name)
      append(media(name).map { "![\(words)](\($0))" } ?? "▣ \(words)")
    }

    private mutating func sound(_ name: String) {
      let words = "♪ \(HTMLMarkdown.escaped(name))"
      guard let address = media(name) else { return append(words) }
      // With "!" before it a link would be a picture.
      if line.last == "!" {
        line.removeLast()
        line += "\\!"
      }
      append("[\(words)](\(address))")
    }

    private mutating func append(_ text: String) {
      guard let first = text.firstIndex(where: { !$0.isWhitespace }) else {
        line += text
        return
      }
      // White space stays outside of emphasis, as Markdown wants it.
      line += text[..<first]
      for place in open.indices where !open[place].isWritten {
        line += open[place].sign
        open[place].isWritten = true
      }
      line += text[first...]
    }

    private mutating func mark(_ sign: String, isEnd: Bool) {
      if !isEnd, !open.contains(where: { $0.sign == sign }) {
        open.append((sign, false))
      } else if isEnd, let place = open.lastIndex(where: { $0.sign == sign }) {
        close(from: place)
      }
    }

    /// What was opened inside is closed first, as Markdown wants it.
    private mutating func close(from place: Int) {
      for emphasis in open[place...].reversed() where emphasis.isWritten {
        let end = line.lastIndex(where: { !$0.isWhitespace }).map { line.index(after: $0) } ?? line.startIndex
        let blanks = String(line[end...])
        line.removeSubrange(end...)
        line += emphasis.sign + blanks
      }
      open.removeSubrange(place...)
    }

    private mutating func newLine() {
      close(from: 0)
      if !line.trimmingBlanks.isEmpty { lines.append(line) }
      line = ""
    }

    private mutating func item() {
      newLine()
      append("- ")
    }

    mutating func finish() -> String {
      newLine()
      let kept = lines.map { String($0.trimmingBlanks) }
      return kept.enumerated().map { place, line in
        guard place > 0 else { return line }
        let isList = line.hasPrefix("- ") && kept[place - 1].hasPrefix("- ")
        return (isList ? "\n" : "\n\n") + line
      }.joined()
    }
  }

  /// Signs that would mean something in Markdown.
  private static func escaped(_ text: some StringProtocol) -> String {
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    for (place, byte) in bytes.enumerated() {
      if signs.contains(byte) || byte == UInt8(ascii: "&") && isEntity(bytes[(place + 1)...]) { result.append(UInt8(ascii: "\\")) }
      result.append(byte)
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static let signs = Array("\\`*_[]<>#".utf8)

  /// Whether Markdown would show another sign for what stands after "&", such as `lt;`.
  private static func isEntity(_ rest: ArraySlice<UInt8>) -> Bool {
    let name = rest.prefix(33).prefix { byte in
      byte == UInt8(ascii: "#") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
    return !name.isEmpty && rest[name.endIndex...].first == UInt8(ascii: ";")
  }
}
