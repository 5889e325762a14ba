import Kit
import Store
import Web

/// Books an hour with a mentor for an ask. The session is there when this answers.
struct BookAsk: UseCase {
  var ask: ID<Ask>
  var mentor: ID<Person>
  var start: Instant

  init(ask: ID<Ask>, mentor: ID<Person>, start: Instant) {
    self.ask = ask
    self.mentor = mentor
    self.start = start
  }

  struct Result: Output {
    var ask: ID<Ask>
    var session: ID<Session>
    /// "Booked. Mon 23 Nov, 09:00 your time, 13:30 for Ravi."
    var said: String
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Result {
    let ask = try BookAsk.bookable(ask, mentor: mentor, start: start, viewer, tx, world)
    let session = try book(ask, tx, viewer, world)
    let member = try Member.find(mentor, for: viewer, tx)
    let choice = HourChoice(start, mentor: member, viewer, now: world.now())
    let isBooked = try Session.find(session, for: viewer, tx).state == .booked
    return Result(
      ask: ask.id, session: session,
      said: (isBooked ? "Booked. " : "Sent. \(firstName(member.name)) says yes first: ") + "\(choice.moment.text) your time"
        + (choice.other.map { ", \($0)" } ?? "") + ".")
  }

  /// Turns the viewer's hold of this very hour into the booking; holds of other hours are let go.
  private func book(_ ask: Ask, _ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> ID<Session> {
    let held = try HeldHour.of(viewer.person, ask: ask.id, org: viewer.org, tx, world)
    if let held, held.mentor == mentor, held.start == start {
      return try BookHeld(session: held.session)(tx, viewer, world).id
    }
    if let held { try Booking.lapse(held.session, org: viewer.org, tx) }
    return try Booking.book(
      tx, viewer, mentor: mentor, mentee: viewer.person, start: start, minutes: ask.minutes, kind: ask.kind, title: ask.title,
      question: ask.question, ask: ask.id, world)
  }

  /// The viewer's ask, when it still waits and the mentor may be booked for it; what may not be seen answers as not found.
  static func bookable(
    _ id: ID<Ask>, mentor: ID<Person>, start: Instant, _ viewer: Viewer, _ tx: Transaction, _ world: World
  ) throws -> Ask {
    let ask = try Ask.find(id, for: viewer, tx)
    guard ask.state.isWaiting else { throw ask.state.refusal }
    guard !ask.settings.isWritten else {
      throw Problem.conflict(code: "ask_in_writing", detail: "This ask is answered in writing, without a meeting.")
    }
    let ranked = try RankMentors.look(at: mentor, for: ask, tx, world)
    guard ranked.people[mentor] != nil,
      ranked.ranking.ranked.contains(where: { $0.id == mentor.value }) || ranked.mayTell(mentor)
    else { throw Problem.notFound }
    return ask
  }
}
