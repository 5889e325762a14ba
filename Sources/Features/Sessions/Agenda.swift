import Kit
import Scheduling
import Store
import Web

/// What a session should be about, made of what is there: the question, promises of both, what was learned and what fades, and the
/// points that either added.
struct Agenda: Output {
  struct Promise: Output {
    let id: ID<ActionItem>
    let text: String
    let by: String
    let due: String
    let isMine: Bool
    let isDone: Bool
    let isOver: Bool
  }

  struct Point: Output {
    let id: ID<AgendaItem>
    let text: String
    let by: String
    let isMine: Bool
  }

  let session: ID<Session>
  let question: String
  let promises: [Promise]
  let points: [Point]
  /// The same as sentences, for the mail of the day before.
  let lines: [String]

  static func load(_ session: Session, _ viewer: Viewer, _ tx: Transaction, _ world: World) throws -> Agenda {
    let other = session.other(than: viewer.person)
    let names = try Member.named([other], org: viewer.org, tx)
    let last: Instant? = try tx.value(
      """
      SELECT max(starts_at) FROM session WHERE org_id = \(viewer.org) AND mentor_id IN (\(session.mentor), \(session.mentee))
        AND mentee_id IN (\(session.mentor), \(session.mentee)) AND state IN ('met', 'wrapped') AND starts_at < \(session.start)
      """)
    let today = viewer.today(world)
    func name(_ person: ID<Person>) -> String { person == viewer.person ? "You" : firstName(names[person]?.name ?? "") }
    let promises = try ActionItems.ofPair(viewer, with: other, doneSince: last ?? session.start - .days(60), tx).map { action in
      Promise(
        id: action.id, text: action.text, by: name(action.owner), due: action.state == .done ? "Done" : action.dueWords(today: today),
        isMine: action.owner == viewer.person, isDone: action.state == .done,
        isOver: action.state == .open && action.due < today.description)
    }
    let points = try tx.rows(
      "SELECT id, author_id, text FROM agenda_item WHERE org_id = \(viewer.org) AND session_id = \(session.id) ORDER BY id"
    ).map { row in
      let author: ID<Person> = try row("author_id")
      return Point(id: try row("id"), text: try row("text"), by: name(author), isMine: author == viewer.person)
    }
    return Agenda(
      session: session.id, question: session.question, promises: promises, points: points,
      lines: promises.map { "\($0.isDone ? "Done" : "Open"): \($0.text) (\($0.by.lowercased() == "you" ? "you" : $0.by))" }
        + points.map { "To discuss: \($0.text)" })
  }
}

/// A discussion point that one of the two added.
enum AgendaItem {}

struct AddPoint: UseCase {
  var session: ID<Session>
  var text: String

  static let rules: [String: Rule] = ["text": .text(1...300)]

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Agenda {
    let found = try Session.find(session, for: viewer, tx)
    guard found.state == .booked || found.state == .held else { throw Problem.changed }
    let count = try tx.count("SELECT count(*) FROM agenda_item WHERE org_id = \(viewer.org) AND session_id = \(session)")
    guard count < 20 else { throw Problem.conflict(code: "agenda_full", detail: "20 points are enough for an hour. Remove one first.") }
    let id: ID<AgendaItem> = world.id()
    try tx.run(
      """
      INSERT INTO agenda_item (org_id, id, session_id, author_id, text, created_at)
      VALUES (\(viewer.org), \(id), \(session), \(viewer.person), \(text.trimmed), \(world.now()))
      """)
    try tx.record(viewer, "session.point_added", session, [:], world)
    return try Agenda.load(found, viewer, tx, world)
  }
}

/// Takes an own point off the agenda.
struct RemovePoint: UseCase {
  var session: ID<Session>
  var point: ID<AgendaItem>

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Agenda {
    let found = try Session.find(session, for: viewer, tx)
    let removed = try tx.run(
      """
      DELETE FROM agenda_item WHERE org_id = \(viewer.org) AND session_id = \(session) AND id = \(point) AND author_id = \(viewer.person)
      """)
    guard removed == 1 else { throw Problem.notFound }
    try tx.record(viewer, "session.point_removed", session, [:], world)
    return try Agenda.load(found, viewer, tx, world)
  }
}
