import Kit
import Scheduling
import Store
import Web

/// What a link in an invitation does, for whoever holds it. It shows nothing beyond the mail and changes nothing.
struct ShowInvitation: Input {
  static let rules: [String: Rule] = ["token": .text(20...100)]

  var token: String

  struct Page: Output {
    let title: String
    let when: String
    let orgName: String
    /// Said when there is nothing to answer any more.
    let ended: String?
    /// What was answered before.
    let said: String?
    let accept: Form?
    let decline: Form?
    let href: String
  }

  static func page(_ tx: Transaction, _ visitor: Visitor, _ world: World, _ input: ShowInvitation) throws -> Page {
    let answer = try InvitationAnswer.find(input.token, tx)
    // A session that was handed on is somebody else's now.
    guard let session = try Session.find(answer.session, org: answer.org, tx), session.includes(answer.person.id),
      let other = try Addressee.find(session.other(than: answer.person.id), org: answer.org, tx)
    else { throw Problem.notFound }
    let words = SessionWords(session: session, own: answer.person, other: other)
    let isOpen = session.state == .booked && world.now() < session.end
    let said = try InvitationAnswer.all(session, tx)[answer.person.id]
    let action = "/answer/\(input.token)"
    let version = Form.Field.hidden("sequence", "\(session.sequence)")
    var decline = Form(
      action, button: "I cannot come", id: "decline", danger: true,
      [
        .hidden("answer", "declined"), version,
        .text("reason", "Why", help: "\(words.with) reads it.", optional: true, max: 500),
      ])
    decline.confirm = "This cancels the session. \(words.with) is told."
    return Page(
      title: "\(session.title) with \(other.name)", when: words.when,
      orgName: try tx.value("SELECT name FROM organisation WHERE id = \(answer.org)") ?? "",
      ended: isOpen ? nil : session.state == .cancelled ? "This session was cancelled." : "This session is over.",
      said: isOpen && said == .accepted ? "You said that you come." : nil,
      accept: isOpen && said != .accepted
        ? Form(action, button: "I will be there", id: "accept", [.hidden("answer", "accepted"), version]) : nil,
      decline: isOpen ? decline : nil, href: "/sessions/\(session.id)")
  }
}

/// Answers an invitation from its mail, without signing in.
struct AnswerInvitation: Input {
  enum Said: String, Choice { case accepted, declined }

  static let rules: [String: Rule] = ["token": .text(20...100), "sequence": .number(0...1_000_000), "reason": .text(0...500)]

  var token: String
  var answer: Said
  /// The version of the session that the page showed.
  var sequence: Int
  var reason: String?

  struct Answered: Output {
    let answer: Said
    let token: String

    var destination: Destination {
      Destination("/answer/\(token)", say: answer == .accepted ? "Noted. See you there." : "Cancelled. We tell the other.")
    }
  }

  static func act(_ tx: Transaction, _ visitor: Visitor, _ world: World, _ input: AnswerInvitation) throws -> Answered {
    let answer = try InvitationAnswer.find(input.token, tx)
    try answer.take(
      input.answer == .accepted ? .accepted : .declined, to: input.sequence, reason: (input.reason ?? "").trimmed, tx, world)
    return Answered(answer: input.answer, token: input.token)
  }
}
