extension StringProtocol {
  /// Without white space and line ends at both ends.
  public var trimmed: String {
    var text = Substring(self)
    while let first = text.first, first.isWhitespace { text.removeFirst() }
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return String(text)
  }

  /// At most `length` characters; a cut is shown by an ellipsis.
  public func shortened(to length: Int) -> String {
    count <= length ? String(self) : prefix(Swift.max(0, length - 1)).trimmed + "…"
  }

  /// `createdAt` as `created_at`: the names of fields in forms, JSON and templates.
  public var snakeCased: String {
    var text = ""
    for character in self {
      if character.isUppercase {
        if !text.isEmpty { text.append("_") }
        text.append(contentsOf: character.lowercased())
      } else {
        text.append(character)
      }
    }
    return text
  }
}

/// "1 card", "2 cards": the count and its noun.
public func counted(_ count: Int, _ one: String, _ many: String? = nil) -> String {
  "\(count) " + (count == 1 ? one : many ?? one + "s")
}

/// "Ada, Ben and Cara".
public func listed(_ words: [String]) -> String {
  guard let last = words.last else { return "" }
  return words.count == 1 ? last : words.dropLast().joined(separator: ", ") + " and " + last
}
