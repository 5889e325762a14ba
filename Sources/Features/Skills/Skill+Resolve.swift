import Kit
import Store

extension Skill {
  /// What somebody chose or typed as skills: ids, slugs, labels or other names of a skill, also several of them with commas between.
  ///
  /// Each skill comes once, in the order given. A text that names no skill is refused with the nearest skills as a hint.
  public static func resolve(_ texts: [String], field: String = "skills", _ tx: Transaction) throws -> [ID<Skill>] {
    let (named, unknown) = try read(texts, tx)
    if let text = unknown.first { throw Problem.invalid(field, try refusal(text, tx)) }
    return named
  }

  /// The skills that texts name, each once and in the order given, and the parts that name none.
  static func read(_ texts: [String], _ tx: Transaction) throws -> (named: [ID<Skill>], unknown: [String]) {
    let wanted = texts.map(\.trimmed).filter { !$0.isEmpty }
    if wanted.isEmpty { return ([], []) }
    let parts = { (text: String) in text.split(separator: ",").map(\.trimmed).filter { !$0.isEmpty } }
    let known = try meanings(of: wanted + wanted.flatMap(parts).filter { !wanted.contains($0) }, tx)
    var named: [ID<Skill>] = []
    var unknown: [String] = []
    // A name may hold a comma itself, so the whole text is tried first.
    for text in wanted.flatMap({ known[$0] == nil ? parts($0) : [$0] }) {
      if let id = known[text] {
        if !named.contains(id) { named.append(id) }
      } else {
        unknown.append(text)
      }
    }
    return (named, unknown)
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

  /// Skills that a text may have meant, best first.
  static func near(_ text: String, limit: Int, _ tx: Transaction) throws -> [Skill] {
    var found: [Skill] = []
    for skill in try suggest(from: text, limit: limit, tx) + search(text, limit: limit, tx)
    where !found.contains(where: { $0.label == skill.label }) { found.append(skill) }
    return Array(found.prefix(limit))
  }

  private static func refusal(_ text: String, _ tx: Transaction) throws -> String {
    let labels = try near(text, limit: 3, tx).map(\.label)
    let start = "“\(text.shortened(to: 60))” is not in the list of skills."
    return labels.isEmpty ? "\(start) Use another word for it." : "\(start) Near it: \(labels.joined(separator: ", "))."
  }
}
