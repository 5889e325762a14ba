import Foundation
import Interchange
import Kit
import Store
import Web

/// The lessons and tracks that ship with Tandem.
public enum StarterLessons {
  /// Puts them into an organisation. Doing it again brings newer texts and keeps everybody's progress.
  public static func install(org: ID<Organisation>, tx: Transaction, world: World) throws {
    let pack = try shipped.get()
    let skills = try Skill.slugs(Set(pack.lessons.flatMap { $0.document.skills.map(\.skill) } + pack.tracks.map(\.skill)), tx)
    var ids: [String: ID<Lesson>] = [:]
    for lesson in pack.lessons {
      let document = lesson.document
      ids[document.id] = try StoreLesson(
        document: document, minutes: lesson.minutes,
        skills: document.skills.compactMap { named in skills[named.skill].map { .init(id: $0, level: named.level) } },
        origin: "starter", state: .published, author: nil, authorName: document.author ?? "Tandem"
      )(tx, org: org, world)
    }
    for track in pack.tracks { try track.store(lessons: ids, skill: skills[track.skill], tx, org: org, world) }
  }

  struct Pack: Sendable {
    struct Entry: Sendable {
      let document: LessonDocument
      let minutes: Int
    }
    let lessons: [Entry]
    let tracks: [TrackFile]
  }

  /// Read once: the files do not change while the program runs.
  static let shipped = Result { try read(Content.folder().appending(path: "lessons"), tracks: Content.yaml("tracks.yaml")) }

  static func read(_ folder: URL, tracks: [TrackFile]) throws -> Pack {
    let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == "md" }.sorted { $0.lastPathComponent < $1.lastPathComponent }
    let lessons = try files.map { file in
      let reading = LessonDocument.read(try Data(contentsOf: file), files: [:])
      guard let document = reading.document else { throw Refused(file: file.lastPathComponent, findings: reading.errors) }
      return Pack.Entry(document: document, minutes: reading.duration.minutes)
    }
    return Pack(lessons: lessons, tracks: tracks)
  }

  /// A file that breaks a rule, with lines and reasons.
  struct Refused: Error, CustomStringConvertible {
    let file: String
    let findings: [Finding]
    var description: String { findings.map { "\(file), line \($0.line): \($0.text)" }.joined(separator: "\n") }
  }
}
