import Kit
import Store

extension Skill {
  /// One skill found while somebody types.
  public struct Hit: Sendable, Hashable {
    public let skill: Skill
    public let topic: String
    /// Lower is better.
    let fit: Int
  }

  /// Skills for what somebody has typed so far, best first.
  public static func search(_ text: String, limit: Int = 12, _ tx: Transaction) throws -> [Skill] {
    try hits(text, limit: limit, tx).map(\.skill)
  }

  /// Labels that begin so come first, then other names that begin so, then skills that hold every word in any order. At equal fit
  /// those that ship with Tandem come before imported ones, then short before long.
  ///
  /// At most two statements, each over a range of an index: about a millisecond at 13,500 skills.
  public static func hits(_ text: String, limit: Int = 12, _ tx: Transaction) throws -> [Hit] {
    let words = Array(SkillText.words(text.prefix(200)).prefix(8))
    if words.isEmpty || limit < 1 { return [] }
    var found: [ID<Skill>: Hit] = [:]
    for hit in try beginning(words.joined(separator: " "), limit, tx) { keep(hit, in: &found) }
    if found.count < limit {
      for hit in try holding(words, limit, tx) { keep(hit, in: &found) }
    }
    let sorted = found.values.sorted { ($0.fit, $0.skill.label, $0.skill.id) < ($1.fit, $1.skill.label, $1.skill.id) }
    return Array(sorted.prefix(limit))
  }

  private static func keep(_ hit: Hit, in found: inout [ID<Skill>: Hit]) {
    if let other = found[hit.skill.id], other.fit <= hit.fit { return }
    found[hit.skill.id] = hit
  }

  private static func beginning(_ phrase: String, _ limit: Int, _ tx: Transaction) throws -> [Hit] {
    let shelves = (0...3).map { shelf in
      """
      SELECT * FROM (SELECT skill_id, phrase, shelf FROM skill_phrase
        WHERE shelf = \(shelf) AND phrase >= \(phrase) AND phrase < \(end(of: phrase)) ORDER BY phrase LIMIT \(limit)) AS shelf
      """ as SQL
    }
    return try tx.rows(
      """
      SELECT \(columns), skill.topic, p.phrase, p.shelf FROM (\(SQL.joined(shelves, by: " UNION ALL "))) AS p
      JOIN skill ON skill.id = p.skill_id
      """
    ).map { row in
      let isExact = try row("phrase", as: String.self) == phrase
      let shelf: Int = try row("shelf")
      // Labels before other names; within each exact before longer; then what ships with Tandem.
      let fit = shelf % 2 * 4 + (isExact ? 0 : 2) + shelf / 2
      return Hit(skill: try Skill(row: row), topic: try row("topic"), fit: fit)
    }
  }

  /// Skills that have every word, each as the beginning of one of theirs. The longest word, which few have, is looked up first; whether
  /// those few have the others too is seen from their own words.
  private static func holding(_ words: [String], _ limit: Int, _ tx: Transaction) throws -> [Hit] {
    var telling = words.filter { !SkillText.fillers.contains($0) }
    // A single letter beside longer words is only that letter: "c programming".
    let exact = telling.count > 1 ? telling.filter { $0.utf8.count == 1 } : []
    telling.removeAll { exact.contains($0) }
    let conditions =
      telling.sorted { ($1.utf8.count, $0) < ($0.utf8.count, $1) }.map { "word >= \($0) AND word < \(end(of: $0))" as SQL }
      + exact.map { "word = \($0)" as SQL }
    guard let first = conditions.first else { return [] }
    let others = conditions.dropFirst().map { condition in
      " + (SELECT min(o.rank) FROM skill_word o WHERE o.skill_id = w.skill_id AND \(condition))" as SQL
    }
    return try tx.rows(
      """
      SELECT \(columns), skill.topic, found.rank FROM (
        SELECT skill_id, rank FROM (
          SELECT w.skill_id, w.rank\(SQL.joined(others, by: "")) AS rank
          FROM (SELECT skill_id, min(rank) AS rank FROM skill_word WHERE \(first) GROUP BY skill_id) AS w) AS every
        WHERE rank IS NOT NULL ORDER BY rank, skill_id LIMIT \(limit)) AS found
      JOIN skill ON skill.id = found.skill_id
      """
    ).map { row in Hit(skill: try Skill(row: row), topic: try row("topic"), fit: 8 + (try row("rank", as: Int.self))) }
  }

  /// The first text after all that begin so.
  private static func end(of beginning: String) -> String { beginning + "\u{10FFFF}" }
}
