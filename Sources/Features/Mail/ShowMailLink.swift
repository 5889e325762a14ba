import Kit
import Store
import Web

/// What a link in a mail will do, for whoever holds it. It shows nothing beyond the mail and changes nothing.
struct ShowMailLink: Input {
  static let rules: [String: Rule] = ["token": .text(20...100)]

  var token: String

  struct Page: Output {
    var title: String
    var orgName: String
    var asker: String
    var question: String
    var facts: String
    var why: String
    /// Said when nothing can be done any more.
    var ended: String?
    var form: Form?
    var offerHref: String
  }

  static func page(_ tx: Transaction, _ visitor: Visitor, _ world: World, _ input: ShowMailLink) throws -> Page {
    let (link, mentor) = try MailLink.find(input.token, tx)
    guard let offer = try Offer.find(link.offer, org: link.org, tx), let ask = try Ask.find(offer.ask, org: link.org, tx) else {
      throw Problem.notFound
    }
    let view = try RequestView(offer, ask, zone: mentor.zone, tx, world)
    let orgName: String = try tx.value("SELECT name FROM organisation WHERE id = \(link.org)") ?? ""
    let isOver = link.isUsed || !offer.state.isPending || !ask.state.isWaiting
    let forms = RequestForms(view: view, action: "/mail/\(input.token)", textName: "text")
    return Page(
      title: isOver ? "This request" : forms.title(link.act), orgName: orgName, asker: view.asker, question: ask.question,
      facts: view.facts,
      why: offer.why, ended: isOver ? offer.state.sentence : nil, form: isOver ? nil : forms.form(link.act),
      offerHref: "/requests/\(offer.id)")
  }
}
