import Kit
import Store
import Web

/// Whom the viewer blocks, by name. Who blocks them is told to nobody.
struct ListBlocks: UseCase {
  struct Entry: Output {
    let person: ID<Person>
    let name: String
    let initials: String
    let ground: Int
    let since: Moment
    let end: Form
  }

  struct Page: Output {
    let blocks: [Entry]
    let isEmpty: Bool
  }

  init() {}

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Page {
    let rows = try tx.rows(
      """
      SELECT \(Member.columns), person_block.created_at AS since FROM person_block
      JOIN person ON person.org_id = person_block.org_id AND person.id = person_block.blocked_id
      WHERE person_block.org_id = \(viewer.org) AND person_block.person_id = \(viewer.person) ORDER BY person.name, person.id
      """)
    let blocks = try rows.map { row in
      let member = try Member(row: row)
      return Entry(
        person: member.id, name: member.name, initials: member.initials, ground: member.ground,
        since: Moment(try row("since"), viewer, now: world.now()), end: Form("/you/blocks/\(member.id)/end", button: "Unblock", []))
    }
    return Page(blocks: blocks, isEmpty: blocks.isEmpty)
  }
}
