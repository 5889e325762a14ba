import Interchange
import Kit
import Store
import Web

/// Saves a new lesson as a draft.
struct WriteLesson: UseCase {
  var title: String
  /// Ids or labels.
  var skills: [String]?
  var level: Int?
  var text: String
  var audience: Lesson.Audience?
  /// The insight it grew from.
  var insight: ID<Insight>?

  static var rules: [String: Rule] {
    ["title": .text(3...120), "skills": .list(0...80), "level": .number(1...5), "text": .text(1...60_000)]
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> LessonHandle {
    try LessonWriters.admit(viewer, audience: audience)
    if let insight { _ = try Insight.find(insight, for: viewer, tx) }
    let words = title.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
    let slug = String(words).split(separator: "-").prefix(6).joined(separator: "-")
    let name = [slug, world.id(Lesson.self).description.suffix(6).lowercased()].filter { !$0.isEmpty }.joined(separator: "-")
    let draft = LessonDraft(slug: name, title: title, text: text, author: viewer.name)
    let (document, minutes) = try draft.read()
    let id = try StoreLesson(
      document: document, minutes: minutes, skills: try LessonWriters.skills(skills ?? [], level: level ?? 2, tx), origin: "authored",
      state: .draft, audience: audience ?? .mentees, author: viewer.person, authorName: viewer.name, insight: insight
    )(tx, org: viewer.org, world)
    try tx.record(viewer, "lesson.written", id, ["minutes": "\(minutes)"], world)
    return LessonHandle(id: id, title: document.title, minutes: minutes, state: .draft)
  }
}

/// Saves the next version of a lesson.
struct RewriteLesson: UseCase {
  var lesson: ID<Lesson>
  var title: String
  var skills: [String]?
  var level: Int?
  var text: String
  var audience: Lesson.Audience?
  /// The version that the author saw; what somebody else changed since then is not overwritten.
  var version: Int

  static var rules: [String: Rule] { WriteLesson.rules }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> LessonHandle {
    let old = try LessonWriters.find(lesson, viewer, tx)
    // Whoever was an editor once may not go on writing for everybody.
    try LessonWriters.admit(viewer, audience: audience ?? old.audience)
    guard version == old.version else {
      throw Problem.conflict(
        code: "lesson_changed", detail: "This lesson was changed in another window. Copy your text, then open it again.")
    }
    let chosen = try chosenSkills(old, viewer, tx)
    var stored = try old.document(org: viewer.org, tx)
    stored.skills = try written(chosen, tx)
    let draft = LessonDraft(slug: old.slug, title: title, text: text, author: old.authorName, stored: stored)
    let (document, minutes) = try draft.read()
    if old.state == .published { try LessonDraft.checkWritten(document.text) }
    let id = try StoreLesson(
      document: document, minutes: minutes, skills: chosen, origin: "authored", state: old.state, audience: audience ?? old.audience,
      author: old.author, authorName: old.authorName
    )(tx, org: viewer.org, world)
    try tx.record(viewer, "lesson.rewritten", id, ["minutes": "\(minutes)"], world)
    return LessonHandle(id: id, title: document.title, minutes: minutes, state: old.state)
  }

  /// The form shows the level of the first skill. While it is left as it is, each skill keeps its own.
  private func chosenSkills(_ old: Lesson, _ viewer: Viewer, _ tx: Transaction) throws -> [StoreLesson.LessonSkill] {
    let chosen = try LessonWriters.skills(skills ?? [], level: level ?? 2, tx)
    let before = try LessonSkills.of([old.id], org: viewer.org, tx)
    if let level, level != before.first?.level ?? 2 { return chosen }
    let own = Dictionary(before.map { ($0.skill, $0.level) }, uniquingKeysWith: { first, _ in first })
    return chosen.map { StoreLesson.LessonSkill(id: $0.id, level: own[$0.id] ?? $0.level) }
  }

  /// Skills as a file names them: at most twenty, and only those that ship with Tandem have a name there.
  private func written(_ chosen: [StoreLesson.LessonSkill], _ tx: Transaction) throws -> [LessonDocument.SkillLevel] {
    let known = try Skill.named(chosen.map(\.id), tx)
    var written: [LessonDocument.SkillLevel] = []
    for skill in chosen.prefix(20) {
      if let slug = known[skill.id]?.slug { written.append(LessonDocument.SkillLevel(skill: slug, level: skill.level)) }
    }
    return written
  }
}

/// Makes a draft findable, or takes a lesson out of the library.
struct PublishLesson: UseCase {
  var lesson: ID<Lesson>
  var audience: Lesson.Audience?
  /// Withdraw it instead. What people learned from it stays theirs.
  var withdraw: Bool?

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> LessonHandle {
    let old = try LessonWriters.find(lesson, viewer, tx)
    let audience = audience ?? old.audience
    try LessonWriters.admit(viewer, audience: audience)
    let state: Lesson.State = withdraw == true ? .withdrawn : .published
    let document = try old.document(org: viewer.org, tx)
    if state == .published { try LessonDraft.checkWritten(document.text) }
    try tx.swap(
      """
      UPDATE lesson SET state = \(state), audience = \(audience), updated_at = \(world.now()),
        published_at = \(state == .published ? world.now() : nil)
      WHERE org_id = \(viewer.org) AND id = \(lesson) AND state = \(old.state)
      """, otherwise: .conflict(code: "lesson_changed", detail: "This lesson was changed a moment ago. Look at it again."))
    let isForAll = state == .published && audience == .everybody
    try tx.index(
      org: viewer.org.value, kind: "lesson", id: lesson.value, title: old.title, body: document.searchText,
      visibleTo: isForAll ? nil : old.author?.value)
    try tx.record(viewer, state == .published ? "lesson.published" : "lesson.withdrawn", lesson, ["audience": audience.rawValue], world)
    return LessonHandle(id: lesson, title: old.title, minutes: old.minutes, state: state)
  }
}

struct LessonHandle: Output {
  let id: ID<Lesson>
  let title: String
  let minutes: Int
  let state: Lesson.State
}

/// Who may write lessons, and for whom.
enum LessonWriters {
  static func admit(_ viewer: Viewer, audience: Lesson.Audience?) throws(Problem) {
    let isEditor = Permission.editor.allows(viewer.roles)
    guard isEditor || viewer.has(.mentor) else { throw .forbidden("Lessons are written by mentors and content editors.") }
    if audience == .everybody, !isEditor {
      throw .invalid("audience", "A content editor publishes to everybody. Choose your mentees, then ask an editor to look at it.")
    }
  }

  static func find(_ id: ID<Lesson>, _ viewer: Viewer, _ tx: Transaction) throws -> Lesson {
    let lesson = try Lesson.find(id, for: viewer, tx)
    guard lesson.mayEdit(viewer) else { throw Problem.forbidden("This lesson belongs to \(lesson.authorName).") }
    return lesson
  }

  static func skills(_ given: [String], level: Int, _ tx: Transaction) throws -> [StoreLesson.LessonSkill] {
    try Skill.resolve(given, tx).map { StoreLesson.LessonSkill(id: $0, level: level) }
  }
}
