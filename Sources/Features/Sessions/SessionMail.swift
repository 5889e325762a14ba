import Jobs
import Kit
import Scheduling
import Store
import Web

/// Tells one person, by mail with a calendar event, that a session was booked, moved, taken over or cancelled.
struct SessionMail: Job {
  static let kind = "session-mail"

  enum Event: String, Codable, Sendable {
    case booked, moved, cancelled
    /// A colleague has become the mentor; the time is what it was.
    case takenOver
    /// To a mentor whose session a colleague took over: for them it is as good as cancelled.
    case handedOver
  }

  let session: ID<Session>
  let person: ID<Person>
  let sequence: Int
  let event: Event
  /// Who did it.
  let by: ID<Person>
  /// Whom a session was taken over from.
  var from: ID<Person>?

  static func plan(
    _ session: Session, _ event: Event, by actor: ID<Person>, from former: ID<Person>? = nil, _ tx: Transaction, _ world: World
  ) throws {
    for person in session.people {
      let mail = SessionMail(session: session.id, person: person, sequence: session.sequence, event: event, by: actor, from: former)
      try tx.enqueue(mail, for: session.org, key: mail.key, at: world.now(), world)
    }
  }

  /// Takes the session out of the calendar of a mentor who handed it over.
  static func planLeave(_ session: Session, of mentor: ID<Person>, by actor: ID<Person>, _ tx: Transaction, _ world: World) throws {
    let mail = SessionMail(session: session.id, person: mentor, sequence: session.sequence, event: .handedOver, by: actor)
    try tx.enqueue(mail, for: session.org, key: mail.key, at: world.now(), world)
  }

  private var key: String { "\(session)/\(sequence)/\(event.rawValue)/\(person)" }

  /// Hands the letter over, unless a later move or the cancellation has made it untrue.
  func send(_ tx: Transaction, org: ID<Organisation>, _ site: Site) throws {
    guard let current = try Session.find(session, org: org, tx),
      event == .handedOver || current.sequence == sequence && (event == .cancelled) == (current.state == .cancelled),
      let own = try Addressee.find(person, org: org, tx), own.isActive,
      let other = try Addressee.find(event == .handedOver ? current.mentee : current.other(than: person), org: org, tx)
    else { return }
    let former = try from.flatMap { try Addressee.find($0, org: org, tx)?.name }
    let taker = try event == .handedOver ? Addressee.find(by, org: org, tx)?.name : nil
    let words = SessionWords(session: current, own: own, other: other, former: former, taker: taker)
    let token = try InvitationAnswer.token(current, person, tx, site.keys)
    let invitation = SessionInvitation(
      session: current, people: [own, other], to: person, by: by, token: token, answers: try InvitationAnswer.all(current, tx), site: site)
    let ends = event == .cancelled || event == .handedOver
    let text = ends ? invitation.cancel() : invitation.request(words)
    var paragraphs = [words.told(event, byOwn: by == person), words.when]
    if let place = words.place { paragraphs.append(place) }
    if event == .cancelled, person == current.mentee {
      let free = try OtherTimes.of(current, zone: own.zone, tx, site.world)
      if !free.isEmpty {
        paragraphs.append("Free next: \(listed(free.map { SharedTime.words($0, zone: own.zone, other: (other.zone, other.name)) })).")
      }
    }
    let reason = event == .cancelled && by == other.id ? try reasonGiven(org: org, tx) : ""
    if !reason.isEmpty { paragraphs.append("\(words.with) writes:") }
    let question = current.question.isEmpty ? nil : current.question
    let buttons: [Letter.Button] =
      event == .handedOver
      ? []
      : event == .cancelled
        ? [.init("See what happened", "/sessions/\(session)")]
        : [
          .init("Open the session", "/sessions/\(session)"), .init("Change time or cancel", "/sessions/\(session)/move"),
          .init("Say whether you come", "/answer/\(token)"),
        ]
    var letter = Letter(
      to: person, .session, subject: words.subject(event), paragraphs, quote: reason.isEmpty ? question : reason, buttons: buttons,
      calendar: .init(method: ends ? "CANCEL" : "REQUEST", text: text))
    // Word of a hand-over stays true however the session moves on.
    if event != .handedOver { letter.about = .init(session: session, sequence: sequence) }
    try tx.send(letter, org: org, key: "session/\(key)", site.world)
  }

  /// What whoever called it off wrote for the other.
  private func reasonGiven(org: ID<Organisation>, _ tx: Transaction) throws -> String {
    let reason: String? = try tx.value("SELECT cancel_reason FROM session WHERE org_id = \(org) AND id = \(session)")
    return reason ?? ""
  }
}
