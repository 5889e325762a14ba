import Kit
import Store
import Web

/// What to learn next, and what is assigned.
extension Feature {
  static let learn = Feature(
    "Learn",
    endpoints: [],
    migrations: LearnTables.migrations
  )
}
