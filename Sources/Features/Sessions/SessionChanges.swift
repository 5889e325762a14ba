import Kit
import Scheduling
import Store
import Web

/// What can be said about the time of a session: yes or no, another time, a colleague, a dispute.
struct SessionChanges: Output {
  /// A wish that waits for the mentor's word.
  struct Waiting: Output {
    let isMine: Bool
    let until: Moment
    let propose: Form?
    /// Whether the time wished for is still to come.
    let canConfirm: Bool
  }

  /// Other times that are on the table.
  struct Proposed: Output {
    let byMe: Bool
    let times: [String]
    let form: Form?
  }

  struct NoShow: Output {
    let words: String
    let form: Form?
  }

  let waiting: Waiting?
  let proposed: Proposed?
  let canRestore: Bool
  let canHandOver: Bool
  let noShow: NoShow?
  /// "Every 2 weeks, Tuesday 12:00 (Berlin), until …".
  let series: String?
  let canRepeat: Bool

  static func load(
    _ session: Session, _ phase: SessionPhase, _ summary: SessionSummary, _ viewer: Viewer, _ tx: Transaction, _ world: World
  ) throws -> SessionChanges {
    let now = world.now()
    let series = try SessionSeries.of(session.id, org: viewer.org, tx)?.series
    let isAhead = session.state == .booked && session.start > now
    return SessionChanges(
      waiting: phase == .pending ? try waiting(session, summary, viewer, tx, world) : nil,
      proposed: phase == .pending || isAhead ? try proposed(session, summary, viewer, tx, world) : nil,
      canRestore: session.canBeRestored(by: viewer, now: now), canHandOver: isAhead && session.mentor == viewer.person,
      noShow: phase == .noShow ? try noShow(session, summary, viewer, tx, world) : nil, series: series?.words,
      canRepeat: series == nil && [.booked, .met, .wrapped].contains(session.state))
  }

  private static func waiting(
    _ session: Session, _ summary: SessionSummary, _ viewer: Viewer, _ tx: Transaction, _ world: World
  ) throws -> Waiting {
    let isMine = session.mentor == viewer.person
    let until = Moment(session.heldUntil ?? session.start, viewer, now: world.now())
    guard isMine else { return Waiting(isMine: false, until: until, propose: nil, canConfirm: false) }
    let search = try PersonTime.search(
      host: session.mentor, guest: session.mentee, minutes: session.minutes, org: viewer.org, except: session.id, tx, world)
    let picker = SlotPicker(search, viewer, other: summary.with, from: nil, all: false, leaving: session.start, world)
    return Waiting(
      isMine: true, until: until, propose: ProposedTimes.form(session, picker, with: firstName(summary.with.name)),
      canConfirm: session.start > world.now())
  }

  private static func proposed(
    _ session: Session, _ summary: SessionSummary, _ viewer: Viewer, _ tx: Transaction, _ world: World
  ) throws -> Proposed? {
    guard let proposed = try ProposedTimes.of(session.id, org: viewer.org, tx, after: world.now()) else { return nil }
    let other = (zone: summary.with.zone, name: summary.with.name)
    let texts = proposed.starts.map { SharedTime.words($0, zone: viewer.zone, other: other) }
    let options = zip(proposed.starts, texts).map { Form.Option($0.description, $1) }
    let form = Form(
      "/sessions/\(session.id)/times/pick", button: "Take this time", id: "pick",
      [.choose(.radio, "start", "Which one suits you?", options)])
    let byMe = proposed.by == viewer.person
    return Proposed(byMe: byMe, times: texts, form: byMe ? nil : form)
  }

  private static func noShow(
    _ session: Session, _ summary: SessionSummary, _ viewer: Viewer, _ tx: Transaction, _ world: World
  ) throws -> NoShow? {
    guard let absence = try Dispute.absence(session.id, org: viewer.org, tx) else { return nil }
    let missing = absence.person == viewer.person ? "You are" : "\(firstName(summary.with.name)) is"
    let dispute = try Dispute.of(session.id, org: viewer.org, tx)
    if let dispute {
      let words =
        dispute.outcome == nil ? "This is disputed and counts for nobody until a coordinator has settled it." : "It was settled: it stands."
      return NoShow(words: words, form: nil)
    }
    let isOpen = world.now() < absence.at + Dispute.window
    let form = Form(
      "/sessions/\(session.id)/dispute", button: "Dispute it", id: "dispute",
      [.area("words", "That is not how it was?", help: "A coordinator reads this and settles it.", rows: 3, max: 1000)])
    return NoShow(words: "\(missing) noted as missing.", form: isOpen ? form : nil)
  }
}

extension ProposedTimes {
  /// The times of a picker as boxes to tick; the first twelve.
  static func form(_ session: Session, _ picker: SlotPicker, with name: String) -> Form? {
    let options = picker.days.flatMap { day in
      day.slots.map { Form.Option($0.value.description, "\(day.label), \($0.label)", help: $0.other) }
    }
    .filter { $0.value != session.start.description }
    if options.isEmpty { return nil }
    return Form(
      "/sessions/\(session.id)/times", button: "Propose these times", id: "times",
      [.choose(.checks, "starts", "Up to three times", Array(options.prefix(12)), help: "\(name) picks one.")])
  }
}
