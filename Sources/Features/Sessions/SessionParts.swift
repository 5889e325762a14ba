import Kit
import Scheduling
import Store
import Web

/// How long a slot is still kept.
struct HeldSlot: Output {
  let until: Instant
  let canExtend: Bool

  init?(_ session: Session) {
    guard let until = session.heldUntil else { return nil }
    self.until = until
    canExtend = !session.wasExtended
  }
}

/// Who is there, and what can be said about it.
struct Presence: Output {
  let me: Bool
  let other: Bool
  let canCheckIn: Bool
  /// Ten minutes have passed, the viewer is there and the other is not.
  let canReportMissing: Bool

  init(_ session: Session, _ there: [ID<Person>: Attendance.State], _ viewer: Viewer, now: Instant) {
    me = there[viewer.person] == .present
    other = there[session.other(than: viewer.person)] == .present
    canCheckIn = !me && session.state == .booked
    canReportMissing = me && !other && session.state == .booked && now >= session.start + MarkNoShow.patience
  }
}

/// Lessons of the mentee since the pair last met, and cards that fade. The words of a card are its owner's; the mentor sees how many.
struct SharedLearning: Output {
  struct Entry: Output {
    let title: String
    let href: String
    let isDone: Bool
    let words: String
  }

  let lessons: [Entry]
  let fading: [String]
  let fadingWords: String
  let isEmpty: Bool

  static let recall = 0.85

  static func load(_ session: Session, _ viewer: Viewer, _ tx: Transaction, _ world: World) throws -> SharedLearning {
    let since = session.start - .days(60)
    let assigned = try Assignments.since(since, person: session.mentee, org: viewer.org, limit: 6, tx).filter {
      session.includes($0.assignedBy)
    }
    let isMentee = viewer.person == session.mentee
    let zone = isMentee ? viewer.zone : try Addressee.find(session.mentee, org: viewer.org, tx)?.zone ?? viewer.zone
    let fading = try Cards.fading(session.mentee, org: viewer.org, zone: zone, below: recall, limit: 3, tx, world)
    let lessons = assigned.map { lesson in
      Entry(
        title: lesson.title, href: "/lessons/\(lesson.lesson)", isDone: lesson.doneAt != nil,
        words: lesson.doneAt != nil ? "Done" : lesson.due.flatMap { CivilDate($0) }.map { "Due \(DisplayTime.day($0))" } ?? "Not done yet")
    }
    return SharedLearning(
      lessons: lessons, fading: isMentee ? fading.map(\.front) : [],
      fadingWords: fading.isEmpty ? "" : counted(fading.count, "card is fading", "cards are fading"),
      isEmpty: lessons.isEmpty && fading.isEmpty)
  }
}

/// What both made of it: each side's words are the other's to read once both have sent theirs.
struct AfterSession: Output {
  struct Words: Output {
    let by: String
    let isMine: Bool
    let insight: String
    let insightID: ID<Insight>
    let hasCard: Bool
  }

  struct Rated: Output {
    let by: String
    let words: String
    let line: String
  }

  struct Promise: Output {
    let text: String
    let by: String
    let due: String
    let isDone: Bool
  }

  /// When the two meet next.
  struct Next: Output {
    let href: String
    let words: String
    /// Whether the mentor has yet to say yes.
    let isAsked: Bool
  }

  let isSent: Bool
  let isComplete: Bool
  /// Neither hidden nor sent: the other's wrap-up is missing.
  let waitsForOther: Bool
  let insights: [Words]
  let promises: [Promise]
  let ratings: [Rated]
  let next: Next?

  private static let scale = ["Not useful", "Little", "Fair", "Useful", "Great"]

  static func load(_ session: Session, _ viewer: Viewer, _ tx: Transaction, _ world: World) throws -> AfterSession {
    let other = session.other(than: viewer.person)
    let name = try Member.named([other], org: viewer.org, tx)[other].map { firstName($0.name) } ?? ""
    func by(_ person: ID<Person>) -> String { person == viewer.person ? "You" : name }
    let sent = try WrapUpRow.of(session.id, org: viewer.org, tx)
    let isComplete = sent.count == 2
    let isSent = sent.contains { $0.author == viewer.person }
    let ratings = try tx.rows(
      """
      SELECT author_id, points, line FROM rating WHERE org_id = \(viewer.org) AND session_id = \(session.id)
        AND (author_id = \(viewer.person) OR \(isComplete ? 1 : 0) = 1) ORDER BY author_id
      """
    ).map { row in
      let points: Int = try row("points")
      return Rated(by: by(try row("author_id")), words: scale.indices.contains(points - 1) ? scale[points - 1] : "", line: try row("line"))
    }
    return AfterSession(
      isSent: isSent, isComplete: isComplete, waitsForOther: isSent && !isComplete,
      insights: try Insight.of(session.id, viewer, tx).map {
        Words(by: by($0.author), isMine: $0.author == viewer.person, insight: $0.text, insightID: $0.id, hasCard: $0.hasCard)
      },
      promises: try ActionItems.of(session.id, viewer, tx).map {
        Promise(
          text: $0.text, by: by($0.owner), due: CivilDate($0.due).map { DisplayTime.day($0) } ?? "", isDone: $0.state == .done)
      }, ratings: ratings,
      next: try Sessions.next(after: session, tx, world).map {
        Next(href: "/sessions/\($0.id)", words: $0.startWords(viewer), isAsked: $0.state == .held)
      })
  }
}

/// Who called it off, and when else it could be.
struct Cancellation: Output {
  struct Free: Output {
    let start: Instant
    let words: String
  }

  let words: String
  let reason: String
  /// The mentee is offered the next three times at once.
  let next: [Free]

  static func load(_ session: Session, _ other: Member, _ viewer: Viewer, _ tx: Transaction, _ world: World) throws -> Cancellation {
    let reason: String? = try tx.value("SELECT cancel_reason FROM session WHERE org_id = \(viewer.org) AND id = \(session.id)")
    let starts =
      viewer.person == session.mentee && other.isMentor ? try OtherTimes.of(session, zone: viewer.zone, tx, world) : []
    let who = session.cancelledBy == viewer.person ? "You" : firstName(other.name)
    let isExcused = session.cancelledBy == nil
    let wasHeld = try tx.count(
      "SELECT count(*) FROM activity WHERE org_id = \(viewer.org) AND kind = \("session") AND object_id = \(session.id.value) AND verb = \("session.not_held")"
    )
    return Cancellation(
      words: isExcused
        ? Dispute.Outcome.excused.sentence
        : wasHeld > 0
          ? "\(who) said that it did not take place." : "\(who) cancelled it\(session.wasLate ? ", shortly before" : "").",
      reason: reason ?? "",
      next: starts.map { Free(start: $0, words: SharedTime.words($0, zone: viewer.zone, other: (other.zone, other.name))) })
  }
}
