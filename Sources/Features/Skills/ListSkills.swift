import Kit
import Store
import Web

/// The catalogue: what was searched for, or the skills that ship with Tandem by topic. The same value serves search as you type.
struct ListSkills: UseCase {
  static let rules: [String: Rule] = ["q": .text(0...200)]

  var q: String?

  struct Page: Output {
    struct Item: Output {
      let id: ID<Skill>
      let label: String
      let detail: String
      let href: String
    }

    struct Topic: Output {
      let name: String
      let items: [Item]
    }

    let q: String
    let items: [Item]
    let topics: [Topic]
    let foundNothing: Bool
    /// How many skills there are.
    let total: Int
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Page {
    let text = (q ?? "").trimmed
    if !text.isEmpty {
      let items = try Skill.hits(text, limit: 12, tx).map {
        Page.Item(id: $0.skill.id, label: $0.skill.label, detail: $0.topic, href: $0.skill.href)
      }
      return Page(q: text, items: items, topics: [], foundNothing: items.isEmpty, total: items.count)
    }
    let rows = try tx.rows("SELECT \(Skill.columns), skill.topic FROM skill WHERE source = 'starter' ORDER BY skill.topic, skill.label")
    var topics: [Page.Topic] = []
    var items: [Page.Item] = []
    var name = ""
    for row in rows {
      let skill = try Skill(row: row)
      let topic: String = try row("topic")
      if topic != name, !items.isEmpty { topics.append(Page.Topic(name: name, items: items)) }
      if topic != name { items = [] }
      name = topic
      items.append(Page.Item(id: skill.id, label: skill.label, detail: "", href: skill.href))
    }
    if !items.isEmpty { topics.append(Page.Topic(name: name, items: items)) }
    return Page(q: "", items: [], topics: topics, foundNothing: false, total: try tx.count("SELECT count(*) FROM skill"))
  }
}
