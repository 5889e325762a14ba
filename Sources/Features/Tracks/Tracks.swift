import Kit
import Store
import Web

/// Tracks, and how far somebody is in them.
extension Feature {
  static let tracks = Feature(
    "Tracks",
    endpoints: [
      .page("/tracks", ListTracks.self, "tracks/list", "List tracks"),
      .page("/tracks/:track", ShowTrack.self, "tracks/show", "Show a track"),
    ],
    migrations: TrackTables.migrations,
    personalData: [
      PersonalColumn(
        "track",
        ["org_id", "id", "slug", "title", "summary", "skill_id", "from_level", "to_level", "audience", "created_at", "updated_at"], .none,
        .keep),
      PersonalColumn("track_lesson", ["org_id", "track_id", "position", "lesson_id"], .none, .keep),
    ]
  )
}
