import ArgumentParser
import Features
import Foundation
import Kit
import Logging
import Outside
import Store
import Web

/// Options of every command that touches an installation.
struct CommonOptions: ParsableArguments {
  @Option(help: "Path of tandem.toml.") var config: String?
  @Option(help: "Folder of this installation.") var data: String?
  @Option(help: "sqlite:PATH or postgres://…; by default tandem.db in the data folder.") var database: String?

  func configuration(_ more: [String: String?] = [:]) throws -> Configuration {
    var overrides: [String: String?] = ["storage.path": data, "database.url": database]
    overrides.merge(more) { _, new in new }
    return try Configuration.load(file: config, overrides: overrides)
  }

  /// Opens the database and brings it to this program's schema, or says why not.
  ///
  /// - Parameters:
  ///   - creating: whether a new installation may begin here; else a mistyped folder would become one.
  ///   - exclusive: whether no server may run on this folder meanwhile.
  func withStore<Result>(
    _ more: [String: String?] = [:], migrating: Bool = true, creating: Bool = false, exclusive: Bool = false,
    _ body: (Store, Configuration, Logger) async throws -> Result
  ) async throws -> Result {
    let configuration = try configuration(more)
    let logger = Logs.make(configuration)
    let folder = DataFolder(configuration)
    let url = configuration.databaseURL
    guard ["sqlite:", "postgres://", "postgresql://"].contains(where: url.hasPrefix) else {
      throw Configuration.Fault(description: "database.url: use sqlite:PATH or postgres://USER@HOST/NAME.")
    }
    if !creating { try refuseAbsent(url) }
    try folder.prepare()
    let lock = try exclusive && !url.hasPrefix("postgres") ? folder.lock() : nil
    defer { lock?.release() }
    let store = try await Store.open(url, logger: logger)
    do {
      if !creating { try await refuseEmpty(store, url) }
      if migrating { try await migrate(store, configuration, folder) }
      let result = try await body(store, configuration, logger)
      await store.close()
      return result
    } catch {
      await store.close()
      throw error
    }
  }

  private func refuseAbsent(_ url: String) throws {
    guard url.hasPrefix("sqlite:") else { return }
    let path = String(url.dropFirst(7))
    if access(path, R_OK | W_OK) == 0 { return }
    if errno == ENOENT {
      throw Configuration.Fault(
        description: """
          There is no Tandem at \(path). Name its folder with --data, its database with --database or its settings with --config; \
          or begin one: tandem serve --data …
          """)
    }
    throw Closed(path: path, reason: String(cString: strerror(errno)))
  }

  /// The file is there, and this user may not use it.
  struct Closed: Error, CustomStringConvertible {
    let path: String
    let reason: String
    var description: String { "\(path) cannot be used: \(reason). Run this as the user that serves it." }
  }

  private func refuseEmpty(_ store: Store, _ url: String) async throws {
    let migrator = Migrator(Features.migrations)
    guard try await migrator.pending(in: store).count == migrator.migrations.count else { return }
    throw Configuration.Fault(description: "The database is empty. Name another with --database, or begin one: tandem serve --data …")
  }

  private func migrate(_ store: Store, _ configuration: Configuration, _ folder: DataFolder) async throws {
    let migrator = Migrator(Features.migrations)
    let pending = try await migrator.pending(in: store)
    if pending.isEmpty { return }
    guard configuration["database.migrate"] == "auto" else {
      throw NotNow(description: "The database needs \(counted(pending.count, "step")). Run: tandem migrate")
    }
    try await migrator.migrate(store, now: World.live.now()) {
      try await folder.backup(store, named: "before-migration", key: try configuration.backupKey())
    }
  }
}

extension Configuration {
  var databaseURL: String {
    let given = self["database.url"]
    if given.isEmpty { return "sqlite:" + self["storage.path"] + "/tandem.db" }
    // A relative SQLite file lies in the data folder.
    if given.hasPrefix("sqlite:"), !given.dropFirst(7).hasPrefix("/"), !given.contains("/") {
      return "sqlite:" + self["storage.path"] + "/" + given.dropFirst(7)
    }
    return given
  }

  func baseURL() -> String {
    let given = self["server.base_url"]
    return given.isEmpty ? "http://" + self["server.listen"] : given.hasSuffix("/") ? String(given.dropLast()) : given
  }

  func mailer() throws -> Mailer {
    guard !self["mail.url"].isEmpty else { return .outbox(folder: self["storage.path"] + "/outbox") }
    do {
      var settings = try SMTPSettings(
        url: self["mail.url"], username: self["mail.username"].isEmpty ? nil : self["mail.username"],
        password: self["mail.password"].isEmpty ? nil : Secret(self["mail.password"]))
      if !self["mail.ca"].isEmpty { settings.certificateAuthorities = self["mail.ca"] }
      return .smtp(settings)
    } catch {
      throw Fault(description: "mail.url: \(error). Use smtp+starttls://HOST:587, smtps://HOST, or smtp://127.0.0.1 on this machine only.")
    }
  }

  func settings() -> Settings {
    var settings = Settings(
      baseURL: baseURL(), limits: limits, dataFolder: self["storage.path"], version: Version.text, hasMailServer: !self["mail.url"].isEmpty,
      mailFrom: self["mail.from"], trustedProxies: Networks(texts: list("server.trusted_proxies")) ?? .none,
      allowsPrivateAddresses: ["yes", "true"].contains(self["network.private"]), backups: backups)
    settings.mailCertificates = self["mail.ca"].isEmpty ? nil : self["mail.ca"]
    settings.given = entries.filter { $0.value.source != Entry.builtIn && !$0.value.value.isEmpty }.mapValues(\.source)
    let replies = self["mail.replies"].trimmed
    settings.replyAddress = replies.isEmpty ? nil : replies
    return settings
  }

  var backups: BackupSettings {
    let folder = self["backup.path"].isEmpty ? self["storage.path"] + "/backups" : self["backup.path"]
    return BackupSettings(folder: folder, every: .seconds(seconds("backup.every") ?? 86400), kept: Int(number("backup.keep")))
  }

  /// The one secret of the installation; made in the data folder when none is configured.
  func secret() throws -> [UInt8] { try givenSecret() ?? DataFolder(self["storage.path"]).secret() }

  /// The secret of a server, which is to be the one that the database belongs to. The first program that serves names it; one that only
  /// works off the queue does not, since its key, made by itself, may be nobody's.
  func secret(for store: Store, naming: Bool) async throws -> [UInt8] {
    let secret = try secret()
    let keys = Keys(secret: secret)
    let isRight = try await store.write { tx in
      try naming ? InstallationKey.isKnown(keys, tx, .live) : InstallationKey.isHeld(keys, tx)
    }
    guard isRight else {
      throw Fault(
        description: """
          This database belongs to another secret key. Give this server the key of the others, or of the backup, as server.secret_key \
          or in \(self["storage.path"])/secret_key. If it is lost, run: tandem admin adopt-key
          """)
    }
    return secret
  }

  /// The secret for a backup. None is made for it: it would not be the one that this installation works with.
  func backupKey() throws -> Backup.Key? {
    guard let secret = try knownSecret() else {
      Words.say("The backup holds no secret key: none is known here. Give the one that the server has as TANDEM_SERVER_SECRET_KEY_FILE.")
      return nil
    }
    return Backup.Key(secret: secret)
  }

  private func givenSecret() throws -> [UInt8]? {
    let text = self["server.secret_key"]
    if text.isEmpty { return nil }
    guard let given = DataFolder.secret(text) else {
      throw Fault(description: "server.secret_key needs 32 bytes or more in base64, as openssl rand -base64 32 makes them.")
    }
    return given
  }

  /// The secret as far as it is known; none is made.
  func knownSecret() throws -> [UInt8]? { try givenSecret() ?? DataFolder(self["storage.path"]).knownSecret() }
}
