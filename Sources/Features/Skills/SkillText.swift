import Foundation
import Kit

/// Texts about skills, reduced to what is compared.
enum SkillText {
  /// Words that say nothing about a skill.
  static let fillers: Set<String> = [
    "a", "an", "the", "of", "in", "on", "at", "to", "for", "and", "or", "with", "my", "our", "your", "their", "his", "her", "its", "is",
    "are",
    "be", "am", "i", "we", "you", "they", "it", "this", "that", "some", "s",
  ]

  /// Lower case words without accents, one space between them. `+` and `#` count as letters: C++, C#.
  static func folded(_ text: some StringProtocol) -> String { words(text).joined(separator: " ") }

  static func words(_ text: some StringProtocol) -> [String] {
    if let plain = text.utf8.withContiguousStorageIfAvailable({ asciiWords($0) }), let plain { return plain }
    return text.folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil).lowercased()
      .split { !$0.isLetter && !$0.isNumber && $0 != "+" && $0 != "#" }.map(String.init)
  }

  /// The words of plain ASCII, or nil for other text; most of a catalogue is plain.
  private static func asciiWords(_ bytes: UnsafeBufferPointer<UInt8>) -> [String]? {
    var words: [String] = []
    var word: [UInt8] = []
    for byte in bytes {
      switch byte {
      case 0x80...: return nil
      case 0x30...0x39, 0x61...0x7A, 0x2B, 0x23: word.append(byte)
      case 0x41...0x5A: word.append(byte | 0x20)
      default:
        if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
        word.removeAll(keepingCapacity: true)
      }
    }
    if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
    return words
  }

  /// What words mean whatever their order: "interviewing customers" and "customer interviews" are the same.
  static func meaning(_ stems: some Collection<String>) -> String { stems.sorted().joined(separator: " ") }

  /// The words that carry meaning, each reduced to its stem; all words when none does.
  static func stems(_ words: [String]) -> [String] {
    let telling = words.filter { !fillers.contains($0) }
    return (telling.isEmpty ? words : telling).map(stem)
  }

  /// A light English stemmer: "presenting", "presents" and "presented" meet in "present". It need not make words, only make equal
  /// forms equal.
  static func stem(_ word: String) -> String {
    if let regular = irregular[word] { return regular }
    guard word.utf8.count > 3, word.utf8.allSatisfy({ (0x61...0x7A).contains($0) }) else { return word }
    var stem = word
    if stem.hasSuffix("ies"), stem.utf8.count > 4 {
      stem.removeLast(3)
      stem += "y"
    } else if stem.hasSuffix("sses") || stem.hasSuffix("shes") || stem.hasSuffix("ches") || stem.hasSuffix("xes") {
      stem.removeLast(2)
    } else if stem.hasSuffix("s"), !stem.hasSuffix("ss"), !stem.hasSuffix("us"), !stem.hasSuffix("is") {
      stem.removeLast()
    }
    for ending in ["ing", "ed"]
    where stem.hasSuffix(ending) && stem.utf8.count - ending.utf8.count >= 3 && hasVowel(stem.dropLast(ending.count)) {
      stem.removeLast(ending.count)
      if let last = stem.last, stem.dropLast().last == last, !"aeiouls".contains(last) { stem.removeLast() }
      break
    }
    if stem.hasSuffix("e"), stem.utf8.count > 3 { stem.removeLast() }
    return stem
  }

  private static func hasVowel(_ text: Substring) -> Bool { text.contains { "aeiouy".contains($0) } }

  private static let irregular: [String: String] = [
    "gave": "giv", "given": "giv", "gives": "giv", "spoke": "speak", "spoken": "speak", "led": "lead", "said": "say", "wrote": "writ",
    "written": "writ", "writes": "writ", "made": "mak", "ran": "run", "running": "run", "chose": "choos", "chosen": "choos",
    "people": "people",
    "built": "build", "sold": "sell", "bought": "buy", "taught": "teach", "told": "tell", "kept": "keep", "understood": "understand",
    "saying": "say", "hired": "hir", "hire": "hir", "using": "us", "used": "us", "children": "child", "better": "better",
  ]
}
