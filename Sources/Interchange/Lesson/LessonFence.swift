/// A piece of a lesson's body: a block in back-ticks, or the text between blocks.
enum LessonPiece {
  case prose([SourceLine])
  case block(word: String, line: Int, content: [SourceLine])

  /// Cuts the body at blocks, and the text at headings of level 1 and 2. Sample code stands in `~~~` or bare back-ticks.
  static func pieces(of lines: [SourceLine], findings: inout [Finding]) -> [LessonPiece] {
    var pieces: [LessonPiece] = []
    var prose: [SourceLine] = []
    var content: [SourceLine] = []
    var fence: (mark: Fence, line: Int)?
    func endProse() {
      if prose.contains(where: { !$0.text.isBlank }) { pieces.append(.prose(prose)) }
      prose = []
    }
    for line in lines {
      if let open = fence {
        let closes = Fence(closing: line.text).map { $0.sign == open.mark.sign && $0.width >= open.mark.width } ?? false
        if !open.mark.isBlock { prose.append(line) }
        if closes {
          if open.mark.isBlock { pieces.append(.block(word: open.mark.word, line: open.line, content: content)) }
          fence = nil
        } else if open.mark.isBlock {
          content.append(line)
        }
      } else if let mark = Fence(opening: line.text) {
        if mark.isBlock { endProse() } else { prose.append(line) }
        fence = (mark, line.number)
        content = []
      } else {
        if line.text.begins(with: "# ") || line.text.begins(with: "## ") { endProse() }
        prose.append(line)
      }
    }
    if let open = fence {
      findings.append(Finding(line: open.line, code: "unclosed-block", text: "The block that begins here is never closed."))
    }
    endProse()
    return pieces
  }
}

/// A line of back-ticks or tildes as CommonMark defines it: up to three blanks, then three signs or more.
struct Fence {
  let sign: UInt8
  let width: Int
  let word: String

  /// Blocks of a lesson begin with back-ticks and a word.
  var isBlock: Bool { sign == Ascii.backtick && !word.isEmpty }

  init?(opening line: String) {
    var cursor = ByteCursor(line.utf8)
    let indentation = cursor.take { $0 == Ascii.space }.count
    guard indentation <= 3, let sign = cursor.peek(), sign == Ascii.backtick || sign == Ascii.tilde else { return nil }
    self.sign = sign
    width = cursor.take { $0 == sign }.count
    word = String(decoding: cursor.rest, as: UTF8.self).trimmed
    guard width >= 3, sign == Ascii.tilde || !word.utf8.contains(Ascii.backtick) else { return nil }
  }

  init?(closing line: String) {
    self.init(opening: line)
    guard word.isEmpty else { return nil }
  }

  /// A fence longer than any in `content`.
  static func around(_ content: String) -> String {
    let lines = SourceText.lines(Array(content.utf8)) ?? []
    let widest = lines.compactMap { Fence(opening: $0.text) }.filter { $0.sign == Ascii.backtick }.map(\.width).max() ?? 0
    return String(repeating: "`", count: max(3, widest + 1))
  }
}
