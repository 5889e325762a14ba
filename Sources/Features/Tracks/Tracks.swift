import Kit
import Store
import Web

/// Tracks, and how far somebody is in them.
extension Feature {
  static let tracks = Feature(
    "Tracks",
    endpoints: [],
    migrations: TrackTables.migrations
  )
}
