import Kit
import Store
import Web

/// Members by name, title or department.
enum PeopleSearch {
  static let shown = 8
  /// Names held against what was typed when nothing fits exactly.
  static let candidates = 5_000

  static func find(_ text: String, _ viewer: Viewer, _ tx: Transaction) throws -> [SearchEverything.Hit] {
    let words = SearchWord.words(text)
    guard let first = words.first, !first.isEmpty else { return [] }
    let exact = try load(viewer, matching(words, tx.dialect), limit: 200, tx)
    let found = ranked(exact, words)
    if !found.isEmpty { return found }
    let initial = String(first.prefix(1))
    // A slip in the first letter is rare: names of which one part begins alike are enough to look at.
    return ranked(
      try load(
        viewer, "(\(tx.dialect.folded("name")) LIKE \(initial + "%") OR \(tx.dialect.folded("name")) LIKE \("% " + initial + "%"))",
        limit: candidates, tx), words)
  }

  private static func load(_ viewer: Viewer, _ condition: SQL, limit: Int, _ tx: Transaction) throws -> [Member] {
    try tx.all(
      """
      SELECT \(Member.columns) FROM person WHERE org_id = \(viewer.org) AND state = 'active' AND \(condition)
        AND \(Block.leavesOut("id", of: viewer.person, org: viewer.org))
      ORDER BY name, id LIMIT \(limit)
      """)
  }

  /// Every word somewhere in the name, the title or the department.
  private static func matching(_ words: [[Character]], _ dialect: Dialect) -> SQL {
    .joined(
      words.map { word in
        let part = "%" + String(word) + "%"
        return """
          (\(dialect.folded("name")) LIKE \(part) OR \(dialect.folded("title")) LIKE \(part)
            OR \(dialect.folded("department")) LIKE \(part))
          """
      }, by: " AND ")
  }

  private static func ranked(_ members: [Member], _ words: [[Character]]) -> [SearchEverything.Hit] {
    members.compactMap { member -> (slips: Int, member: Member, why: String)? in
      if let slips = TypingErrors.slips(words, in: SearchWord.words(member.name)) {
        return (slips, member, slips == 0 ? "Name" : "Name, spelt nearly so")
      }
      let rest = SearchWord.words(member.name + " " + member.title + " " + member.department)
      guard let slips = TypingErrors.slips(words, in: rest) else { return nil }
      return (slips + 1, member, "Title or department")
    }
    .sorted { ($0.slips, $0.member.name, $0.member.id) < ($1.slips, $1.member.name, $1.member.id) }
    .prefix(shown)
    .map { entry in
      let facts = [entry.why, entry.member.title, entry.member.department, entry.member.isMentor ? "Mentor" : ""].filter { !$0.isEmpty }
      return SearchEverything.Hit(
        title: entry.member.name, href: entry.member.isMentor ? "/mentors/\(entry.member.id)" : nil, why: facts.joined(separator: " · "),
        person: entry.member)
    }
  }
}
