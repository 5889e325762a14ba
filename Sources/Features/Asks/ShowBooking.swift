import Kit
import Store
import Web

/// The hour that is kept for the asker, to be looked at once more and booked.
struct ShowBooking: UseCase {
  var ask: ID<Ask>
  var mentor: ID<Person>
  var start: Instant

  init(ask: ID<Ask>, mentor: ID<Person>, start: Instant) {
    self.ask = ask
    self.mentor = mentor
    self.start = start
  }

  struct Page: Output {
    var ask: ID<Ask>
    var question: String
    var mentor: Member
    var role: String
    var hour: HourChoice
    var minutes: Int
    var heldUntil: Moment?
    /// For the countdown.
    var untilInstant: Instant?
    var form: Form
    var hoursHref: String
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Page {
    let ask = try Ask.find(ask, for: viewer, tx)
    guard ask.state.isWaiting else { throw ask.state.refusal }
    let member = try Member.find(meetable: mentor, for: viewer, tx)
    guard member.isMentor, member.id != viewer.person else { throw Problem.notFound }
    let hour = HourChoice(start, mentor: member, viewer, now: world.now())
    let held = try HeldHour.of(viewer.person, ask: ask.id, org: viewer.org, tx, world).flatMap {
      $0.mentor == member.id && $0.start == start ? $0 : nil
    }
    let form = Form(
      "/asks/\(ask.id)/booking", button: "Book \(hour.moment.text)", id: "booking",
      [.hidden("mentor", member.id.description), .hidden("start", start.description)])
    return Page(
      ask: ask.id, question: ask.question, mentor: member, role: member.role, hour: hour, minutes: ask.minutes,
      heldUntil: held.map { Moment($0.until, viewer, now: world.now()) },
      untilInstant: held?.until, form: form, hoursHref: "/asks/\(ask.id)/mentors/\(member.id)/slots")
  }
}
