import Kit
import Matching
import Store
import Web

/// Mails to a mentor about an offer. Each act has a link of its own that works without signing in.
enum OfferLetter {
  static func sent(_ offer: Offer, _ ask: Ask, _ tx: Transaction, _ world: World) throws {
    try write(offer, ask, key: "offer/\(offer.id)", lead: nil, tx, world)
  }

  static func reminder(_ offer: Offer, _ ask: Ask, _ tx: Transaction, _ world: World) throws {
    try write(offer, ask, key: "offer-reminder/\(offer.id)", lead: "This request still waits for you.", tx, world)
  }

  static func replied(_ offer: Offer, _ ask: Ask, _ tx: Transaction, _ world: World) throws {
    let lead = "You asked: \(offer.question ?? "") The reply: \(offer.reply ?? "")"
    try write(offer, ask, key: "offer-replied/\(offer.id)/\(offer.dueAt.microseconds)", lead: lead, tx, world)
  }

  private static func write(_ offer: Offer, _ ask: Ask, key: String, lead: String?, _ tx: Transaction, _ world: World) throws {
    guard let mentor = try Addressee.find(offer.mentor, org: offer.org, tx), mentor.isActive else { return }
    let asker = ask.isAnonymous ? nil : try Addressee.find(ask.asker, org: offer.org, tx)
    let name = asker?.name ?? "Somebody in your organisation"
    let now = world.now()
    let start = offer.start.map { Moment($0, zone: mentor.zone, now: now) }
    let isWritten = ask.settings.isWritten
    let facts = isWritten ? "in writing" : "\(ask.minutes) min" + (start.map { ", \($0.text) your time" } ?? "")
    let waited = Wording.waited(minutes: Int((now - (ask.openedAt ?? now)).minutes)).map { " \($0)" } ?? ""
    var paragraphs = [lead, "\(name) asks for your help.", "Why you: \(offer.why)\(waited)"].compactMap { $0 }
    if let start {
      let other = asker.flatMap {
        $0.zone == mentor.zone ? nil : Moment(offer.start ?? now, zone: $0.zone, now: now).text + " for " + $0.firstName
      }
      paragraphs.append("Proposed: \(start.text) your time" + (other.map { " · \($0)" } ?? "") + ", \(ask.minutes) minutes.")
    }
    paragraphs.append(
      "It waits for you until \(Moment(offer.dueAt, zone: mentor.zone, now: now).text). Without an answer it goes to somebody else, and that is fine."
    )
    // The quote comes after the paragraphs, so its heading is the last of them.
    paragraphs.append(asker.map { "\($0.firstName) asks:" } ?? "This is the question:")
    let acts: [(MailLink.Act, String)] = [
      (.accept, isWritten ? "Answer in writing" : start.map { "Accept \($0.text)" } ?? "Accept"),
      (.otherTime, "Other time"), (.askFirst, "Ask first"), (.passOn, "Pass on"),
    ]
    let buttons = try acts.filter { !(isWritten && $0.0 == .otherTime) }.map { act, label in
      Letter.Button(label, "/mail/" + (try MailLink.make(offer, act, tx, world)))
    }
    try tx.send(
      Letter(
        to: mentor.id, .request, subject: "\(asker?.firstName ?? "Somebody") asks: \(ask.question.shortened(to: 80)) (\(facts))",
        paragraphs,
        quote: ask.question, buttons: buttons), org: offer.org, key: key, world)
  }
}

extension Addressee {
  var firstName: String { String(name.prefix { $0 != " " }) }
}
