import Kit
import Store
import Web

/// A session in a list, on Today, in a letter.
struct SessionSummary: Output, Hashable {
  let id: ID<Session>
  let title: String
  let kind: String
  let with: Member
  let isMentor: Bool
  let start: Moment
  let range: String
  /// The time for the other person, where their clock differs.
  let other: String?
  let minutes: Int
  let state: Session.State
  let stateWords: String
  let isOver: Bool

  init(_ session: Session, with other: Member, _ viewer: Viewer, now: Instant) {
    let time = SharedTime(session.start, session.end, viewer: viewer, other: other, now: now)
    id = session.id
    title = session.title
    kind = session.kind
    with = other
    isMentor = session.mentor == viewer.person
    start = time.start
    range = time.range
    self.other = time.other
    minutes = session.minutes
    state = session.state
    isOver = session.end <= now
    stateWords = SessionSummary.words(session, now: now)
  }

  private static func words(_ session: Session, now: Instant) -> String {
    switch session.state {
    case .held: session.isLapsed(now) ? "Hold ended" : session.isPending(now) ? "Waiting for a yes" : "Held"
    case .booked: now < session.start ? "Booked" : now < session.end ? "Now" : "Over"
    case .met: "Met"
    case .wrapped: "Wrapped up"
    case .noShow: "No-show"
    case .cancelled: session.wasLate ? "Cancelled late" : "Cancelled"
    case .lapsed: session.declinedAt != nil ? "Declined" : session.approvalDue != nil ? "No answer" : "Hold ended"
    }
  }
}
