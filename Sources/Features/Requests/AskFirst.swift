import Kit
import Store
import Web

/// A mentor asks something before deciding. The deadline stands still until the asker replies, at most seven days.
struct AskFirst: UseCase {
  static let rules: [String: Rule] = ["text": .text(2...2000)]

  var offer: ID<Offer>
  var text: String

  init(offer: ID<Offer>, text: String) {
    self.offer = offer
    self.text = text
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> OfferAnswered {
    let offer = try Offer.answerable(offer, for: viewer, tx)
    let now = world.now()
    let remaining = max(offer.dueAt - now, .minutes(1))
    let due = now + OfferDeadline.longestStandstill + remaining
    try Offer.move(
      offer.id, org: viewer.org, from: Offer.State.silent, to: .asked,
      also: ", question = \(text.trimmed), reply = NULL, asked_at = \(now), remaining = \(remaining.microseconds), due_at = \(due)", tx)
    try LapseOffer.schedule(offer.id, org: viewer.org, due: due, tx, world)
    try tx.withdraw(RemindOffer.self, key: "\(offer.id)")
    try Offer.refresh(ask: offer.ask, org: viewer.org, tx)
    try tx.record(viewer, "offer.asked", offer.id, [:], world)
    guard let ask = try Ask.find(offer.ask, org: viewer.org, tx) else { throw Problem.notFound }
    try tx.send(
      Letter(
        to: ask.asker, .request, subject: "\(viewer.name) asks you something first", ["\(viewer.name) would like to know:"],
        quote: text.trimmed, buttons: [.init("Reply", "/asks/\(ask.id)")]), org: viewer.org,
      key: "offer-asked/\(offer.id)/\(now.microseconds)", world)
    return OfferAnswered(offer)
  }
}

/// The asker replies to a mentor who asked first; the clock goes on with what was left.
struct ReplyToMentor: UseCase {
  static let rules: [String: Rule] = ["text": .text(1...2000)]

  var ask: ID<Ask>
  var offer: ID<Offer>
  var text: String

  init(ask: ID<Ask>, offer: ID<Offer>, text: String) {
    self.ask = ask
    self.offer = offer
    self.text = text
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> OfferAnswered {
    let ask = try Ask.find(ask, for: viewer, tx)
    guard let offer = try Offer.find(offer, org: viewer.org, tx), offer.ask == ask.id else { throw Problem.notFound }
    let due = world.now() + max(offer.remaining ?? .hours(1), .minutes(1))
    try Offer.move(
      offer.id, org: viewer.org, from: [.asked], to: .seen, also: ", reply = \(text.trimmed), due_at = \(due)", tx)
    try LapseOffer.schedule(offer.id, org: viewer.org, due: due, tx, world)
    try Offer.refresh(ask: ask.id, org: viewer.org, tx)
    try tx.record(viewer, "offer.replied", offer.id, [:], world)
    if let fresh = try Offer.find(offer.id, org: viewer.org, tx) { try OfferLetter.replied(fresh, ask, tx, world) }
    return OfferAnswered(offer)
  }
}
