import Kit
import Store

/// Writes entries into the catalogue: new ones are made, changed ones replaced, equal ones left alone.
public struct SkillCatalogue {
  /// Rows of one insert; both engines bind at most 32,766 values in one statement.
  private static let batch = 500

  public struct Counts: Sendable, Hashable, Codable {
    public var created = 0
    public var updated = 0
    public var unchanged = 0

    static func += (a: inout Counts, b: Counts) {
      a.created += b.created
      a.updated += b.updated
      a.unchanged += b.unchanged
    }
  }

  @discardableResult
  public static func put(_ entries: [SkillEntry], _ tx: Transaction, _ world: World) throws -> Counts {
    var counts = Counts()
    for start in stride(from: 0, to: entries.count, by: batch) {
      counts += try putBatch(entries[start..<min(start + batch, entries.count)], tx, world)
    }
    return counts
  }

  private static func putBatch(_ entries: ArraySlice<SkillEntry>, _ tx: Transaction, _ world: World) throws -> Counts {
    var counts = Counts()
    let known = try present(entries.map(\.uri), tx)
    var fresh: [(ID<Skill>, SkillEntry)] = []
    var changed: [(ID<Skill>, SkillEntry)] = []
    var renamed: [ID<Skill>] = []
    for entry in entries {
      if let (id, before) = known[entry.uri] {
        if before == entry { counts.unchanged += 1 } else { changed.append((id, entry)) }
        if before.label != entry.label { renamed.append(id) }
      } else {
        fresh.append((world.id(), entry))
      }
    }
    counts.created = fresh.count
    counts.updated = changed.count
    let touched = fresh + changed
    if touched.isEmpty { return counts }
    try tx.run(
      """
      INSERT INTO skill (id, uri, label, alternatives, topic, description, source) VALUES \(SQL.joined(touched.map(values), by: ", "))
      ON CONFLICT (id) DO UPDATE SET label = excluded.label, alternatives = excluded.alternatives, topic = excluded.topic,
        description = excluded.description, source = excluded.source
      """)
    try index(touched, replacing: changed.map(\.0), tx)
    if !renamed.isEmpty { try OfferedTopics.renew(offering: renamed, tx) }
    return counts
  }

  private static func values(_ id: ID<Skill>, _ entry: SkillEntry) -> SQL {
    """
    (\(id), \(entry.uri), \(entry.label), \(entry.alternatives.joined(separator: "\n")), \(entry.topic), \(entry.description), \
    \(entry.source.rawValue))
    """
  }

  private static func index(_ entries: [(ID<Skill>, SkillEntry)], replacing old: [ID<Skill>], _ tx: Transaction) throws {
    if !old.isEmpty {
      try tx.run("DELETE FROM skill_phrase WHERE skill_id IN \(SQL.list(old))")
      try tx.run("DELETE FROM skill_word WHERE skill_id IN \(SQL.list(old))")
    }
    let phrases = entries.flatMap { id, entry in
      entry.phrases.map { phrase in "(\(phrase.phrase), \(id), \(phrase.shelf), \(phrase.stems))" as SQL }
    }
    try insert("skill_phrase (phrase, skill_id, shelf, stems)", phrases, tx)
    let words = entries.flatMap { id, entry in entry.words.map { word in "(\(word.word), \(id), \(word.rank))" as SQL } }
    try insert("skill_word (word, skill_id, rank)", words, tx)
  }

  private static func insert(_ target: SQL, _ rows: [SQL], _ tx: Transaction) throws {
    for start in stride(from: 0, to: rows.count, by: batch) {
      let some = Array(rows[start..<min(start + batch, rows.count)])
      try tx.run("INSERT INTO \(target) VALUES \(SQL.joined(some, by: ", "))")
    }
  }

  private static func present(_ uris: [String], _ tx: Transaction) throws -> [String: (ID<Skill>, SkillEntry)] {
    let rows = try tx.rows(
      "SELECT id, uri, label, alternatives, topic, description, source FROM skill WHERE uri IN \(SQL.list(uris))")
    var found: [String: (ID<Skill>, SkillEntry)] = [:]
    for row in rows {
      let alternatives: String = try row("alternatives")
      let entry = SkillEntry(
        uri: try row("uri"), label: try row("label"),
        alternatives: alternatives.isEmpty ? [] : alternatives.split(separator: "\n").map(String.init),
        topic: try row("topic"), description: try row("description"),
        source: SkillEntry.Source(rawValue: try row("source")) ?? .esco)
      found[entry.uri] = (try row("id"), entry)
    }
    return found
  }
}
