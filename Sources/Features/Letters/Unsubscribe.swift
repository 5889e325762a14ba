import Kit
import Store
import Web

/// A signed address that switches one topic off for one person, without signing in. GET only shows it; mail scanners fetch links.
enum Unsubscribe {
  static let purpose = "unsubscribe"

  static func token(_ person: ID<Person>, org: ID<Organisation>, _ topic: Letter.Topic, _ keys: Keys) -> String {
    let text = "\(org).\(person).\(topic.rawValue)"
    return "\(text).\(keys.seal(text, for: purpose))"
  }

  struct Target: Sendable {
    let person: Addressee
    let topic: Letter.Topic
  }

  /// What a token is for; anything forged, cut or of somebody who left answers like nothing.
  static func read(_ token: String, _ keys: Keys, _ tx: Transaction) throws -> Target {
    let parts = token.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 4, let org = ID<Organisation>(parts[0]), let id = ID<Person>(parts[1]),
      let topic = Letter.Topic(rawValue: parts[2]),
      Letter.Topic.chosen.contains(topic), Unsubscribe.token(id, org: org, topic, keys) == token,
      let person = try Addressee.find(id, org: org, tx), person.isActive
    else { throw Problem.notFound }
    return Target(person: person, topic: topic)
  }

  struct Page: Output {
    var topic: String
    var help: String
    var isOff: Bool
    var action: String
  }

  static let page = Endpoint.openPage(
    "/unsubscribe/:token", allow: .link, "letters/unsubscribe", "Show what a mail can be unsubscribed from"
  ) {
    (tx, visitor, _, input: Path) in
    let target = try read(input.token, visitor.site.keys, tx)
    return Page(
      topic: target.topic.words, help: target.topic.help, isOff: try !NotificationChoice.of(target.person, tx).wants(target.topic, .mail),
      action: "/unsubscribe/\(input.token)")
  }.with { $0.surface = .page }

  struct Path: Input {
    var token: String
  }

  /// Mail programs post `List-Unsubscribe=One-Click` here (RFC 8058); whatever the body holds, the address alone decides.
  static let endpoint = Endpoint(
    .post, "/unsubscribe/:token", allow: .link, "Switch a topic of mails off", surface: .page, input: .of(Path.self), output: .of(Page.self)
  ) { call in
    let token = call.fields["token"]?.text ?? ""
    let page = try await call.writing { tx in
      let target = try read(token, call.site.keys, tx)
      var choice = try NotificationChoice.of(target.person, tx)
      choice.off[.mail, default: []].insert(target.topic)
      try choice.save(target.person.id, org: target.person.org, tx)
      try tx.record(target.person.viewer(.link), "person.unsubscribed", target.person.id, ["topic": target.topic.rawValue], call.site.world)
      return Page(topic: target.topic.words, help: target.topic.help, isOff: true, action: "/unsubscribe/\(token)")
    }
    return try .page("letters/unsubscribe", page, viewer: nil)
  }
}
