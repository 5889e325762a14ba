import Jobs
import Kit
import Scheduling
import Store
import Web

/// Reminds one person of one session: a day before with the agenda, an hour before, and once after it to wrap up.
struct SessionReminder: Job {
  static let kind = "session-reminder"

  enum Kind: String, Codable, Sendable, CaseIterable {
    case day, hour, after

    func due(_ session: Session) -> Instant {
      switch self {
      case .day: session.start - .hours(24)
      case .hour: session.start - .hours(1)
      case .after: session.end + .minutes(15)
      }
    }

    /// When it would come too late to be of use.
    func stale(_ session: Session) -> Instant {
      switch self {
      case .day: session.start - .hours(12)
      case .hour: session.start - .minutes(30)
      case .after: session.end + .days(3)
      }
    }
  }

  let session: ID<Session>
  let person: ID<Person>
  let sequence: Int
  let kind: Kind

  /// Plans the reminders of a session as it now is; those whose time is already past are not made.
  static func plan(_ session: Session, _ tx: Transaction, _ world: World) throws {
    try withdraw(session.id, tx)
    for person in session.people {
      for kind in Kind.allCases where kind.due(session) > world.now() {
        let reminder = SessionReminder(session: session.id, person: person, sequence: session.sequence, kind: kind)
        try tx.enqueue(reminder, for: session.org, key: reminder.key, at: kind.due(session), world)
      }
    }
    let end = EndSession(session: session.id, sequence: session.sequence)
    try tx.enqueue(end, for: session.org, key: "\(session.id)/\(session.sequence)", at: session.end, world)
  }

  /// Takes back what a move or a cancellation has made untrue.
  static func withdraw(_ session: ID<Session>, _ tx: Transaction) throws {
    try tx.withdraw(SessionReminder.self, keysFrom: "\(session)/")
    try tx.withdraw(EndSession.self, keysFrom: "\(session)/")
  }

  private var key: String { "\(session)/\(sequence)/\(person)/\(kind.rawValue)" }

  /// Reads the session again: nothing is said about one that was moved, cancelled, wrapped up, or is too near.
  func send(_ tx: Transaction, org: ID<Organisation>, _ site: Site) throws {
    guard let current = try Session.find(session, org: org, tx), current.sequence == sequence, site.world.now() < kind.stale(current),
      kind == .after ? [.booked, .met].contains(current.state) : current.state == .booked,
      let own = try Addressee.find(person, org: org, tx), own.isActive,
      let other = try Addressee.find(current.other(than: person), org: org, tx)
    else { return }
    if kind == .after, try WrapUpRow.exists(session, by: person, org: org, tx) { return }
    let words = SessionWords(session: current, own: own, other: other)
    let letter = kind == .after ? after(words) : try before(words, current, own, tx, site)
    try tx.send(letter, org: org, key: "reminder/\(key)", site.world)
  }

  private func before(_ words: SessionWords, _ session: Session, _ own: Addressee, _ tx: Transaction, _ site: Site) throws -> Letter {
    var paragraphs = [words.when]
    if let place = words.place { paragraphs.append(place) }
    if kind == .day {
      let agenda = try Agenda.load(session, own.viewer(), tx, site.world)
      paragraphs += agenda.lines
    }
    return Letter(
      to: person, .session, subject: "\(kind == .day ? "Tomorrow" : "In an hour"): \(words.start) with \(words.other.name)", paragraphs,
      quote: session.question.isEmpty ? nil : session.question,
      buttons: [.init("Open the session", "/sessions/\(session.id)"), .init("Change time or cancel", "/sessions/\(session.id)/move")])
  }

  private func after(_ words: SessionWords) -> Letter {
    Letter(
      to: person, .session, subject: "Wrap up your session with \(words.other.name) in a minute",
      ["What is the one thing you take away? Write it down while it is fresh; \(words.with) sees it once both have sent theirs."],
      buttons: [.init("Wrap up", "/sessions/\(session)/wrap-up")])
  }
}
