import Kit
import Store
import Web

/// A track and how many of its lessons the viewer has done.
struct TrackProgress: Output, Hashable {
  let id: ID<Track>
  let title: String
  let summary: String
  let href: String
  let done: Int
  let total: Int
  let percent: Int
  /// "3 of 5 lessons".
  let words: String
}

extension TrackProgress {
  static func all(_ viewer: Viewer, _ tx: Transaction) throws -> [TrackProgress] {
    try tx.rows(
      """
      SELECT track.id, track.title, track.summary, count(track_lesson.lesson_id) AS total, \(done(viewer)) AS done FROM track
        LEFT JOIN track_lesson ON track_lesson.org_id = track.org_id AND track_lesson.track_id = track.id
      WHERE track.org_id = \(viewer.org) GROUP BY track.id, track.title, track.summary ORDER BY track.title, track.id LIMIT 100
      """
    ).map { row in
      let (done, total): (Int, Int) = (try row("done"), try row("total"))
      let id: ID<Track> = try row("id")
      return TrackProgress(
        id: id, title: try row("title"), summary: try row("summary"), href: "/tracks/\(id)", done: done, total: total,
        percent: total == 0 ? 0 : done * 100 / total, words: "\(done) of \(counted(total, "lesson"))")
    }
  }

  /// Those that are under way.
  static func begun(_ viewer: Viewer, _ tx: Transaction) throws -> [TrackProgress] {
    try all(viewer, tx).filter { $0.done > 0 && $0.done < $0.total }
  }

  private static func done(_ viewer: Viewer) -> SQL {
    """
    coalesce(sum(CASE WHEN EXISTS (SELECT 1 FROM attempt WHERE attempt.org_id = track_lesson.org_id
      AND attempt.person_id = \(viewer.person) AND attempt.lesson_id = track_lesson.lesson_id AND attempt.finished_at IS NOT NULL)
      THEN 1 ELSE 0 END), 0)
    """
  }
}

/// All tracks.
struct ListTracks: UseCase {
  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> TracksPage {
    TracksPage(tracks: try TrackProgress.all(viewer, tx))
  }
}

struct TracksPage: Output { let tracks: [TrackProgress] }
