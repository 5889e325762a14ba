import Kit
import Store
import Web

/// Colleagues by what somebody has typed of their name, for the field of one's manager.
struct FindColleague: UseCase {
  static let rules: [String: Rule] = ["q": .text(0...100)]
  var q: String?

  struct Page: Output {
    struct Item: Output {
      let id: ID<Person>
      let label: String
      let detail: String
    }
    let q: String
    let items: [Item]
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Page {
    Page(q: (q ?? "").trimmed, items: try found(viewer, tx))
  }

  func found(_ viewer: Viewer, _ tx: Transaction) throws -> [Page.Item] {
    let text = (q ?? "").trimmed
    if text.isEmpty { return [] }
    let pattern = text.folded.map { "%_\\".contains($0) ? "\\\($0)" : "\($0)" }.joined()
    let rows = try tx.rows(
      """
      SELECT id, name, title, department FROM person
      WHERE org_id = \(viewer.org) AND state = 'active' AND id <> \(viewer.person)
        AND \(Block.leavesOut("id", of: viewer.person, org: viewer.org))
        AND (\(tx.dialect.folded("name")) LIKE \(pattern + "%") ESCAPE '\\' OR \(tx.dialect.folded("name")) LIKE \("% " + pattern + "%") ESCAPE '\\')
      ORDER BY name, id LIMIT 10
      """)
    return try rows.map { row in
      let detail = [try row("title", as: String.self), try row("department", as: String.self)].filter { !$0.isEmpty }
      return Page.Item(id: try row("id"), label: try row("name"), detail: detail.joined(separator: ", "))
    }
  }

  /// The person meant by ids, names or addresses, of which the last counts; nil for none.
  static func resolve(_ texts: [String], _ viewer: Viewer, _ tx: Transaction) throws -> ID<Person>? {
    guard let text = texts.map(\.trimmed).last(where: { !$0.isEmpty }) else { return nil }
    // Who is set already may stay, also after they have left.
    let current: ID<Person>? = try tx.value("SELECT manager_id FROM person WHERE org_id = \(viewer.org) AND id = \(viewer.person)")
    if let current, ID<Person>(text) == current { return current }
    let typed = text.lowercased()
    let found: [ID<Person>] = try tx.values(
      """
      SELECT id FROM person WHERE org_id = \(viewer.org) AND state IN ('active', 'invited')
        AND \(Block.leavesOut("id", of: viewer.person, org: viewer.org))
        AND (id = \(ID<Person>(text) ?? ID(-1)) OR \(tx.dialect.folded("name")) = \(typed.folded) OR email = \(typed)) LIMIT 3
      """)
    guard let manager = found.first else {
      throw Problem.invalid("manager", "Nobody here is called “\(text.shortened(to: 60))”. Type the whole name or the e-mail address.")
    }
    guard found.count == 1 else { throw Problem.invalid("manager", "Several people are called so. Type the e-mail address.") }
    if manager == viewer.person { throw Problem.invalid("manager", "Choose somebody else than yourself.") }
    // Bounded, so that a ring already in the data does not hang.
    let above = try tx.count(
      """
      WITH RECURSIVE up (id, depth) AS (
        SELECT manager_id, 1 FROM person WHERE org_id = \(viewer.org) AND id = \(manager)
        UNION ALL
        SELECT person.manager_id, up.depth + 1 FROM person JOIN up ON person.org_id = \(viewer.org) AND person.id = up.id WHERE up.depth < 30)
      SELECT count(*) FROM up WHERE id = \(viewer.person)
      """)
    if above > 0 { throw Problem.invalid("manager", "This person reports to you, so they cannot be your manager.") }
    return manager
  }
}
