import Kit
import Store
import Web

/// Keeping somebody away, without telling them and without asking anybody.
extension Feature {
  static let blocks = Feature(
    "Blocks",
    endpoints: [
      .page("/you/blocks", ListBlocks.self, "blocks/index", "List whom you block"),
      .page("/you/blocks/:person", PersonToBlock.self, "blocks/new", "Ask before somebody is blocked"),
      .act(.post, "/you/blocks/:person", BlockPerson.self, "Block somebody", form: "/you/blocks/:person") {
        Destination("/you/blocks", say: "\($0.name) is blocked.", undo: Destination.undo("/you/blocks/\($0.person)/end"))
      },
      .act(.post, "/you/blocks/:person/end", Unblock.self, "Unblock somebody", form: "/you/blocks") {
        Destination("/you/blocks", say: "\($0.name) is not blocked any more.")
      },
    ],
    migrations: BlockTables.migrations,
    personalData: BlockTables.personalData)
}
