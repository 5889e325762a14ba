import Foundation
import Kit
import Outside
import Testing

@Suite(
  "Mail through a real server",
  .enabled(if: MailServer.isAvailable, "SKIPPED: no Python environment; run scripts/venv, or set TANDEM_TEST_PYTHON to one with aiosmtpd"),
  .timeLimit(.minutes(2)))
struct SMTPTests {
  private func mail(to: String = "ben@example.net", from: String = "tandem@example.org", key: String = "1") throws -> Mail {
    let recipient = Mailbox(try EmailAddress(to), name: "Ben Größe")
    var mail = Mail(
      messageID: MessageID(key: key, secret: Secret([7]), domain: "example.org"), date: Instant(seconds: 1_795_420_800),
      from: Mailbox(try EmailAddress(from), name: "Tandem"), to: recipient, subject: "Monday 09:00, Größe",
      text: "first\n.\n..\n.leading dot\n\nend", html: "<p>first</p>\n.\n")
    mail.calendar = Mail.CalendarPart(method: .request, text: "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n")
    return mail
  }

  private func failure(of mailer: Mailer, _ mail: Mail) async throws -> MailError {
    try #require(await #expect(throws: MailError.self) { try await mailer.send(mail) })
  }

  @Test(
    "what arrives is byte for byte what was written",
    arguments: [(MailServer.Mode.plain, "smtp", false), (.starttls, "smtp+starttls", true), (.tls, "smtps", true)])
  func delivery(mode: MailServer.Mode, scheme: String, encrypted: Bool) async throws {
    try await MailServer.run(mode) { server in
      let mail = try mail()
      try await server.mailer(scheme).send(mail)
      let received: MailServer.Received = try await server.next()
      #expect(received.sender == "tandem@example.org" && received.recipients == ["ben@example.net"])
      #expect([UInt8](received.message) == MIMEWriter.bytes(of: mail))
      #expect(received.encrypted == encrypted)
      #expect(received.helo == "example.org")
    }
  }

  @Test("a user signs in; a wrong password is told as such, is worth another try, and does not show")
  func signIn() async throws {
    try await MailServer.run(.starttls) { server in
      try await server.mailer("smtp+starttls", username: "tandem", password: "right horse").send(mail())
      #expect(try await server.next(MailServer.Received.self).user == "tandem")
      let wrong = try server.mailer("smtp+starttls", username: "tandem", password: "wrong horse")
      let failure = try await failure(of: wrong, mail())
      guard case .permanent(let refusal) = failure else {
        Issue.record("\(failure)")
        return
      }
      #expect(refusal.code == 535 && refusal.step == .signIn)
      #expect(!failure.isFinal && !failure.refusesRecipient)
      #expect(!"\(failure) \(wrong.summary)".contains("horse"))
      await #expect(throws: failure) { try await wrong.probe() }
    }
  }

  @Test(
    "an unknown certificate is refused before anything is said", arguments: [(MailServer.Mode.starttls, "smtp+starttls"), (.tls, "smtps")])
  func unknownCertificate(mode: MailServer.Mode, scheme: String) async throws {
    try await MailServer.run(mode) { server in
      let failure = try await failure(of: server.mailer(scheme, trusting: false), mail())
      guard case .notSecure = failure else {
        Issue.record("\(failure)")
        return
      }
      try await server.mailer(scheme).send(mail(key: "after"))
      let received = try await server.next(MailServer.Received.self)
      #expect([UInt8](received.message) == MIMEWriter.bytes(of: try mail(key: "after")))
    }
  }

  @Test("a trusted certificate for another name is refused")
  func otherName() async throws {
    try await MailServer.run(.tls, certificateName: "other.example") { server in
      guard case .notSecure = try await failure(of: server.mailer("smtps"), mail()) else {
        Issue.record("the certificate was taken")
        return
      }
    }
  }

  @Test("S40 a server that does not offer STARTTLS gets neither mail nor password")
  func noSTARTTLS() async throws {
    try await MailServer.run(.plain) { server in
      let mailer = try server.mailer("smtp+starttls", username: "tandem", password: "right horse")
      guard case .notSecure = try await failure(of: mailer, mail(key: "secret")) else {
        Issue.record("went on without TLS")
        return
      }
      try await server.mailer("smtp").send(mail(key: "open"))
      let received = try await server.next(MailServer.Received.self)
      #expect([UInt8](received.message) == MIMEWriter.bytes(of: try mail(key: "open")))
    }
  }

  @Test(
    "answers of the server become temporary or permanent, with the step at which they came",
    arguments: [
      ("later@example.net", "tandem@example.org", 451, "4.2.1 Greylisted, try again", MailError.Refusal.Step.recipient),
      ("nobody@example.net", "tandem@example.org", 550, "5.1.1 There is nobody 5.1.1 of this name", .recipient),
      ("ben@example.net", "unwelcome@example.org", 550, "5.7.1 We do not know this sender", .sender),
      ("heavy@example.net", "tandem@example.org", 552, "5.3.4 Too big", .message),
      ("busy@example.net", "tandem@example.org", 421, "4.3.2 Shutting down", .message),
    ])
  func answers(to: String, from: String, code: Int, text: String, step: MailError.Refusal.Step) async throws {
    try await MailServer.run(.starttls) { server in
      let mailer = try server.mailer("smtp+starttls")
      let failure = try await failure(of: mailer, mail(to: to, from: from))
      let refusal = MailError.Refusal(code: code, text: text, step: step)
      #expect(failure == (code < 500 ? .temporary(refusal) : .permanent(refusal)))
      #expect(failure.isFinal == (code >= 500 && step != .sender))
      #expect(failure.refusesRecipient == (code >= 500 && step == .recipient))
      try await mailer.send(mail(key: "the next mail goes through"))
      #expect(try await server.next(MailServer.Received.self).recipients == ["ben@example.net"])
    }
  }

  @Test("a connection that the server closed meanwhile is replaced")
  func closedMeanwhile() async throws {
    try await MailServer.run(.starttls) { server in
      let mailer = try server.mailer("smtp+starttls")
      for _ in 0..<3 {
        try await mailer.send(mail(to: "closing@example.net"))
        _ = try await server.next(MailServer.Received.self)
        #expect(try await server.next(MailServer.Closed.self).closed)
      }
      try await mailer.send(mail())
      #expect(try await server.next(MailServer.Received.self).recipients == ["ben@example.net"])
    }
  }

  @Test("many mails at once go over a few connections, each exactly once")
  func many() async throws {
    try await MailServer.run(.starttls) { server in
      let mailer = try server.mailer("smtp+starttls", connections: 3)
      let mails = try (0..<60).map { try mail(to: "ben\($0)@example.net", key: "\($0)") }
      try await withThrowingTaskGroup(of: Void.self) { group in
        for mail in mails { group.addTask { try await mailer.send(mail) } }
        try await group.waitForAll()
      }
      var recipients: [String] = []
      for _ in mails { recipients += try await server.next(MailServer.Received.self).recipients }
      #expect(recipients.sorted() == mails.map { $0.to.address.description }.sorted())
    }
  }

  @Test("the probe connects and signs in but sends nothing")
  func probe() async throws {
    try await MailServer.run(.tls) { server in
      let mailer = try server.mailer("smtps", username: "tandem", password: "right horse")
      try await mailer.probe()
      try await mailer.send(mail(key: "first"))
      let received = try await server.next(MailServer.Received.self)
      #expect([UInt8](received.message) == MIMEWriter.bytes(of: try mail(key: "first")))
    }
  }

  @Test("a server that says nothing costs its time-out and holds up nobody else")
  func silence() async throws {
    try await MailServer.run(.silent) { server in
      let mailer = try server.mailer("smtp", connections: 8, timeout: 5)
      let mail = try mail()
      let finished = Counter()
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<8 {
          group.addTask {
            let failure = await #expect(throws: MailError.self) { try await mailer.send(mail) }
            guard case .unreachable = failure else {
              Issue.record("\(String(describing: failure))")
              return
            }
            await finished.add()
          }
        }
        for _ in 0..<100 { await Task { await Task.yield() }.value }
        #expect(await finished.count == 0)
        try await group.waitForAll()
      }
      #expect(await finished.count == 8)
    }
  }

  @Test("no server at all is told as unreachable")
  func unreachable() async throws {
    let mailer = Mailer.smtp(try SMTPSettings(url: "smtp://127.0.0.1:1"))
    guard case .unreachable = try await failure(of: mailer, mail()) else {
      Issue.record("something answered on port 1")
      return
    }
  }

  private actor Counter {
    var count = 0
    func add() { count += 1 }
  }
}
