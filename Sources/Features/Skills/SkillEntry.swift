import Kit

/// A skill as a list of skills states it.
public struct SkillEntry: Sendable, Hashable {
  public enum Source: String, Sendable {
    /// Ships with Tandem.
    case starter
    /// Imported from the European classification of skills and occupations.
    case esco
  }

  public var uri: String
  public var label: String
  public var alternatives: [String]
  public var topic: String
  public var description: String
  public var source: Source

  /// What it is found by: the label and the other names, each folded, with how well it counts.
  var phrases: [(phrase: String, shelf: Int, stems: String)] {
    let shelf = source == .starter ? 0 : 2
    var seen: Set<String> = []
    return ([label] + alternatives).enumerated().compactMap { place, text in
      let words = SkillText.words(text)
      let phrase = words.joined(separator: " ")
      guard !phrase.isEmpty, seen.insert(phrase).inserted else { return nil }
      return (phrase, shelf + (place == 0 ? 0 : 1), SkillText.meaning(SkillText.stems(words)))
    }
  }

  /// Its words with their rank: those of the label before others, starter skills before imported ones, short labels before long.
  var words: [(word: String, rank: Int)] {
    let base = (source == .starter ? 0 : 1000) + min(label.utf8.count, 999)
    var ranks: [String: Int] = [:]
    for word in alternatives.flatMap({ SkillText.words($0) }) where !SkillText.fillers.contains(word) { ranks[word] = base + 2000 }
    for word in SkillText.words(label) where !SkillText.fillers.contains(word) { ranks[word] = base }
    return ranks.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}
