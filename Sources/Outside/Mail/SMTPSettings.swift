import Foundation
import Kit

/// How to reach the mail server. Made from the settings `mail.url`, `mail.username` and `mail.password`.
public struct SMTPSettings: Sendable, Hashable {
  public enum Security: String, Sendable, Hashable {
    /// `smtp+starttls://`: plain connection that must turn into TLS before anything is said.
    case startTLS = "smtp+starttls"
    /// `smtps://`: TLS from the first byte.
    case tls = "smtps"
    /// `smtp://`: no TLS; this machine only.
    case none = "smtp"

    var defaultPort: Int {
      switch self {
      case .startTLS: 587
      case .tls: 465
      case .none: 25
      }
    }
  }

  public enum Fault: Error, Sendable, Hashable {
    case url
    case credentialsInURL
    case plainOnlyOnLoopback
  }

  public let security: Security
  public let host: String
  public let port: Int
  public var username: String?
  public var password: Secret<String>?
  /// A file of PEM certificates to trust instead of the system's.
  public var certificateAuthorities: String?
  /// Longest time for connecting and for a whole message, in seconds.
  public var connectTimeout = 10
  public var timeout = 60
  /// Connections open at the same time.
  public var connections = 4

  /// Reads `smtp+starttls://host[:port]`, `smtps://host[:port]` or `smtp://host[:port]`; the last for 127.0.0.0/8, ::1 and localhost only.
  public init(url: String, username: String? = nil, password: Secret<String>? = nil) throws(Fault) {
    guard let parts = URLComponents(string: url), let scheme = parts.scheme, let security = Security(rawValue: scheme.lowercased()),
      let host = parts.host?.trimmingCharacters(in: CharacterSet(charactersIn: "[]")).lowercased(), !host.isEmpty,
      host.utf8.allSatisfy({ HeaderText.isLetterOrDigit($0) || [0x2D, 0x2E, 0x3A].contains($0) }),
      parts.path.isEmpty || parts.path == "/", parts.query == nil, parts.fragment == nil
    else { throw .url }
    guard parts.user == nil, parts.password == nil else { throw .credentialsInURL }
    let port = parts.port ?? security.defaultPort
    guard (1...65535).contains(port) else { throw .url }
    if security == .none, !SMTPSettings.isLoopback(host) { throw .plainOnlyOnLoopback }
    self.security = security
    self.host = host
    self.port = port
    self.username = username
    self.password = password
  }

  /// `smtps://mail.example.org:465 as tandem`, without the password.
  public var summary: String {
    "\(security.rawValue)://\(bracketedHost):\(port)" + (username.map { " as \($0)" } ?? "")
  }

  /// The address in libcurl's terms, where STARTTLS is an option and not a scheme.
  var curlURL: String { "\(security == .tls ? "smtps" : "smtp")://\(bracketedHost):\(port)" }

  private var bracketedHost: String { host.contains(":") ? "[\(host)]" : host }

  private static func isLoopback(_ host: String) -> Bool {
    if host == "localhost" || host == "::1" { return true }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
    return parts.count == 4 && parts.first == 127 && !parts.contains(nil)
  }
}

extension SMTPSettings.Fault: CustomStringConvertible {
  public var description: String {
    switch self {
    case .url: "mail.url is smtp+starttls://host:port, smtps://host:port or, on this machine, smtp://localhost:port"
    case .credentialsInURL: "mail.url must not hold a user or password; use mail.username and mail.password_file"
    case .plainOnlyOnLoopback: "smtp:// without encryption is for this machine only; use smtp+starttls:// or smtps://"
    }
  }
}
