import Kit
import Store
import Web

/// One search for everything.
extension Feature {
  static let search = Feature(
    "Search",
    endpoints: [.page("/search", SearchEverything.self, "search/show", "Search people, lessons, skills and own insights")])
}
