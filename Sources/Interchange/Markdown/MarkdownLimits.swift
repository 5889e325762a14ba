/// What is refused before the C library sees it: its time grows with nesting times lines, and with open brackets squared.
enum MarkdownLimits {
  static func check(_ source: String) throws(Markdown.Refusal) {
    var cursor = ByteCursor(source.utf8)
    var brackets = 0
    while !cursor.isAtEnd {
      guard containers(&cursor) <= Markdown.deepestNesting else { throw .tooDeep }
      let line = cursor.take { $0 != Ascii.lineFeed && $0 != Ascii.carriageReturn }
      brackets += line.count { $0 == 0x5B }
      guard brackets <= Markdown.mostBrackets else { throw .tooManyBrackets }
      cursor.next()
    }
  }

  /// Moves past the quote marks, bullets and list numbers a line begins with and counts them.
  private static func containers(_ cursor: inout ByteCursor) -> Int {
    var count = 0
    while true {
      let start = cursor.position
      cursor.skipBlanks()
      _ = cursor.take(while: Ascii.isDigit)
      guard let sign = cursor.peek(), ">-+*.)".utf8.contains(sign) else { return count }
      cursor.next()
      if sign == 0x3E || cursor.peek().map(Ascii.isBlank) ?? true { count += 1 }
      guard cursor.position > start else { return count }
    }
  }
}
