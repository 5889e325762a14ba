import Jobs
import Kit
import Outside
import Store
import Web

/// Writes an enqueued letter as a mail and hands it to the mailer. The receiver is looked up again: whoever left gets nothing.
struct SendLetter: Sendable {
  let site: Site

  func callAsFunction(_ letter: Letter, _ run: JobRun) async throws {
    guard let receiver = try await receiver(of: letter, run) else { return }
    try await send(letter, receiver, key: run.job.key, run)
  }

  /// The same for work that has its own job and looks at the world again each time it is tried.
  ///
  /// - Returns: whether there was a way to take: one that is switched on and, for push, leads to a device.
  func now(_ letter: Letter, key: String, org: ID<Organisation>, _ run: JobRun) async throws -> Bool {
    guard let receiver = try await receiver(of: letter, run) else { return false }
    return try await send(letter, receiver, key: key, run)
  }

  @discardableResult
  private func send(_ letter: Letter, _ receiver: Receiver, key: String, _ run: JobRun) async throws -> Bool {
    let now = run.world.now()
    guard let person = receiver.person, letter.topic != .account else {
      try await deliver(letter, receiver, key: key, now: now)
      return true
    }
    let choice = try await run.store.read { tx in try NotificationChoice.of(person, tx) }
    let later = letter.isAtOnce == true ? nil : choice.quiet.wait(letter.topic, now: now, zone: person.zone)
    let ways = Channel.allCases.filter { letter.takes($0) && choice.wants(letter.topic, $0) }
    var devices = 0
    if ways.contains(where: { $0 != .mail }) || later != nil {
      devices = try await run.store.write { tx in
        if ways.contains(.notice) { try Notice.make(letter, key: key, for: person, tx, run.world) }
        if ways.contains(.mail), let later { try Digest.hold(letter, key: key, for: person, until: later, tx, run.world) }
        guard ways.contains(.push) else { return 0 }
        return try SendPush.enqueue(letter, key: key, for: person, at: later ?? now, tx, run.world)
      }
    }
    if ways.contains(.mail), later == nil { try await deliver(letter, receiver, key: key, now: now) }
    return devices > 0 || ways.contains { $0 != .push }
  }

  /// Sends what was held for somebody, as one mail of at most fifty things, or several. Sent before it is let go: a crash between the two repeats the same Message-ID.
  func callAsFunction(_ digest: SendDigest, _ run: JobRun) async throws {
    let org = try run.org()
    while true {
      let (held, wanted) = try await run.store.read { tx in
        let held = try Digest.held(digest.person, org: org, tx)
        guard !held.isEmpty, let person = try Addressee.find(digest.person, org: org, tx) else { return (held, [Digest.Held]()) }
        // What was switched off meanwhile is not sent any more.
        let choice = try NotificationChoice.of(person, tx)
        return (held, held.filter { choice.wants($0.letter.topic, .mail) })
      }
      guard let first = held.first else { return }
      if let letter = Digest.letter(of: wanted, to: digest.person), let receiver = try await receiver(of: letter, run) {
        try await deliver(letter, receiver, key: "\(run.job.key)/\(first.key)", now: run.world.now())
      }
      try await run.store.write { tx in try Digest.release(held.map(\.key), digest.person, org: org, tx) }
    }
  }

  private func deliver(_ letter: Letter, _ receiver: Receiver, key: String, now: Kit.Instant) async throws {
    // RFC 6761: no name under .invalid ever resolves; the people of a demo live there.
    if receiver.mailbox.address.domain.lowercased().hasSuffix(".invalid") { return }
    let mail = try compose(letter, receiver, key: key, now: now)
    do {
      try await site.mailer.send(mail)
      site.metrics.add("tandem_mail_total{result=\"sent\"}")
    } catch let error as MailError {
      site.metrics.add("tandem_mail_total{result=\"failed\"}")
      if error.isFinal { throw JobFailure.permanent("\(error)") }
      throw JobFailure.later("\(error)")
    }
  }

  struct Receiver: Sendable {
    let mailbox: Mailbox
    let name: String
    let orgName: String
    let person: Addressee?
  }

  /// Nobody when the receiver has left, or what the letter is about has changed since it was written.
  private func receiver(of letter: Letter, _ run: JobRun) async throws -> Receiver? {
    let org = run.job.org
    if let until = letter.until, run.world.now() >= until { return nil }
    let found = try await run.store.read { tx -> (Addressee?, String, Bool) in
      guard let org else { return (nil, "Tandem", true) }
      let name: String? = try tx.value("SELECT name FROM organisation WHERE id = \(org)")
      guard let to = letter.to else { return (nil, name ?? "Tandem", true) }
      let holds = try letter.about?.holds(org: org, tx) ?? true && letter.aboutGroup?.holds(for: to, org: org, tx) ?? true
      return (try Addressee.find(to, org: org, tx), name ?? "Tandem", holds)
    }
    if letter.to != nil {
      guard let person = found.0, person.isActive, found.2 else { return nil }
      return try mailbox(person.email, person.name, found.1, person)
    }
    return try mailbox(letter.email ?? "", letter.name ?? "", found.1, nil)
  }

  private func mailbox(_ email: String, _ name: String, _ orgName: String, _ person: Addressee?) throws -> Receiver {
    do {
      return Receiver(mailbox: Mailbox(try EmailAddress(email), name: name), name: name, orgName: orgName, person: person)
    } catch {
      throw JobFailure.permanent("The address cannot be written to.")
    }
  }

  func compose(_ letter: Letter, _ receiver: Receiver, key: String, now: Kit.Instant) throws -> Mail {
    let base = site.settings.baseURL
    let greeting = receiver.name.isEmpty ? "Hello," : "Hello \(receiver.name.prefix { $0 != " " }),"
    let settingsURL = receiver.person == nil ? nil : base + "/you/notifications"
    var lines = [greeting, ""]
    for paragraph in letter.paragraphs { lines += [paragraph, ""] }
    // Every kind of line break: what stands after one that was overlooked would read as ours.
    if let quote = letter.quote {
      lines += quote.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { "> \($0)" } + [""]
    }
    for button in letter.buttons { lines += ["\(button.label): \(base)\(button.path)", ""] }
    lines.append("-- \n\(receiver.orgName)" + (settingsURL.map { "\nChoose which mails you get: \($0)" } ?? ""))
    let value = Page(
      subject: letter.subject, greeting: greeting, paragraphs: letter.paragraphs, quote: letter.quote,
      buttons: letter.buttons.enumerated().map { .init(label: $1.label, url: base + $1.path, isFirst: $0 == 0) }, orgName: receiver.orgName,
      settingsUrl: settingsURL)
    var mail = Mail(
      messageID: MessageID(
        key: "letter \(key)", secret: Secret(Array(site.keys.seal("letters", for: "message id").utf8)), domain: site.settings.host),
      date: now,
      from: try site.settings.sender(), to: receiver.mailbox, subject: letter.subject, text: lines.joined(separator: "\n"),
      html: try site.templates.text("letters/mail", value))
    if let calendar = letter.calendar, let method = Mail.CalendarPart.Method(rawValue: calendar.method) {
      mail.calendar = Mail.CalendarPart(method: method, text: calendar.text)
    }
    if let person = receiver.person, letter.topic != .account {
      let token = Unsubscribe.token(person.id, org: person.org, letter.topic, site.keys)
      mail.unsubscribe = Mail.Unsubscribe(url: "\(base)/unsubscribe/\(token)")
    }
    return mail
  }

  struct Page: Output {
    struct Button: Output {
      var label: String
      var url: String
      var isFirst: Bool
    }
    var subject: String
    var greeting: String
    var paragraphs: [String]
    var quote: String?
    var buttons: [Button]
    var orgName: String
    var settingsUrl: String?
  }
}
