import Kit
import Outside

/// Addresses as people paste them: one a line or with commas, semicolons or blanks between, bare or as `Ann Lee <ann@example.org>`.
struct PastedAddresses {
  /// As they are kept, each once, in the order given.
  private(set) var addresses: [String] = []
  /// What is no address, as it was given.
  private(set) var faults: [String] = []
  private var seen: Set<String> = []

  init(_ text: String) {
    for line in text.split(whereSeparator: { $0.isNewline || $0 == ";" }) { read(line) }
  }

  /// In a line with brackets the words outside of them are names, with commas or without.
  private mutating func read(_ line: Substring) {
    let parts = line.split(separator: "<", omittingEmptySubsequences: false)
    for (place, part) in parts.enumerated() {
      let end = place == 0 ? part.startIndex : part.firstIndex(of: ">") ?? part.endIndex
      if place > 0 { take(part[..<end]) }
      for words in part[end...].split(whereSeparator: { $0 == "," || $0 == ">" }) { read(words, besideBrackets: parts.count > 1) }
    }
  }

  private mutating func read(_ words: Substring, besideBrackets: Bool) {
    let all = words.split(whereSeparator: \.isWhitespace)
    let found = all.filter { $0.contains("@") }
    for word in found { take(word) }
    if found.isEmpty, !all.isEmpty, !besideBrackets { faults.append(all.joined(separator: " ")) }
  }

  private mutating func take(_ word: Substring) {
    var bare = word.filter { $0 != "\"" }.trimmed
    if bare.count > 2, bare.hasPrefix("'"), bare.hasSuffix("'") { bare = String(bare.dropFirst().dropLast()) }
    guard let address = try? EmailAddress(bare).normalised else {
      faults.append(bare.isEmpty ? "<>" : bare)
      return
    }
    if seen.insert(address).inserted { addresses.append(address) }
  }
}
