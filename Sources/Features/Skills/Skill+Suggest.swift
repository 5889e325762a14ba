import Kit
import Store

extension Skill {
  /// Words of a text that are looked at, and words of the longest name that is recognised in it.
  private static let textWords = 400
  private static let longestName = 5

  /// Skills that a text speaks of, best first: labels and other names found in it, whatever the forms and order of
  /// their words.
  /// The same text gives the same skills. One statement.
  public static func suggest(from text: String, limit: Int = 3, _ tx: Transaction) throws -> [Skill] {
    let stems = SkillText.stems(Array(SkillText.words(text).prefix(textWords)))
    var places: [String: Int] = [:]
    for start in stems.indices {
      for length in 1...longestName where start + length <= stems.count {
        let run = SkillText.meaning(stems[start..<start + length])
        if places[run] == nil { places[run] = start }
      }
    }
    if places.isEmpty || limit < 1 { return [] }
    let rows = try tx.rows(
      """
      SELECT \(columns), p.stems, p.shelf FROM skill_phrase p JOIN skill ON skill.id = p.skill_id
      WHERE p.stems IN \(SQL.list(places.keys.sorted()))
      """)
    let found = try rows.map { row in
      Mention(skill: try Skill(row: row), stems: try row("stems"), shelf: try row("shelf"))
    }
    return Array(Mention.weighed(found, places: places).prefix(limit))
  }
}

/// A name of a skill that stands in a text.
private struct Mention {
  let skill: Skill
  let stems: String
  let shelf: Int

  var isStarter: Bool { shelf < 2 }
  var words: Int { stems.split(separator: " ").count }

  /// A long name says more than a short one; a label a little more than another name. One word of an imported catalogue is too
  /// common to count ("work", "oil").
  var weight: Int {
    if !isStarter, words < 2 { return 0 }
    return words * words * 10 + (shelf % 2 == 0 ? 3 : 0) + (isStarter ? 5 : 0)
  }

  /// Skills by the sum of what speaks for them, then in the order of the text.
  static func weighed(_ mentions: [Mention], places: [String: Int]) -> [Skill] {
    // A name inside a longer one of another skill does not count: "project" in "project management".
    let spans = mentions.map { mention -> Range<Int> in
      let start = places[mention.stems] ?? 0
      return start..<start + mention.words
    }
    var weights: [ID<Skill>: (skill: Skill, weight: Int, place: Int)] = [:]
    for (mention, span) in zip(mentions, spans) where mention.weight > 0 {
      let isCovered = spans.contains { $0.count > span.count && $0.lowerBound <= span.lowerBound && $0.upperBound >= span.upperBound }
      if isCovered { continue }
      let before = weights[mention.skill.id]
      weights[mention.skill.id] = (
        mention.skill, (before?.weight ?? 0) + mention.weight, min(before?.place ?? .max, span.lowerBound)
      )
    }
    return weights.values
      .sorted { ($1.weight, $0.place, $0.skill.label, $0.skill.id) < ($0.weight, $1.place, $1.skill.label, $1.skill.id) }
      .map(\.skill)
  }
}
