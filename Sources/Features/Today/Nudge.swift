import Kit
import Store
import Web

/// A gentle word about one of six pitfalls, with its remedy. At most one a day.
struct Nudge: Output, Hashable {
  enum Kind: String, Choice, Bindable {
    /// A session that nobody wrote anything down of.
    case undocumented
    /// A pair that has not met for 21 days and has nothing booked.
    case silent
    /// Learning that serves no goal.
    case unaligned
    /// More cards due than a good day takes.
    case backlog
    /// A goal whose date has passed.
    case overdue
  }

  var kind: Kind
  /// What it is about: a session, a goal; 0 when it is about oneself.
  var object: ID<Nudge>
  var text: String
  var label: String
  var href: String

  /// What the rules look at.
  struct Facts {
    var undocumented: (session: ID<Nudge>, name: String, days: Int)?
    var silent: (session: ID<Nudge>, person: ID<Person>, name: String, days: Int)?
    var openLessons = 0
    var dueCards = 0
    var hasGoal = false
    var overdueGoal: (id: ID<Nudge>, title: String, href: String)?
  }

  static let silence = 21
  /// Cards that are more than a good day takes.
  static let manyCards = 30

  /// All that applies, the most pressing first.
  static func all(_ facts: Facts) -> [Nudge] {
    var found: [Nudge] = []
    let own = ID<Nudge>(0)
    if let late = facts.undocumented {
      found.append(
        Nudge(
          kind: .undocumented, object: late.session,
          text: "You met \(late.name) \(counted(late.days, "day")) ago and kept nothing of it yet. One line is enough.",
          label: "Write it down",
          href: "/sessions/\(late.session)/wrap-up"))
    }
    if let pair = facts.silent {
      found.append(
        Nudge(
          kind: .silent, object: pair.session, text: "You and \(pair.name) have not met for \(pair.days) days.", label: "Find a time",
          href: "/mentors/\(pair.person)"))
    }
    if let goal = facts.overdueGoal {
      found.append(
        Nudge(
          kind: .overdue, object: goal.id, text: "The date of “\(goal.title)” has passed. Move it, or close it.", label: "Decide",
          href: goal.href))
    }
    if facts.dueCards >= manyCards {
      found.append(
        Nudge(
          kind: .backlog, object: own, text: "\(facts.dueCards) cards wait. Ten now are enough; the rest is spread over the week.",
          label: "Review ten", href: "/reviews"))
    }
    if facts.openLessons >= 2, !facts.hasGoal {
      found.append(
        Nudge(
          kind: .unaligned, object: own, text: "You are learning without a goal. Name what it is for, and the rest sorts itself.",
          label: "Set a goal", href: "/goals/new"))
    }
    return found
  }

  static let migrations = [
    Migration(
      "today/1",
      [
        """
        CREATE TABLE nudge (
          org_id BIGINT NOT NULL, person_id BIGINT NOT NULL, kind TEXT NOT NULL, object_id BIGINT NOT NULL, put_off_at BIGINT NOT NULL,
          PRIMARY KEY (org_id, person_id, kind, object_id), FOREIGN KEY (org_id, person_id) REFERENCES person (org_id, id))
        """
      ])
  ]

  /// A nudge that was put off rests so long.
  static let rest = Span.days(14)

  /// The one to show now: none on a day on which one was put off.
  static func choose(_ candidates: [Nudge], _ viewer: Viewer, _ tx: Transaction, _ world: World) throws -> Nudge? {
    if candidates.isEmpty { return nil }
    let since = world.now() - rest
    let zone = Zones.zone(viewer.zone)
    let today = viewer.today(world)
    var resting: Set<String> = []
    for row in try tx.rows(
      "SELECT kind, object_id, put_off_at FROM nudge WHERE org_id = \(viewer.org) AND person_id = \(viewer.person) AND put_off_at > \(since)"
    ) {
      if zone.local(at: try row("put_off_at", as: Instant.self).microseconds).date == today { return nil }
      resting.insert("\(try row("kind", as: String.self))/\(try row("object_id", as: Int64.self))")
    }
    return candidates.first { !resting.contains("\($0.kind.rawValue)/\($0.object.value)") }
  }
}

/// "Not now": the nudge rests for two weeks, and no other comes today.
struct PutOffNudge: UseCase {
  var kind: Nudge.Kind
  var object: ID<Nudge>

  struct Result: Output {
    let kind: Nudge.Kind
    let object: ID<Nudge>
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Result {
    try tx.run(
      """
      INSERT INTO nudge (org_id, person_id, kind, object_id, put_off_at)
      VALUES (\(viewer.org), \(viewer.person), \(kind), \(object), \(world.now()))
      ON CONFLICT (org_id, person_id, kind, object_id) DO UPDATE SET put_off_at = excluded.put_off_at
      """)
    try tx.record(viewer, "nudge.put_off", object, ["kind": kind.rawValue], world)
    return Result(kind: kind, object: object)
  }
}
