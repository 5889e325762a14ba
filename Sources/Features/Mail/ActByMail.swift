import Kit
import Store
import Web

/// Does what a link in a mail says, once.
struct ActByMail: Input {
  static let rules: [String: Rule] = ["starts": .list(0...3), "text": .text(0...10_000), "token": .text(20...100)]

  var token: String
  var start: Instant?
  var starts: [Instant]?
  var text: String?

  struct Acted: Output {
    var act: MailLink.Act
    var offer: ID<Offer>
    var token: String

    var destination: Destination {
      let said =
        switch act {
        case .accept: "Done. Thank you: we told them."
        case .otherTime: "Proposed. You will hear which time is picked."
        case .askFirst: "Sent. The deadline stands still until there is a reply."
        case .passOn: "Passed on. Thank you for answering."
        }
      return Destination("/mail/\(token)", say: said)
    }
  }

  static func act(_ tx: Transaction, _ visitor: Visitor, _ world: World, _ input: ActByMail) throws -> Acted {
    let (link, mentor) = try MailLink.find(input.token, tx)
    guard let offer = try Offer.find(link.offer, org: link.org, tx) else { throw Problem.notFound }
    let used = try tx.run(
      "UPDATE mail_link SET used_at = \(world.now()) WHERE org_id = \(link.org) AND id = \(link.id) AND used_at IS NULL")
    guard used == 1 else { throw offer.state.refusal }
    let viewer = mentor.viewer(.link)
    switch link.act {
    case .accept: _ = try AcceptOffer(offer: offer.id, start: input.start, answer: input.text)(tx, viewer, world)
    case .otherTime: _ = try ProposeTimes(offer: offer.id, starts: input.starts ?? [])(tx, viewer, world)
    case .askFirst:
      guard let text = input.text?.trimmed, !text.isEmpty else { throw Problem.invalid("text", "Write what you would like to know.") }
      guard text.count <= 2000 else { throw Problem.invalid("text", "Use at most 2000 characters.") }
      _ = try AskFirst(offer: offer.id, text: text)(tx, viewer, world)
    case .passOn:
      let reason = (input.text ?? "").trimmed
      guard reason.count <= 500 else { throw Problem.invalid("text", "Use at most 500 characters.") }
      _ = try PassOnOffer(offer: offer.id, reason: reason)(tx, viewer, world)
    }
    return Acted(act: link.act, offer: offer.id, token: input.token)
  }
}
