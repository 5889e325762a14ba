import Foundation
import Kit
import Store
import Web

/// One person's way through one lesson. It can be left and taken up again; finishing closes it.
public struct Attempt: Sendable, RowDecodable {
  let id: ID<Attempt>
  let lesson: ID<Lesson>
  /// The version of the lesson that its answers belong to.
  let version: Int
  /// The last screen reached, from 1.
  let part: Int
  let finishedAt: Kit.Instant?
  let right: Int?
  let scored: Int?

  static let columns: SQL =
    "attempt.id, attempt.lesson_id, attempt.version, attempt.part, attempt.finished_at, attempt.right_answers, attempt.scored_answers"

  public init(row: Row) throws {
    id = try row("id")
    lesson = try row("lesson_id")
    version = try row("version")
    part = try row("part")
    finishedAt = try row.optional("finished_at")
    right = try row.optional("right_answers")
    scored = try row.optional("scored_answers")
  }

  var isFinished: Bool { finishedAt != nil }

  /// The open attempt, else the last finished one.
  static func latest(_ lesson: ID<Lesson>, _ viewer: Viewer, _ tx: Transaction) throws -> Attempt? {
    try tx.first(
      """
      SELECT \(columns) FROM attempt WHERE org_id = \(viewer.org) AND person_id = \(viewer.person) AND lesson_id = \(lesson)
      ORDER BY CASE WHEN finished_at IS NULL THEN 0 ELSE 1 END, finished_at DESC LIMIT 1
      """)
  }

  /// The open attempt, made now if there is none. Answers to an older version of the lesson are dropped: its screens were others.
  static func open(_ lesson: Lesson, at part: Int, _ viewer: Viewer, _ tx: Transaction, _ world: World) throws -> Attempt {
    let made: ID<Attempt> = world.id()
    let now = world.now()
    let row: Attempt? = try tx.first(
      """
      INSERT INTO attempt (org_id, id, person_id, lesson_id, version, part, started_at, seen_at)
      VALUES (\(viewer.org), \(made), \(viewer.person), \(lesson.id), \(lesson.version), \(part), \(now), \(now))
      ON CONFLICT (org_id, person_id, lesson_id) WHERE finished_at IS NULL DO UPDATE SET seen_at = excluded.seen_at
      RETURNING \(returned)
      """)
    guard let attempt = row else { throw Problem.notFound }
    if attempt.id == made { try tx.record(viewer, "lesson.started", lesson.id, [:], world) }
    guard attempt.version != lesson.version else { return attempt }
    try tx.run("DELETE FROM attempt_answer WHERE org_id = \(viewer.org) AND attempt_id = \(attempt.id)")
    try tx.run("UPDATE attempt SET version = \(lesson.version), part = \(part) WHERE org_id = \(viewer.org) AND id = \(attempt.id)")
    return attempt
  }

  private static let returned: SQL = "id, lesson_id, version, part, finished_at, right_answers, scored_answers"

  func reach(_ part: Int, _ viewer: Viewer, _ tx: Transaction, _ world: World) throws {
    try tx.run("UPDATE attempt SET part = \(part), seen_at = \(world.now()) WHERE org_id = \(viewer.org) AND id = \(id)")
  }

  func answers(_ viewer: Viewer, version current: Int, _ tx: Transaction) throws -> [Int: GivenAnswer] {
    guard version == current else { return [:] }
    let given: [GivenAnswer] = try tx.all(
      "SELECT part, answer, credit FROM attempt_answer WHERE org_id = \(viewer.org) AND attempt_id = \(id) ORDER BY part")
    return Dictionary(given.map { ($0.part, $0) }, uniquingKeysWith: { first, _ in first })
  }

  func keep(_ texts: [String], credit: Double?, part: Int, _ viewer: Viewer, _ tx: Transaction, _ world: World) throws {
    let text = String(decoding: try JSONEncoder().encode(texts), as: UTF8.self)
    try tx.run(
      """
      INSERT INTO attempt_answer (org_id, attempt_id, part, answer, credit, answered_at)
      VALUES (\(viewer.org), \(id), \(part), \(text), \(credit), \(world.now()))
      ON CONFLICT (org_id, attempt_id, part) DO UPDATE SET answer = excluded.answer, credit = excluded.credit,
        answered_at = excluded.answered_at
      """)
  }
}

/// What somebody answered on one screen: places of choices, a text, the right sides of pairs, or the way through a scenario.
struct GivenAnswer: RowDecodable, Sendable {
  let part: Int
  let texts: [String]
  /// 0 to 1; nil where nothing is scored.
  let credit: Double?

  init(row: Row) throws {
    part = try row("part")
    texts = try JSONDecoder().decode([String].self, from: Data(try row("answer", as: String.self).utf8))
    credit = try row.optional("credit")
  }
}
