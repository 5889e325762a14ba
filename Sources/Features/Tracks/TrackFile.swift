import Kit
import Store

/// A track as `tracks.yaml` writes it.
struct TrackFile: Decodable, Sendable {
  let id: String
  let title: String
  let summary: String
  /// The skill's short name.
  let skill: String
  let from: Int
  let to: Int
  let audience: String
  let lessons: [String]

  struct UnknownLesson: Error, CustomStringConvertible {
    let track: String
    let lesson: String
    var description: String { "tracks.yaml: the track \(track) names the lesson \(lesson), which is not there." }
  }

  func store(lessons known: [String: ID<Lesson>], skill: ID<Skill>?, _ tx: Transaction, org: ID<Organisation>, _ world: World) throws {
    let made: ID<Track> = world.id()
    let now = world.now()
    let row = try tx.row(
      """
      INSERT INTO track (org_id, id, slug, title, summary, skill_id, from_level, to_level, audience, created_at, updated_at)
      VALUES (\(org), \(made), \(id), \(title), \(summary), \(skill), \(from), \(to), \(audience), \(now), \(now))
      ON CONFLICT (org_id, slug) DO UPDATE SET title = excluded.title, summary = excluded.summary, skill_id = excluded.skill_id,
        from_level = excluded.from_level, to_level = excluded.to_level, audience = excluded.audience, updated_at = excluded.updated_at
      RETURNING id
      """)
    let track: ID<Track> = try row?("id") ?? made
    try tx.run("DELETE FROM track_lesson WHERE org_id = \(org) AND track_id = \(track)")
    var rows: [SQL] = []
    for (place, slug) in lessons.enumerated() {
      guard let lesson = known[slug] else { throw UnknownLesson(track: id, lesson: slug) }
      rows.append("(\(org), \(track), \(place), \(lesson))")
    }
    if rows.isEmpty { return }
    try tx.run("INSERT INTO track_lesson (org_id, track_id, position, lesson_id) VALUES \(SQL.joined(rows, by: ", "))")
  }
}
