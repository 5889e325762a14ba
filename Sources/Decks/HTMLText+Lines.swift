extension HTMLText {
  private static let blocks: Set<String> = [
    "address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hr", "li", "ol", "p", "pre", "section", "table", "tr", "ul",
  ]

  /// The words as a reader sees them: no tags, each block on a line of its own, a picture as its name.
  ///
  /// - Complexity: O(length)
  public static func lines(_ html: String) -> String {
    var lines: [String] = []
    var line = ""
    for piece in pieces(html) {
      switch piece {
      case .text(let words): line += words
      case .tag("img", false, let source): line += " ▣ \(source ?? "") "
      case .tag("td", _, _), .tag("th", _, _): line += " "
      case .tag(let name, _, _) where blocks.contains(name):
        lines.append(line)
        line = ""
      case .tag: continue
      }
    }
    return (lines + [line]).map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }.filter { !$0.isEmpty }
      .joined(separator: "\n")
  }
}
