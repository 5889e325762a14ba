/// HTML of a card as Markdown: emphasis, lists, line breaks and code stay, everything else becomes plain text.
enum HTMLMarkdown {
  static func text(_ html: String) -> String {
    var writer = Writer()
    for piece in HTMLText.pieces(html) {
      switch piece {
      case .text(let words): writer.add(words)
      case .tag(let name, let isEnd, let source): writer.tag(name, isEnd: isEnd, source: source)
      }
    }
    return writer.finish()
  }

  private struct Writer {
    private var lines: [String] = [""]
    /// Emphasis that is open on the present line, in order.
    private var open: [String] = []

    mutating func add(_ words: String) {
      let flat = words.split(whereSeparator: \.isNewline).joined(separator: " ")
      append(HTMLMarkdown.escaped(flat.replacing(/\[sound:([^\]]*)\]/) { "♪ \($0.1)" }))
    }

    mutating func tag(_ name: String, isEnd: Bool, source: String?) {
      switch name {
      case "b", "strong": mark("**", isEnd: isEnd)
      case "i", "em", "u": mark("*", isEnd: isEnd)
      case "br", "div", "p", "ul", "ol", "tr", "h1", "h2", "h3", "h4", "table", "blockquote", "pre": newLine()
      case "hr": if !isEnd { newLine() }
      case "li": isEnd ? newLine() : item()
      case "img": if !isEnd { append("▣ \(HTMLMarkdown.escaped(source ?? ""))") }
      case "td", "th": append(" ")
      default: break
      }
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
  private static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      if "\\`*_[]<>#".contains(character) { result.append("\\") }
      result.append(character)
    }
    return result
  }
}
