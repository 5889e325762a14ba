/// HTML of a card as Markdown: emphasis, lists, line breaks, pictures and sounds stay, everything else becomes plain text.
enum HTMLMarkdown {
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
    private var lines: [String] = [""]
    /// Emphasis that is open on the present line, in order.
    private var open: [String] = []

    init(media: @escaping (String) -> String?) { self.media = media }

    mutating func add(_ words: String) {
      var rest = words.split(whereSeparator: \.isNewline).joined(separator: " ")[...]
      while let sound = rest.firstMatch(of: /\[sound:([^\]]*)\]/) {
        append(HTMLMarkdown.escaped(rest[..<sound.range.lowerBound]))
        let words = "♪ \(HTMLMarkdown.escaped(sound.1))"
        append(media(String(sound.1)).map { "[\(words)](\($0))" } ?? words)
        rest = rest[sound.range.upperBound...]
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

    private mutating func append(_ text: String) { lines[lines.count - 1] += text }

    private mutating func mark(_ sign: String, isEnd: Bool) {
      if !isEnd, !open.contains(sign) {
        open.append(sign)
        append(sign)
      } else if isEnd, let place = open.lastIndex(of: sign) {
        // What was opened inside is closed first, as Markdown wants it.
        for inner in open[place...].reversed() { append(inner) }
        open.removeSubrange(place...)
      }
    }

    private mutating func newLine() {
      for sign in open.reversed() { append(sign) }
      open = []
      if !lines[lines.count - 1].trimmingBlanks.isEmpty { lines.append("") }
    }

    private mutating func item() {
      newLine()
      append("- ")
    }

    mutating func finish() -> String {
      newLine()
      let kept = lines.map { String($0.trimmingBlanks) }.filter { !$0.isEmpty && !$0.allSatisfy { $0 == "*" } }
      return kept.enumerated().map { place, line in
        guard place > 0 else { return line }
        let isList = line.hasPrefix("- ") && kept[place - 1].hasPrefix("- ")
        return (isList ? "\n" : "\n\n") + line
      }.joined()
    }
  }

  /// Signs that would mean something in Markdown.
  private static func escaped(_ text: some StringProtocol) -> String {
    var result = ""
    for character in text {
      if "\\`*_[]<>#".contains(character) { result.append("\\") }
      result.append(character)
    }
    return result
  }
}
