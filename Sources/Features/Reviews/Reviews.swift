import Kit
import Store
import Web

/// Cards and their reviews.
extension Feature {
  static let reviews = Feature(
    "Reviews",
    endpoints: [],
    migrations: ReviewTables.migrations
  )
}
