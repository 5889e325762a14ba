/// A file holds one idea. Lines that say something are counted: no blank ones, no comments.
enum SizeRule {
  static let most = 300

  struct Size: Sendable {
    let path: String
    let lines: Int
  }

  static func sizes(_ tree: SourceTree) -> [Size] {
    tree.under("Sources", ending: ".swift").map { file in
      Size(path: file.path, lines: file.code.lines.count { line in line.contains { !$0.isWhitespace } })
    }.sorted { $0.lines > $1.lines }
  }

  static func breaches(_ tree: SourceTree) -> [String] {
    sizes(tree).filter { $0.lines > most }.map { "\($0.path) has \($0.lines) lines of code; look for the second idea in it." }
  }

  /// Median, ninth decile and the longest files, in one line each.
  static func report(_ tree: SourceTree) -> String {
    let sizes = sizes(tree)
    guard let first = sizes.first else { return "no files" }
    let median = sizes[sizes.count / 2].lines
    let decile = sizes[sizes.count / 10].lines
    let longest = sizes.prefix(5).map { "  \($0.lines)  \($0.path)" }.joined(separator: "\n")
    return "\(sizes.count) files, lines of code: median \(median), ninth decile \(decile), most \(first.lines)\n\(longest)"
  }
}
