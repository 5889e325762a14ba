import Foundation

/// Text reduced to what is compared: lower case words without accents.
enum SearchWords {
  /// Longer words are cut, in what is indexed and in what is asked.
  static let wordLimit = 40
  static let queryWords = 8
  static let queryCharacters = 200

  /// The words of a text, in order.
  static func words(of text: some StringProtocol) -> [String] {
    text.folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil).lowercased()
      .split { !$0.isLetter && !$0.isNumber }
      .map { String(String.UnicodeScalarView($0.unicodeScalars.filter(\.properties.isAlphanumeric).prefix(wordLimit))) }
      .filter { !$0.isEmpty }
  }

  /// What somebody typed, as words to be found; signs mean nothing.
  static func query(_ text: String) -> [String] {
    Array(words(of: text.prefix(queryCharacters)).prefix(queryWords))
  }

  /// FTS5: every word, the last one as a beginning. Words hold letters and digits only, so quoting is enough.
  static func fts5(_ words: [String]) -> String {
    words.map { "\"\($0)\"" }.joined(separator: " ") + " *"
  }

  static func tsquery(_ words: [String]) -> String {
    words.map { "'\($0)'" }.joined(separator: " & ") + ":*"
  }

  /// The part of a body around the first word found, cut at white space.
  static func snippet(_ body: String, for words: [String], length: Int = 160) -> String {
    let flat = body.split(whereSeparator: \.isWhitespace)
    let first = flat.firstIndex { piece in
      let found = Self.words(of: piece)
      return words.contains { word in found.contains { $0.hasPrefix(word) } }
    }
    let start = max(0, (first ?? 0) - 8)
    var text = start > 0 ? "…" : ""
    for (place, piece) in flat.enumerated().dropFirst(start) {
      if text.count + piece.count > length { return (place == start ? String(piece.prefix(length)) : text) + "…" }
      text += (text.isEmpty || text == "…" ? "" : " ") + piece
    }
    return text
  }
}

extension Unicode.Scalar.Properties {
  /// What both engines' tokenizers take for part of a word.
  fileprivate var isAlphanumeric: Bool { isAlphabetic || numericType == .decimal }
}
