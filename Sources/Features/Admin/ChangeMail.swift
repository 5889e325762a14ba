import Kit
import Outside
import Store
import Web

/// Sets the server through which mail leaves, and who it is from. Without a server mails become files.
struct ChangeMail: Input {
  enum Security: String, Choice {
    case startTLS = "starttls"
    case tls
    case none

    var scheme: String {
      switch self {
      case .startTLS: "smtp+starttls"
      case .tls: "smtps"
      case .none: "smtp"
      }
    }

    var words: String {
      switch self {
      case .startTLS: "STARTTLS, port 587"
      case .tls: "TLS, port 465"
      case .none: "None; only on this machine"
      }
    }
  }

  var server: String?
  var security: Security
  /// Left out: the usual one.
  var port: Int?
  var username: String?
  /// Left out: as it is, for the same server and user.
  var password: Secret<String>?
  var from: String
  static let rules: [String: Rule] = [
    "server": .text(0...253), "port": .number(1...65535), "username": .text(0...254), "from": .text(3...254),
  ]
  private static let keys: [InstallationSettings.Key] = [.mailServer, .mailUser, .mailPassword, .mailFrom]

  struct Result: Output {
    let mail: MailFacts
  }

  static func endpoint(_ path: String, form: String) -> Endpoint {
    Endpoint.custom(
      .post, path, allow: .admin, "Set the mail server and the sender", input: ChangeMail.self, output: .of(Result.self)
    ) { call, input in
      let site = call.site
      try await call.writing { tx in
        let viewer = try call.admit(tx)
        try InstallationSettings.admit(keys, field: "server", tx, site)
        let url = try input.url()
        guard (try? Mailbox(parsing: input.from)) != nil else {
          throw Problem.invalid("from", "Write it as Tandem <tandem@example.org>.")
        }
        try input.checkPassword(url, tx, site)
        try input.save(url, tx, site)
        try tx.record(viewer, "installation.mail_changed", viewer.org, ["server": url ?? "files"], site.world)
      }
      try await site.followSettings()
      return try Answer.acted(Result(mail: MailFacts(site)), Destination(form, say: "Saved. Send yourself a test."))
    }.with { $0.form = form }
  }

  private func url() throws -> String? {
    let host = (server ?? "").trimmed.lowercased()
    if host.isEmpty { return nil }
    let url = "\(security.scheme)://\(host)" + (port.map { ":\($0)" } ?? "")
    do {
      _ = try SMTPSettings(url: url)
      return url
    } catch .plainOnlyOnLoopback {
      throw Problem.invalid("security", "Choose STARTTLS or TLS: without either, passwords and mails could be read on the way.")
    } catch {
      throw Problem.invalid("server", "Write the name only, such as mail.example.org.")
    }
  }

  /// A kept password goes on only to the server and the user that it was given for.
  private func checkPassword(_ url: String?, _ tx: Transaction, _ site: Site) throws {
    let stored = try InstallationSettings.read(tx, site.keys)
    let user = username?.trimmed ?? ""
    guard let url, !user.isEmpty, password?.exposed.isEmpty ?? true, stored[.mailPassword] != nil else { return }
    let before = stored[.mailServer].flatMap { try? SMTPSettings(url: $0) }
    let after = try? SMTPSettings(url: url)
    if let before, before == after, stored[.mailUser] == user { return }
    throw Problem.invalid("password", "Enter the password: the one that is kept was given for another server or user.")
  }

  private func save(_ url: String?, _ tx: Transaction, _ site: Site) throws {
    let user = url == nil ? nil : username?.trimmed
    try InstallationSettings.set(.mailServer, url, tx, site)
    try InstallationSettings.set(.mailUser, user, tx, site)
    try InstallationSettings.set(.mailFrom, from.trimmed, tx, site)
    if let user, !user.isEmpty {
      if let password, !password.exposed.isEmpty { try InstallationSettings.set(.mailPassword, password.exposed, tx, site) }
    } else {
      try InstallationSettings.set(.mailPassword, nil, tx, site)
    }
  }

  static func form(_ action: String, _ stored: InstallationSettings, _ site: Site) -> Form {
    let server = stored[.mailServer].flatMap { try? SMTPSettings(url: $0) }
    let chosen = server.flatMap { server in [Security.startTLS, .tls, .none].first { $0.scheme == server.security.rawValue } } ?? .startTLS
    return Form(
      action, button: "Save mail", id: "mail-settings",
      [
        .text(
          "server", "Mail server", value: server?.host, help: "Such as mail.example.org. Left empty, mails become files.", optional: true,
          max: 253),
        .choose(
          .chips, "security", "Encryption",
          [Security.startTLS, .tls, .none].map { Form.Option($0.rawValue, $0.words, chosen: $0 == chosen) }),
        .text(
          "port", "Port", value: server.map { "\($0.port)" }, help: "Left empty: the usual one.", inputmode: "numeric", optional: true),
        .text("username", "User", value: stored[.mailUser], autocomplete: "off", optional: true, max: 254),
        .text(
          "password", "Password",
          help: stored[.mailPassword] == nil ? nil : "One is kept. Left empty, it stays, as long as server and user do.", type: "password",
          autocomplete: "off", optional: true),
        .text("from", "Sender", value: site.settings.mailFrom, help: "Such as Tandem <tandem@example.org>.", max: 254),
      ])
  }
}
