extension GIFT {
  /// Largest file read, in bytes.
  public static let largestFile = 4_000_000

  /// Reads a question file: UTF-8 with or without byte order mark, any line ending. Total on arbitrary bytes, linear time.
  public static func read(_ bytes: some Collection<UInt8>) -> Report {
    guard bytes.count <= largestFile else {
      return refusal("too-large", "The file is larger than 4 MB. Split it and import the parts.")
    }
    guard let lines = SourceText.lines(bytes) else {
      return refusal("not-utf-8", "The file is not UTF-8 text. Save it as UTF-8 and import it again.")
    }
    return read(lines)
  }

  static func read(_ lines: [SourceLine]) -> Report {
    var report = Report()
    var category: String?
    for var block in blocks(of: lines) {
      var warnings: [Finding] = []
      if let first = block.first, let path = categoryPath(first.text) {
        category = path.isEmpty ? nil : path
        block.removeFirst()
        guard let question = block.first else { continue }
        warnings.append(
          Finding(
            line: question.line, code: "category-without-blank-line",
            text: "The question follows its $CATEGORY line directly. Put a blank line between them."))
      }
      guard let first = block.first else { continue }
      report.blocks.append(read(block.map(\.text).joined(separator: "\n"), line: first.line, category: category, warnings: warnings))
    }
    return report
  }

  private typealias BlockLine = (line: Int, text: String)

  /// Lines trimmed, comments removed, cut at blank lines.
  private static func blocks(of lines: [SourceLine]) -> [[BlockLine]] {
    var blocks: [[BlockLine]] = []
    var current: [BlockLine] = []
    for line in lines {
      let text = line.text.trimmed
      if text.isEmpty {
        if !current.isEmpty { blocks.append(current) }
        current = []
      } else if !text.begins(with: "//") {
        current.append((line.number, text))
      }
    }
    if !current.isEmpty { blocks.append(current) }
    return blocks
  }

  private static func categoryPath(_ line: String) -> String? {
    line.begins(with: "$CATEGORY:") ? line.cut(at: ":").map { $0.after.trimmed } : nil
  }

  private static func read(_ raw: String, line: Int, category: String?, warnings: [Finding]) -> Block {
    var parser = GIFTParser(line: line, warnings: warnings)
    do throws(Finding) {
      let question = try parser.question(ArraySlice(unescaping: raw), category: category)
      return Block(line: line, result: .success(question), warnings: parser.warnings)
    } catch {
      return Block(line: line, result: .failure(error), warnings: [])
    }
  }

  private static func refusal(_ code: String, _ text: String) -> Report {
    Report(blocks: [Block(line: 1, result: .failure(Finding(line: 1, code: code, text: text)), warnings: [])])
  }
}
