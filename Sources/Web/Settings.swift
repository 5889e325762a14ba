import Kit

/// What an administrator sets; every value has a default.
public struct Settings: Sendable {
  /// Where people reach this installation; links in mails begin with it.
  public var baseURL: String
  public var limits: Limits
  /// Folders: pages and assets are found in the program's resources.
  public var dataFolder: String
  public var version: String
  /// Whether `smtp` is configured; else mails go to the outbox folder.
  public var hasMailServer: Bool
  public var mailFrom: String
  /// A file of certificates that the mail server's is checked against, instead of the system's.
  public var mailCertificates: String?
  /// Where calendar programs send their answers, `replies@example.org`; nil where incoming mail is not read.
  public var replyAddress: String?
  /// Addresses whose `X-Forwarded-For` counts.
  public var trustedProxies: Networks
  /// Whether calendars and push services may be in the own network, on plain http and any port.
  public var allowsPrivateAddresses: Bool
  /// Keys such as `mail.url` that are given from outside, with where: `tandem.toml`, environment or command line. They come before
  /// what an administrator sets on a page.
  public var given: [String: String] = [:]
  public var backups: BackupSettings

  public init(
    baseURL: String, limits: Limits = Limits(), dataFolder: String, version: String, hasMailServer: Bool = false,
    mailFrom: String = "Tandem <tandem@localhost>", trustedProxies: Networks = .none, allowsPrivateAddresses: Bool = false,
    backups: BackupSettings? = nil
  ) {
    self.baseURL = baseURL
    self.limits = limits
    self.dataFolder = dataFolder
    self.version = version
    self.hasMailServer = hasMailServer
    self.mailFrom = mailFrom
    self.trustedProxies = trustedProxies
    self.allowsPrivateAddresses = allowsPrivateAddresses
    self.backups = backups ?? BackupSettings(folder: dataFolder + "/backups")
  }

  public var isSecure: Bool { baseURL.hasPrefix("https://") }

  /// The session cookie: `__Host-` needs https, so a loopback demo has a plain one.
  public var sessionCookie: String { isSecure ? "__Host-tandem" : "tandem" }

  /// The scheme, host and port that a form of ours comes from.
  var origin: String {
    let parts = baseURL.split(separator: "/", omittingEmptySubsequences: true)
    return parts.count >= 2 ? "\(parts[0])//\(parts[1])" : baseURL
  }
}

/// When backups are made by themselves, how many stay, and where.
public struct BackupSettings: Sendable, Hashable {
  public var folder: String
  public var every: Span
  public var kept: Int

  public init(folder: String, every: Span = .hours(24), kept: Int = 14) {
    self.folder = folder
    self.every = every
    self.kept = kept
  }
}

/// Every limit of the program, in one place; `tandem.toml` may change each under `[limits]`.
public struct Limits: Sendable, Codable, Equatable {
  /// Bytes of a form or JSON body.
  public var body = 1 << 20
  /// Bytes of an imported file.
  public var file = 50 << 20
  public var urlBytes = 8192
  public var headerCount = 100
  public var headBytes = 32 << 10
  /// Seconds without a byte after which a connection is closed.
  public var idleSeconds = 60
  public var connections = 4096
  /// Requests per second of one session, and how many may come at once.
  public var requestsPerSecond = 20.0
  public var requestBurst = 60.0
  public var writesPerSecond = 5.0
  public var writeBurst = 20.0
  /// Tries to sign in per ten minutes and address.
  public var signInTries = 20
  /// Mails with a code or link per hour and address.
  public var codeMails = 5
  public var openAsks = 5
  public var streamsPerPerson = 5
  /// Rows of a list, at most.
  public var listRows = 200

  public init() {}
}
