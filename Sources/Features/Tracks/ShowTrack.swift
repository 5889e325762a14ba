import Kit
import SpacedRepetition
import Store
import Web

/// A track: its lessons in order, how far the viewer is, and what they would still recall.
struct ShowTrack: UseCase {
  var track: ID<Track>

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> TrackPage {
    let track = try Track.find(track, for: viewer, tx)
    let lessons: [Lesson] = try tx.all(
      """
      SELECT \(Lesson.columns) FROM track_lesson JOIN lesson ON lesson.org_id = track_lesson.org_id AND lesson.id = track_lesson.lesson_id
      WHERE track_lesson.org_id = \(viewer.org) AND track_lesson.track_id = \(track.id) AND \(Lesson.visible(to: viewer))
      ORDER BY track_lesson.position
      """)
    let summaries = try LessonSummary.list(lessons, viewer, tx)
    let skill = try track.skill.flatMap { try Skill.named([$0], tx)[$0] }
    let done = summaries.count(where: \.isDone)
    let next = summaries.first { !$0.isDone }
    return TrackPage(
      id: track.id, title: track.title, summary: track.summary,
      leads: skill.map { skill in
        let from = track.fromLevel == 0 ? "the beginning to level" : "level \(track.fromLevel) to"
        return "\(skill.label), from \(from) \(track.toLevel)"
      },
      progress: .init(
        label: "Lessons done", done: done, total: summaries.count, percent: summaries.isEmpty ? 0 : done * 100 / summaries.count),
      lessons: summaries,
      next: next.map { Form.Link($0.progress == nil ? done == 0 ? "Start" : "Continue" : "Continue", $0.href) },
      minutes: "\(summaries.filter { !$0.isDone }.reduce(0) { $0 + $1.minutes }) min left",
      retention: try RetentionLine.load(lessons.map(\.id), viewer, LearningClock(zone: viewer.zone, world), tx))
  }
}

struct TrackPage: Output {
  let id: ID<Track>
  let title: String
  let summary: String
  let leads: String?
  let progress: LessonPlayer.Progress
  let lessons: [LessonSummary]
  let next: Form.Link?
  let minutes: String
  let retention: RetentionLine?
}
