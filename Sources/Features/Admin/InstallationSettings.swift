import Kit
import Outside
import Store
import Web

/// What an administrator sets on a page about the whole installation: its address and its mail. A file, the environment or the command
/// line comes first.
public struct InstallationSettings: Sendable, Equatable {
  /// The names that the same settings have in `tandem.toml`.
  public enum Key: String, Sendable, CaseIterable {
    case address = "server.base_url"
    case mailServer = "mail.url"
    case mailUser = "mail.username"
    case mailPassword = "mail.password"
    case mailFrom = "mail.from"
  }

  private static let purpose = "mail password"

  private(set) var values: [Key: String]

  public init(_ values: [Key: String] = [:]) { self.values = values }

  subscript(key: Key) -> String? { values[key] }

  /// What is set. A password that other keys closed, as after a move without them, counts as none.
  public static func read(_ tx: Transaction, _ keys: Keys) throws -> InstallationSettings {
    var settings = InstallationSettings()
    for row in try tx.rows("SELECT key, value FROM installation_setting") {
      guard let key = Key(rawValue: try row("key")) else { continue }
      let value: String = try row("value")
      settings.values[key] = key == .mailPassword ? keys.decrypt(value, for: purpose) : value
    }
    return settings
  }

  /// Sets a value; nil takes it away.
  static func set(_ key: Key, _ value: String?, _ tx: Transaction, _ site: Site) throws {
    try tx.run("DELETE FROM installation_setting WHERE key = \(key.rawValue)")
    guard let value, !value.isEmpty else { return }
    let kept = key == .mailPassword ? try site.keys.encrypt(value, for: purpose, nonce: site.world.bytes(12)) : value
    try tx.run("INSERT INTO installation_setting (key, value, changed_at) VALUES (\(key.rawValue), \(kept), \(site.world.now()))")
  }

  /// What holds after all.
  public func over(_ settings: Settings, _ mailer: Mailer) -> (settings: Settings, mailer: Mailer) {
    var settings = settings
    var mailer = mailer
    let isFree = { (key: Key) in settings.given[key.rawValue] == nil }
    if isFree(.address), let address = self[.address] { settings.baseURL = address }
    if isFree(.mailFrom), let from = self[.mailFrom] { settings.mailFrom = from }
    if isFree(.mailServer), let url = self[.mailServer],
      var server = try? SMTPSettings(url: url, username: self[.mailUser], password: self[.mailPassword].map { Secret($0) })
    {
      server.certificateAuthorities = settings.mailCertificates
      settings.hasMailServer = true
      mailer = .smtp(server)
    }
    return (settings, mailer)
  }

  /// Refuses a change where it would not count, or would decide for other organisations.
  static func admit(_ keys: [Key], field: String, _ tx: Transaction, _ site: Site) throws {
    if try Neighbours.exist(tx) { throw Problem.forbidden(sharedWords) }
    for key in keys {
      if let source = site.configured.settings.given[key.rawValue] {
        throw Problem.invalid(field, "\(key.rawValue) comes from \(source). Change it there.")
      }
    }
  }

  static let sharedWords = "Several organisations share this installation, so this is set on the server, in tandem.toml."

  static let migrations = [
    Migration(
      "admin/1",
      [
        "CREATE TABLE installation_setting (key TEXT PRIMARY KEY, value TEXT NOT NULL, changed_at BIGINT NOT NULL)"
      ])
  ]

  static let personalData = [
    PersonalColumn("installation_setting", ["key", "changed_at"], .none, .keep),
    PersonalColumn("installation_setting", ["value"], .secret, .keep),
  ]
}

extension Site {
  /// Goes on with what is set on a page, as far as nothing from outside comes first.
  @discardableResult
  public func followSettings(since last: InstallationSettings? = nil) async throws -> InstallationSettings {
    let stored = try await store.read { tx in try InstallationSettings.read(tx, self.keys) }
    if stored != last {
      let (settings, mailer) = stored.over(configured.settings, configured.mailer)
      goOn(with: settings, mailer)
    }
    return stored
  }
}
