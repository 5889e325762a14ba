import Interchange
import Kit
import Store
import Web

/// What files of lessons would do, or did.
public struct LessonImportReport: Output, Hashable {
  public var added = 0
  public var changed = 0
  public var unchanged = 0
  /// Questions in files of questions.
  public var questions = 0
  /// "feedback.md, line 12: …". With one of them nothing is changed.
  public var faults: [String] = []
  /// What is taken, though something is odd.
  public var warnings: [String] = []
  public var isDryRun = false
}

/// Takes lessons and questions into an organisation, all or none. A lesson is known again by the id in its front matter; progress stays.
public struct ImportLessons: Sendable {
  let isDryRun: Bool
  /// New lessons can be found at once; else they begin as drafts.
  let isPublished: Bool
  let progress: @Sendable (_ done: Int, _ of: Int) -> Void
  /// What reading the files alone has shown.
  let found: LessonImportReport
  private let lessons: [Read]

  /// Reads the files. Make it outside of a transaction, for which others would have to wait.
  public init(
    _ pack: LessonPack, isDryRun: Bool, isPublished: Bool = false, progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) {
    self.isDryRun = isDryRun
    self.isPublished = isPublished
    self.progress = progress
    var found = LessonImportReport()
    found.isDryRun = isDryRun
    found.warnings = pack.passedOver.prefix(50).map { "\($0) is neither a lesson nor a file of questions and was passed over." }
    if pack.files.isEmpty { found.faults.append("There is no lesson (.md) and no file of questions (.gift) in it.") }
    lessons = Self.read(pack, &found)
    self.found = found
  }

  private struct Read {
    let file: String
    let document: LessonDocument
    let minutes: Int
  }

  public func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> LessonImportReport {
    var report = found
    let skills = try Skill.slugs(Set(lessons.flatMap { $0.document.skills.map(\.skill) }), tx)
    let known = try known(viewer, tx)
    for lesson in lessons {
      for named in lesson.document.skills where skills[named.skill] == nil {
        report.warnings.append("\(lesson.file): the skill \(named.skill) is not known here and is left out.")
      }
      switch known[lesson.document.id] {
      case nil: report.added += 1
      case .some(let old) where old.source == lesson.document.text: report.unchanged += 1
      case .some(let old) where !old.lesson.mayEdit(viewer):
        report.faults.append("\(lesson.file): the lesson \(lesson.document.id) here is not yours to change. Give this one another id.")
      case .some: report.changed += 1
      }
    }
    guard report.faults.isEmpty, !isDryRun else { return report }
    for (place, lesson) in lessons.enumerated() {
      if place > 0, place % 100 == 0 { progress(place, lessons.count) }
      let old = known[lesson.document.id]
      if old?.source == lesson.document.text { continue }
      _ = try StoreLesson(
        document: lesson.document, minutes: lesson.minutes,
        skills: lesson.document.skills.compactMap { named in skills[named.skill].map { .init(id: $0, level: named.level) } },
        origin: "authored", state: old?.lesson.state ?? (isPublished ? .published : .draft), audience: old?.lesson.audience ?? .everybody,
        author: viewer.person, authorName: lesson.document.author ?? viewer.name)(tx, org: viewer.org, world)
    }
    try tx.record(
      viewer, "lessons.imported", viewer.person, ["added": "\(report.added)", "changed": "\(report.changed)"], world)
    return report
  }

  private static func read(_ pack: LessonPack, _ report: inout LessonImportReport) -> [Read] {
    var read: [Read] = []
    for file in pack.files {
      if file.isLesson {
        let reading = LessonDocument.read(file.content, files: [:])
        report.faults += reading.errors.map { "\(file.name), line \($0.line): \($0.text)" }
        report.warnings += reading.warnings.map { "\(file.name), line \($0.line): \($0.text)" }
        if let document = reading.document { read.append(Read(file: file.name, document: document, minutes: reading.duration.minutes)) }
      } else {
        let lessons = QuestionLessons(file)
        report.faults += lessons.faults
        report.questions += lessons.questions
        read += lessons.documents.map { Read(file: file.name, document: $0.document, minutes: $0.minutes) }
      }
    }
    var files: [String: String] = [:]
    for lesson in read {
      if let other = files.updateValue(lesson.file, forKey: lesson.document.id) {
        report.faults.append("\(lesson.file): the id \(lesson.document.id) is that of \(other) too.")
      }
    }
    return read
  }

  private func known(_ viewer: Viewer, _ tx: Transaction) throws -> [String: (source: String, lesson: Lesson)] {
    Dictionary(
      try tx.rows("SELECT \(Lesson.columns), lesson.source FROM lesson WHERE lesson.org_id = \(viewer.org)").map {
        (try $0("slug"), (source: try $0("source"), lesson: try Lesson(row: $0)))
      }, uniquingKeysWith: { first, _ in first })
  }
}
