import Kit
import Store
import Web

/// Moves a booked session to another slot: the same session and calendar entry, one sequence on. Either side may.
struct MoveSession: UseCase {
  var session: ID<Session>
  var start: Instant
  /// The length stays when it is left out.
  var minutes: Int?

  /// Whether this and all later sessions of its series move along.
  var following: Bool?

  init(session: ID<Session>, start: Instant, minutes: Int? = nil, following: Bool? = nil) {
    self.session = session
    self.start = start
    self.minutes = minutes
    self.following = following
  }

  static let rules: [String: Rule] = ["minutes": .one(of: Session.lengths)]

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> SessionSummary {
    let found = try Session.find(session, for: viewer, tx)
    guard found.state == .booked else { throw Problem.conflict(code: "not_booked", detail: "Only a booked session can be moved.") }
    guard found.start > world.now() else {
      throw Problem.conflict(code: "session_began", detail: "This session has begun. Book another instead.")
    }
    if following == true { return try MoveFollowing(session: session, start: start)(tx, viewer, world) }
    let length = minutes ?? found.minutes
    if found.start == start, found.minutes == length { return try Sessions.summary(session, viewer, tx, world) }
    // A mentor may have come to give other lengths meanwhile: the length it has stays allowed.
    if length != found.minutes { try BookingWishes.of(found.mentor, org: viewer.org, tx).check(length) }
    try Booking.move(found, to: start, minutes: length, viewer, tx, world)
    return try Sessions.summary(session, viewer, tx, world)
  }
}
