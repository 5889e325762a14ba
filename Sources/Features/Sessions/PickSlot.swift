import Kit
import Scheduling
import Store
import Web

/// Free times with one mentor.
struct PickSlot: UseCase {
  var mentor: ID<Person>
  var minutes: Int?
  var ask: ID<Ask>?
  /// A date to begin at.
  var from: String?
  /// All times instead of four a day.
  var all: Bool?

  static let rules: [String: Rule] = ["minutes": .one(of: Session.lengths), "from": .date]

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> PickSlotPage {
    let host = try Member.find(meetable: mentor, for: viewer, tx)
    guard host.isMentor, host.id != viewer.person else { throw Problem.notFound }
    let question = try ask.map { try Ask.find($0, for: viewer, tx).question }
    let wishes = try BookingWishes.of(mentor, org: viewer.org, tx)
    let length = minutes ?? wishes.usual
    let search = try PersonTime.search(host: mentor, guest: viewer.person, minutes: length, org: viewer.org, tx, world)
    let query = "/sessions/new?" + (ask.map { "ask=\($0)&" } ?? "") + "mentor=\(mentor)"
    let picker = SlotPicker(search, viewer, other: host, from: from.flatMap { CivilDate($0) }, all: all == true, world)
    return PickSlotPage(
      mentor: host, mentorFirstName: firstName(host.name), minutes: length, ask: ask, question: question,
      confirms: wishes.confirms,
      lengths: wishes.lengths.map { .init(label: "\($0) min", href: "\(query)&minutes=\($0)", current: $0 == length) }, slots: picker,
      laterHref: picker.later.map { "\(query)&from=\($0)&minutes=\(length)" },
      allHref: all == true ? nil : "\(query)&all=true" + (from.map { "&from=\($0)" } ?? "") + "&minutes=\(length)")
  }
}

struct PickSlotPage: Output {
  struct Length: Output {
    let label: String
    let href: String
    let current: Bool
  }

  let mentor: Member
  let mentorFirstName: String
  let minutes: Int
  let ask: ID<Ask>?
  let question: String?
  /// Whether the mentor says yes first.
  let confirms: Bool
  let lengths: [Length]
  let slots: SlotPicker
  let laterHref: String?
  let allHref: String?
}

/// Free times to which a session can be moved.
struct ShowMove: UseCase {
  var session: ID<Session>
  var from: String?
  var all: Bool?

  static let rules: [String: Rule] = ["from": .date]

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> MovePage {
    let found = try Session.find(session, for: viewer, tx)
    let summary = try Sessions.summary(session, viewer, tx, world)
    let isOpen = found.state == .booked && found.start > world.now()
    let search = try PersonTime.search(
      host: found.mentor, guest: found.mentee, minutes: found.minutes, org: viewer.org, except: session, tx, world)
    let date = from.flatMap { CivilDate($0) }
    let picker = SlotPicker(search, viewer, other: summary.with, from: date, all: all == true, leaving: found.start, world)
    let base = "/sessions/\(session)/move?"
    let isInSeries = try SessionSeries.of(session, for: viewer, tx) != nil
    var reason: [Form.Field] = [
      .area("reason", "Reason", help: "Only \(firstName(summary.with.name)) reads it.", rows: 2, optional: true, max: 500)
    ]
    if isInSeries { reason.append(.checkbox("following", "And all later ones of the series")) }
    return MovePage(
      session: summary, withFirstName: firstName(summary.with.name), isOpen: isOpen, slots: picker,
      laterHref: picker.later.map { "\(base)from=\($0)" },
      allHref: all == true ? nil : "\(base)all=true" + (from.map { "&from=\($0)" } ?? ""),
      proposeForm: ProposedTimes.form(found, picker, with: firstName(summary.with.name)), isInSeries: isInSeries,
      lateWithin: try CancelSession.isLate(found, tx, world) ? OrganisationSettings.find(viewer.org, tx).lateCancelWords : nil,
      cancelForm: Form(
        "/sessions/\(session)/cancel", button: "Cancel the session", id: "cancel", danger: true, reason))
  }
}

struct MovePage: Output {
  let session: SessionSummary
  let withFirstName: String
  let isOpen: Bool
  let slots: SlotPicker
  let laterHref: String?
  let allHref: String?
  /// Instead of moving at once; nil where there is no time to propose.
  let proposeForm: Form?
  /// Whether it belongs to a series, so that what follows can move along.
  let isInSeries: Bool
  /// The hours within which a cancellation is late, in words, when it would be one now.
  let lateWithin: String?
  let cancelForm: Form
}
