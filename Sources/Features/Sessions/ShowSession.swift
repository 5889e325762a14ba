import Kit
import Scheduling
import Store
import Web

/// One session as one of its two people sees it: to be booked, before, during, after.
struct ShowSession: UseCase {
  var session: ID<Session>
  /// The version of the notes that was edited, when their form is shown again.
  var version: Int?
  /// Whether that was the private note.
  var isPrivate: Bool?

  static let rules: [String: Rule] = ["version": .number(0...1_000_000)]

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> SessionPage {
    let found = try Session.find(session, for: viewer, tx)
    let summary = try Sessions.summary(session, viewer, tx, world)
    let now = world.now()
    let phase = SessionPhase(found, now: now)
    let notes = phase.hasNotes ? try SessionNote.load(found, viewer, tx) : nil
    let there = phase == .during || phase == .unclear ? try Attendance.load(session, org: viewer.org, tx) : [:]
    return SessionPage(
      session: summary, phase: phase, withFirstName: firstName(summary.with.name), person: .init(summary), question: found.question,
      place: found.link,
      placeHref: MeetingPlace.href(found.link), hold: phase == .held ? HeldSlot(found) : nil,
      agenda: phase.hasAgenda ? try Agenda.load(found, viewer, tx, world) : nil,
      learning: phase.hasAgenda ? try SharedLearning.load(found, viewer, tx, world) : nil,
      presence: there.isEmpty && phase != .during && phase != .unclear ? nil : Presence(found, there, viewer, now: now),
      notes: notes?.shared, ownNote: notes?.own, newerNotes: isPrivate == true ? nil : newer(notes?.shared, "They are empty."),
      newerOwnNote: isPrivate == true ? newer(notes?.own, "It is empty.") : nil,
      after: phase.isAfter ? try AfterSession.load(found, viewer, tx, world) : nil,
      cancellation: phase == .cancelled ? try Cancellation.load(found, summary.with, viewer, tx, world) : nil,
      changes: try SessionChanges.load(found, phase, summary, viewer, tx, world),
      forms: SessionForms(found, phase, notes, summary, isOwnRefused: isPrivate == true),
      canMove: found.state == .booked && found.start > now,
      calendar: found.state == .booked && found.start > now ? CalendarLinks(found, with: summary.with.name) : nil,
      pickHref: found.mentor == viewer.person ? nil : "/sessions/new?" + (found.ask.map { "ask=\($0)&" } ?? "") + "mentor=\(found.mentor)")
  }

  /// What somebody else, or another window, has made of a note since the version that was edited.
  private func newer(_ note: SessionNote?, _ emptied: String) -> String? {
    guard let note, let version, note.version != version else { return nil }
    return note.text.isEmpty ? emptied : note.text
  }
}

/// Where a session stands for a page.
enum SessionPhase: String, Choice {
  case held, pending, lapsed, before, during
  /// Over, and nobody said that it took place.
  case unclear
  case met, wrapped
  case noShow = "no_show"
  case cancelled

  init(_ session: Session, now: Instant) {
    self =
      switch session.state {
      case .held: session.isLapsed(now) ? .lapsed : session.isPending(now) ? .pending : .held
      case .lapsed: .lapsed
      case .booked: now < session.start - CheckIn.early ? .before : now < session.end ? .during : .unclear
      case .met: .met
      case .wrapped: .wrapped
      case .noShow: .noShow
      case .cancelled: .cancelled
      }
  }

  var hasAgenda: Bool { self == .before || self == .during }
  var hasNotes: Bool { [.before, .during, .unclear, .met, .wrapped].contains(self) }
  var isAfter: Bool { [.unclear, .met, .wrapped].contains(self) }
}

struct SessionPage: Output {
  struct PersonLine: Output {
    let initials: String
    let ground: Int
    let name: String
    let detail: String
    /// Where they are blocked; nil for somebody without a name.
    let blockHref: String?

    init(_ session: SessionSummary) {
      blockHref = session.with.isHidden ? nil : "/you/blocks/\(session.with.id)"
      initials = session.with.initials
      ground = session.with.ground
      name = session.with.name
      let place = session.with.isHidden ? "" : DisplayTime.place(session.with.zone)
      detail = [session.isMentor ? "Mentee" : "Mentor", session.with.title, place].filter { !$0.isEmpty }
        .joined(separator: " · ")
    }
  }

  let session: SessionSummary
  let phase: SessionPhase
  let isHeld: Bool
  let isLapsed: Bool
  let isBefore: Bool
  let isDuring: Bool
  let isUnclear: Bool
  let isNoShow: Bool
  let isCancelled: Bool
  let withFirstName: String
  let person: PersonLine
  let question: String
  let place: String
  let placeHref: String?
  let hold: HeldSlot?
  let agenda: Agenda?
  let learning: SharedLearning?
  let presence: Presence?
  let notes: SessionNote?
  let ownNote: SessionNote?
  /// What stands above a form of notes that was refused because they have changed.
  let newerNotes: String?
  let newerOwnNote: String?
  let after: AfterSession?
  let cancellation: Cancellation?
  let changes: SessionChanges
  let forms: SessionForms
  let canMove: Bool
  /// Ways into calendars that do not read the feed.
  let calendar: CalendarLinks?
  /// Where another time with the same mentor is chosen.
  let pickHref: String?

  init(
    session: SessionSummary, phase: SessionPhase, withFirstName: String, person: PersonLine, question: String, place: String,
    placeHref: String?,
    hold: HeldSlot?, agenda: Agenda?, learning: SharedLearning?, presence: Presence?, notes: SessionNote?, ownNote: SessionNote?,
    newerNotes: String?, newerOwnNote: String?, after: AfterSession?, cancellation: Cancellation?, changes: SessionChanges,
    forms: SessionForms, canMove: Bool, calendar: CalendarLinks?, pickHref: String?
  ) {
    self.session = session
    self.phase = phase
    isHeld = phase == .held
    isLapsed = phase == .lapsed
    isBefore = phase == .before
    isDuring = phase == .during
    isUnclear = phase == .unclear
    isNoShow = phase == .noShow
    isCancelled = phase == .cancelled
    self.withFirstName = withFirstName
    self.person = person
    self.question = question
    self.place = place
    self.placeHref = placeHref
    self.hold = hold
    self.agenda = agenda
    self.learning = learning
    self.presence = presence
    self.notes = notes
    self.ownNote = ownNote
    self.newerNotes = newerNotes
    self.newerOwnNote = newerOwnNote
    self.after = after
    self.cancellation = cancellation
    self.changes = changes
    self.forms = forms
    self.canMove = canMove
    self.calendar = calendar
    self.pickHref = pickHref
  }
}
