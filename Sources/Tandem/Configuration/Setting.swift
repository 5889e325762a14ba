import Kit
import Web

/// A key of `tandem.toml`: its default, and what it is for.
struct Setting: Sendable {
  enum Kind: String, Sendable {
    case text, number, size, duration, list, secret
  }

  let key: String
  let kind: Kind
  let fallback: String
  let help: String
  /// What a number, a size in bytes or a duration in seconds may be.
  let range: ClosedRange<Double>
  /// The only words that a text may be; none for any.
  let words: [String]

  init(
    _ key: String, _ kind: Kind, _ fallback: String, _ help: String, within range: ClosedRange<Double> = 0...1e12,
    among words: [String] = []
  ) {
    self.key = key
    self.kind = kind
    self.fallback = fallback
    self.help = help
    self.range = range
    self.words = words
  }

  /// How a value is written.
  var format: String {
    switch kind {
    case .number: "a number from \(Self.figure(range.lowerBound)) to \(Self.figure(range.upperBound))"
    case .size: "a size of \(Self.figure(range.lowerBound)) bytes or more, such as 512KiB or 16MiB"
    case .duration: "a duration of \(Self.figure(range.lowerBound)) s or more, such as 60s, 15m, 24h or 7d"
    case .text, .list, .secret: "one of " + words.filter { !$0.isEmpty }.joined(separator: ", ")
    }
  }

  private static func figure(_ number: Double) -> String { number == number.rounded() ? String(Int(number)) : String(number) }

  /// `server.base_url` as `TANDEM_SERVER_BASE_URL`.
  var environmentName: String { "TANDEM_" + key.replacing(".", with: "_").uppercased() }

  private static let limits = Limits()

  static let all: [Setting] = [
    Setting("server.listen", .text, "127.0.0.1:8080", "Address and port to listen on"),
    Setting("server.base_url", .text, "", "Where people reach Tandem; by default the address it listens on"),
    Setting("server.trusted_proxies", .list, "", "Addresses or networks such as 10.0.0.0/8 whose X-Forwarded-For counts"),
    Setting("server.secret_key", .secret, "", "32 random bytes in base64, the same on every node; made in the data folder when absent"),
    Setting("database.url", .text, "", "sqlite:PATH or postgres://…; by default tandem.db in the data folder"),
    Setting("database.migrate", .text, "auto", "auto, or manual to run tandem migrate yourself", among: ["auto", "manual"]),
    Setting("storage.path", .text, "data", "The data folder"),
    Setting("storage.max_upload", .size, "\(limits.file)", "The largest file that is taken", within: 1024...1e12),
    Setting("mail.from", .text, "Tandem <tandem@localhost>", "Sender of every mail; set it where mail.url is"),
    Setting("mail.url", .text, "", "smtp+starttls://HOST:587, smtps://HOST or smtp://127.0.0.1; empty writes mails to the outbox folder"),
    Setting("mail.username", .text, "", "User of the mail server"),
    Setting("mail.password", .secret, "", "Password of the mail server"),
    Setting("mail.replies", .text, "", "Address whose mail is piped into tandem mail-in, tags after + included; empty asks for no answers"),
    Setting("mail.ca", .text, "", "A file of certificates to trust instead of the system's"),
    Setting(
      "network.private", .text, "no", "yes lets calendars and push services be in your own network, on plain http and any port",
      among: ["no", "yes", "false", "true"]),
    Setting(
      "log.level", .text, "info", "trace, debug, info, notice, warning, error or critical",
      among: ["trace", "debug", "info", "notice", "warning", "error", "critical"]),
    Setting("log.format", .text, "", "json or text; by default text on a terminal", among: ["", "json", "text"]),
    Setting("backup.every", .duration, "24h", "How often a backup is made by itself", within: 60...1e9),
    Setting("backup.keep", .number, "14", "How many backups are kept", within: 1...1e6),
    Setting("backup.path", .text, "", "Folder of backups; by default backups in the data folder"),
    Setting("limits.body", .size, "\(limits.body)", "Bytes of a form or JSON body", within: 1024...1e12),
    Setting("limits.connections", .number, "\(limits.connections)", "Connections at once", within: 1...1e9),
    Setting(
      "limits.connections_per_address", .number, "100", "Connections at once of one address that is no trusted proxy", within: 1...1e9),
    Setting("limits.idle", .duration, "\(limits.idleSeconds)s", "Time without a byte after which a connection is closed", within: 1...1e6),
    Setting(
      "limits.requests_per_second", .number, "\(Int(limits.requestsPerSecond))", "Requests per second of one session", within: 0.01...1e9),
    Setting("limits.request_burst", .number, "\(Int(limits.requestBurst))", "Requests that may come at once", within: 1...1e9),
    Setting("limits.writes_per_second", .number, "\(Int(limits.writesPerSecond))", "Acts per second of one session", within: 0.01...1e9),
    Setting("limits.write_burst", .number, "\(Int(limits.writeBurst))", "Acts that may come at once", within: 1...1e9),
    Setting("limits.sign_in_tries", .number, "\(limits.signInTries)", "Tries to sign in per address in ten minutes", within: 1...1e9),
    Setting("limits.code_mails", .number, "\(limits.codeMails)", "Mails with a code or link per address in an hour", within: 1...1e9),
    Setting("limits.open_asks", .number, "\(limits.openAsks)", "Asks that a member may have open", within: 1...1e9),
    Setting("limits.streams_per_person", .number, "\(limits.streamsPerPerson)", "Live pages that a person may have open", within: 1...1e9),
  ]

  /// The known key most like another, to be named beside a mistyped one.
  static func nearest(to key: String) -> String {
    all.map(\.key).min { distance($0, key) < distance($1, key) } ?? ""
  }

  /// Levenshtein's distance, by rows.
  private static func distance(_ a: String, _ b: String) -> Int {
    let a = Array(a.utf8)
    let b = Array(b.utf8)
    var row = Array(0...b.count)
    for (i, x) in a.enumerated() {
      var previous = row[0]
      row[0] = i + 1
      for (j, y) in b.enumerated() {
        let replaced = previous + (x == y ? 0 : 1)
        previous = row[j + 1]
        row[j + 1] = min(replaced, min(row[j], row[j + 1]) + 1)
      }
    }
    return row[b.count]
  }
}
