import Foundation
import Kit
import Outside
import Store
import Web

/// How mail leaves this installation. Passwords are never part of it.
struct MailFacts: Output {
  let hasServer: Bool
  let way: String
  let from: String

  init(_ site: Site) {
    hasServer = site.settings.hasMailServer
    way = site.mailer.summary
    let sender = try? site.settings.sender()
    from = site.settings.hasOwnSender ? site.settings.mailFrom : sender.map { "\($0.address)" } ?? ""
  }
}

struct MailPage: Output {
  let mail: MailFacts
  let works: Bool
  let trouble: String?
  let waiting: Int
  let testForm: Form
  let own: OwnSettings
  let tabs: AdminTabs

  static let endpoint = Endpoint.custom(
    .get, "/admin/mail", allow: .admin, "How mail is sent", input: NoInput.self, output: .of(MailPage.self)
  ) { call, _ in
    let site = call.site
    let (viewer, waiting, own) = try await call.reading { tx in
      let viewer = try call.admit(tx)
      return (
        viewer,
        try tx.count(
          "SELECT count(*) FROM job WHERE kind = \(Letter.kind) AND state = \("ready") AND org_id = \(viewer.org) AND attempts > 0"),
        try OwnSettings("/admin/mail", tx, site)
      )
    }
    var trouble: String?
    do {
      try await site.mailer.probe()
    } catch let error as MailError {
      trouble = "\(error)"
    }
    return try Answer.page(
      "admin/mail",
      MailPage(
        mail: MailFacts(site), works: trouble == nil, trouble: trouble, waiting: waiting, testForm: SendTestMail.form(back: "/admin/mail"),
        own: own, tabs: AdminTabs("/admin/mail")), viewer: viewer)
  }
}

/// Sends a message to oneself, at once and past the queue, so that what is wrong is told here.
struct SendTestMail: Input {
  /// Which page to come back to.
  var back: String?

  struct Result: Output {
    let sentTo: String
  }

  static func form(back: String) -> Form {
    var form = Form("/admin/mail/test", button: "Send me a test", id: "test", [.hidden("back", back)])
    form.quiet = true
    return form
  }

  static let endpoint = Endpoint.custom(
    .post, "/admin/mail/test", allow: .admin, "Send a test message to yourself", input: SendTestMail.self, output: .of(Result.self)
  ) { call, input in
    let site = call.site
    let receiver = try await call.writing { tx in
      let viewer = try call.admit(tx)
      guard let person = try Addressee.find(viewer.person, org: viewer.org, tx) else { throw Problem.notFound }
      try tx.record(viewer, "mail.tested", viewer.person, [:], site.world)
      return person
    }
    let now = site.world.now()
    let text = """
      This is the test message you asked for.

      If you read this in your mailbox, mail works: invitations, codes and reminders will arrive as well.
      """
    do {
      let own = Mailbox(try EmailAddress(receiver.email), name: receiver.name)
      let from = try site.settings.sender()
      let mail = Mail(
        messageID: MessageID(
          key: "test \(site.world.random())", secret: Secret(Array(site.keys.seal("letters", for: "message id").utf8)),
          domain: from.address.domain),
        date: now, from: from,
        to: own, subject: "Test message from Tandem", text: text)
      try await site.mailer.send(mail)
    } catch let error as MailError {
      throw Problem.conflict(code: "mail_failed", detail: "The message was not taken. \(error)")
    }
    let place =
      site.settings.hasMailServer
      ? "Sent to \(receiver.email). Look at your mailbox." : "Written to the folder outbox, since no mail server is set."
    return try Answer.acted(
      Result(sentTo: receiver.email), Destination(input.back == "/admin/start" ? "/admin/start" : "/admin/mail", say: place))
  }.with { $0.form = "/admin/mail" }
}
