import Kit
import Store

extension Skill {
  /// What somebody chose or typed as skills: ids, slugs, labels or other names of a skill, also several of them with commas between.
  ///
  /// Each skill comes once, in the order given. A text that names no skill is refused with the nearest skills as a hint.
  public static func resolve(_ texts: [String], field: String = "skills", _ tx: Transaction) throws -> [ID<Skill>] {
    let wanted = texts.map(\.trimmed).filter { !$0.isEmpty }
    if wanted.isEmpty { return [] }
    let parts = wanted.flatMap { text in [text] + text.split(separator: ",").map(\.trimmed).filter { !$0.isEmpty && $0 != text } }
    let known = try meanings(of: parts, tx)
    var resolved: [ID<Skill>] = []
    for text in wanted {
      let ids: [ID<Skill>]
      if let id = known[text] {
        ids = [id]
      } else {
        ids = try text.split(separator: ",").map(\.trimmed).filter { !$0.isEmpty }.map { part in
          guard let id = known[part] else { throw Problem.invalid(field, try refusal(part, tx)) }
          return id
        }
      }
      for id in ids where !resolved.contains(id) { resolved.append(id) }
    }
    return resolved
  }

  /// The same for one skill.
  public static func resolve(_ text: String, field: String = "skill", _ tx: Transaction) throws -> ID<Skill> {
    guard let id = try resolve([text], field: field, tx).first else { throw Problem.invalid(field, "Choose a skill.") }
    return id
  }

  /// Two statements, however many texts there are.
  private static func meanings(of texts: [String], _ tx: Transaction) throws -> [String: ID<Skill>] {
    let ids = texts.compactMap { ID<Skill>($0) }
    let uris = texts.map { scheme + $0.lowercased() }
    let byName: [Skill] = try tx.all(
      "SELECT \(columns) FROM skill WHERE id IN \(SQL.list(ids)) OR uri IN \(SQL.list(uris))")
    let phrases = Set(texts.map(SkillText.folded)).subtracting([""])
    let byPhrase = try tx.rows(
      """
      SELECT phrase, skill_id FROM skill_phrase WHERE phrase IN \(SQL.list(phrases.sorted())) ORDER BY shelf DESC, skill_id DESC
      """)
    var idOfPhrase: [String: ID<Skill>] = [:]
    for row in byPhrase { idOfPhrase[try row("phrase")] = try row("skill_id") as ID<Skill> }
    var known: [String: ID<Skill>] = [:]
    for text in texts {
      let named = byName.first { $0.id == ID<Skill>(text) } ?? byName.first { $0.slug == text.lowercased() }
      known[text] = named?.id ?? idOfPhrase[SkillText.folded(text)]
    }
    return known
  }

  private static func refusal(_ text: String, _ tx: Transaction) throws -> String {
    let near = try suggest(from: text, limit: 3, tx) + search(text, limit: 3, tx)
    var labels: [String] = []
    for skill in near where !labels.contains(skill.label) && labels.count < 3 { labels.append(skill.label) }
    let start = "“\(text.shortened(to: 60))” is not in the list of skills."
    return labels.isEmpty ? "\(start) Use another word for it." : "\(start) Near it: \(labels.joined(separator: ", "))."
  }
}
