import Interchange
import Kit
import Store
import Web

/// A lesson: its cover, or with `part` one screen of the player.
struct ShowLesson: UseCase {
  var lesson: ID<Lesson>
  /// The screen, from 1.
  var part: Int?
  /// The way through a scenario.
  var path: String?

  static var rules: [String: Rule] { ["part": .number(1...500), "path": .text(0...100)] }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> LessonPage {
    let lesson = try Lesson.find(lesson, for: viewer, tx)
    let document = try lesson.document(org: viewer.org, tx)
    let attempt = try Attempt.latest(lesson.id, viewer, tx)
    var page = LessonPage(id: lesson.id, title: lesson.title, language: lesson.language, minutes: lesson.minutes, parts: lesson.parts)
    guard let part else {
      page.cover = try LessonCover(lesson, document, attempt, viewer, tx, world)
      return page
    }
    let screens = Screen.screens(of: document)
    let place = min(part, screens.count)
    guard screens.indices.contains(place - 1) else { throw Problem.notFound }
    let open = attempt.flatMap { $0.isFinished ? nil : $0 }
    let answer = try open?.answers(viewer, version: lesson.version, tx)[place]
    page.player = LessonPlayer(lesson, screens[place - 1], place, of: screens.count, answer: answer, path: path, viewer)
    return page
  }
}

struct LessonPage: Output {
  let id: ID<Lesson>
  let title: String
  let language: String
  let minutes: Int
  let parts: Int
  var cover: LessonCover?
  var player: LessonPlayer?
}
