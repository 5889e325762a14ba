import Kit
import Scheduling
import Store
import Web

/// A mentor asks a colleague to take a session over. It stays theirs until the colleague says yes, which is a booking.
struct HandOver: RowDecodable, Sendable {
  enum State: String, Choice, Bindable { case asked, accepted, declined, withdrawn }

  let id: ID<HandOver>
  let session: ID<Session>
  let from: ID<Person>
  let to: ID<Person>
  /// The session's sequence when it was asked: a move in between makes the question void.
  let sequence: Int
  let words: String
  let state: State

  static let columns: SQL = "id, session_id, from_id, to_id, sequence, words, state"

  init(row: Row) throws {
    id = try row("id")
    session = try row("session_id")
    from = try row("from_id")
    to = try row("to_id")
    sequence = try row("sequence")
    words = try row("words")
    state = try row("state", as: State.self)
  }

  /// One that was put to the viewer.
  static func find(_ id: ID<HandOver>, for viewer: Viewer, _ tx: Transaction) throws -> HandOver {
    let found: HandOver? = try tx.first(
      "SELECT \(columns) FROM hand_over WHERE org_id = \(viewer.org) AND id = \(id) AND to_id = \(viewer.person)")
    guard let found else { throw Problem.notFound }
    return found
  }

  static func open(_ session: ID<Session>, org: ID<Organisation>, _ tx: Transaction) throws -> HandOver? {
    try tx.first("SELECT \(columns) FROM hand_over WHERE org_id = \(org) AND session_id = \(session) AND state = \(State.asked)")
  }

  func settle(_ state: State, org: ID<Organisation>, _ tx: Transaction, _ world: World) throws {
    try tx.swap(
      """
      UPDATE hand_over SET state = \(state), answered_at = \(world.now())
      WHERE org_id = \(org) AND id = \(id) AND state = \(State.asked)
      """, otherwise: .conflict(code: "answered", detail: "This has been answered already."))
  }
}

/// Colleagues who are free at the time of a session.
struct ShowHandOver: UseCase {
  var session: ID<Session>

  struct Page: Output {
    let session: SessionSummary
    let withFirstName: String
    let form: Form?
    /// Who has been asked and not answered.
    let asked: String?
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Page {
    let found = try Session.toHandOver(session, viewer, tx, world)
    let summary = try Sessions.summary(session, viewer, tx, world)
    let free = try HandOver.colleagues(found, tx, world)
    let open = try HandOver.open(session, org: viewer.org, tx)
    let names = try Member.named(open.map { [$0.to] } ?? [], org: viewer.org, tx)
    let form = Form(
      "/sessions/\(session)/hand-over", button: "Ask this colleague", id: "hand-over",
      [
        .choose(
          .radio, "mentor", "Free at that time",
          free.map { Form.Option($0.id.description, $0.name, help: $0.title.isEmpty ? nil : $0.title) }),
        .area("words", "A word to them", help: "They see the time, the title and the question.", rows: 2, optional: true, max: 500),
      ])
    return Page(
      session: summary, withFirstName: firstName(summary.with.name), form: free.isEmpty ? nil : form,
      asked: open.flatMap { names[$0.to]?.name })
  }
}

extension HandOver {
  /// Mentors whose rules and calendar leave the session's time, at most twelve, by name.
  static func colleagues(_ session: Session, _ tx: Transaction, _ world: World) throws -> [Member] {
    let ids: [ID<Person>] = try tx.values(
      """
      SELECT id FROM person WHERE org_id = \(session.org) AND state = 'active' AND id <> \(session.mentor) AND id <> \(session.mentee)
        AND (roles & \(Roles.mentor.rawValue)) <> 0 AND \(Block.leavesOut("id", of: session.mentee, org: session.org))
        AND \(Block.leavesOut("id", of: session.mentor, org: session.org))
      ORDER BY name, id LIMIT 200
      """)
    let people = try PersonTime.load(
      ids + [session.mentee], org: session.org, from: session.start, to: session.end, except: session.id, tx, world)
    guard let guest = people[session.mentee]?.asGuest else { return [] }
    let free = ids.filter { id in
      people[id].map {
        SlotSearch(host: $0, guests: [guest], minutes: session.minutes, now: world.now().microseconds).isSlot(session.start.minutes)
      } ?? false
    }
    let members = try Member.named(free.prefix(12), org: session.org, tx)
    return free.prefix(12).compactMap { members[$0] }
  }
}

extension Session {
  /// A booked session ahead whose mentor the viewer is.
  static func toHandOver(_ id: ID<Session>, _ viewer: Viewer, _ tx: Transaction, _ world: World) throws -> Session {
    let found = try find(id, for: viewer, tx)
    guard found.mentor == viewer.person, found.state == .booked, found.start > world.now() else {
      throw Problem.conflict(code: "not_yours", detail: "A mentor can hand over a booked session before it begins.")
    }
    return found
  }
}
