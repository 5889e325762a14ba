import ArgumentParser
import Features
import Foundation
import Kit
import Outside
import Store
import Web

struct Doctor: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Find what is wrong with this installation before a person does.", discussion: "Example: tandem doctor --data ./data")

  @OptionGroup var common: CommonOptions
  @Flag(help: "Print the effective settings, secrets masked.") var showConfig = false
  @Flag(help: "As JSON.") var json = false

  struct Row: Encodable {
    let name: String
    let isGood: Bool
    /// Whether Tandem works all the same: then it is said, and the command does not fail.
    var isMinor = false
    let figure: String
    let fix: String

    var line: String {
      let word = isGood ? "ok  " : isMinor ? "look" : "FIX "
      return "\(word) \(name): \(figure)\(isGood ? "" : ". \(fix)")"
    }
  }

  func run() async throws {
    let configuration = try common.configuration()
    if showConfig { return configuration.lines.forEach { print($0) } }
    var rows: [Row] = []
    try await common.withStore(migrating: false) { store, configuration, _ in
      rows.append(await database(store))
      rows.append(contentsOf: try await durability(store))
      rows.append(await schema(store))
      let keys = try configuration.knownSecret().map { Keys(secret: $0) }
      rows.append(await secretKey(keys, store))
      let (settings, mailer) = try await effective(store, keys, configuration)
      rows.append(await mail(mailer))
      // Without the key it is not known what is set in Admin.
      if keys != nil, settings.hasMailServer { rows.append(sender(settings)) }
      rows.append(contentsOf: folder(configuration["storage.path"]))
      rows.append(try await queue(store))
    }
    if json {
      print(String(decoding: try JSONEncoder().encode(rows), as: UTF8.self))
    } else {
      for row in rows { print(row.line) }
    }
    let bad = rows.filter { !$0.isGood && !$0.isMinor }
    if !bad.isEmpty { throw Findings(description: "\(counted(bad.count, "row")) to fix.") }
  }

  /// The settings and the way of mail when the server runs: with what is set in Admin. A database that cannot be read has its own row.
  private func effective(
    _ store: Store, _ keys: Keys?, _ configuration: Configuration
  ) async throws -> (settings: Settings, mailer: Mailer) {
    var stored: InstallationSettings?
    if let keys { stored = try? await store.read { tx in try InstallationSettings.read(tx, keys) } }
    return try (stored ?? InstallationSettings()).over(configuration.settings(), configuration.mailer())
  }

  /// None is made here: it would not be the one that the server works with.
  private func secretKey(_ keys: Keys?, _ store: Store) async -> Row {
    let name = "secret key"
    guard let keys else {
      return Row(
        name: name, isGood: false, figure: "none is known here",
        fix: "Give the one that the server has, as TANDEM_SERVER_SECRET_KEY_FILE, or start the server once")
    }
    let isHeld = (try? await store.read { tx in try InstallationKey.isHeld(keys, tx) }) ?? true
    return Row(
      name: name, isGood: isHeld, figure: isHeld ? "the one of this database" : "not the one of this database",
      fix: "Give the one that the server has, as TANDEM_SERVER_SECRET_KEY_FILE")
  }

  private func database(_ store: Store) async -> Row {
    do {
      try await store.probe()
      return Row(name: "database", isGood: true, figure: "a write would be taken", fix: "")
    } catch {
      return Row(name: "database", isGood: false, figure: "no write is taken", fix: "Look at the disk and the database server.")
    }
  }

  private func durability(_ store: Store) async throws -> [Row] {
    try await store.facts().map { fact in
      let isGood = fact.name != "synchronous" || fact.value == "2"
      return Row(name: fact.name, isGood: isGood, figure: fact.value, fix: "Restart: the program sets it.")
    }
  }

  private func schema(_ store: Store) async -> Row {
    do {
      let pending = try await Migrator(Features.migrations).pending(in: store)
      return Row(
        name: "schema", isGood: pending.isEmpty, figure: pending.isEmpty ? "current" : "\(counted(pending.count, "step")) behind",
        fix: "Run: tandem migrate")
    } catch {
      return Row(name: "schema", isGood: false, figure: "\(error)", fix: "Use the program that wrote it.")
    }
  }

  private func mail(_ mailer: Mailer) async -> Row {
    do {
      try await mailer.probe()
      return Row(name: "mail", isGood: true, figure: mailer.summary, fix: "")
    } catch {
      return Row(name: "mail", isGood: false, figure: "\(error)", fix: "Look at mail.url, mail.username and mail.password.")
    }
  }

  private func sender(_ settings: Settings) -> Row {
    let isGood = settings.hasOwnSender
    return Row(
      name: "sender", isGood: isGood, isMinor: true, figure: isGood ? settings.mailFrom : "mails leave without a sender of their own",
      fix: "Set mail.from")
  }

  private func folder(_ path: String) -> [Row] {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    let mode = (attributes?[.posixPermissions] as? NSNumber)?.intValue ?? 0
    let space = try? FileManager.default.attributesOfFileSystem(forPath: path)
    let free = (space?[.systemFreeSize] as? NSNumber)?.int64Value ?? 0
    return [
      Row(name: "folder", isGood: mode & 0o077 == 0, figure: "mode \(String(mode, radix: 8))", fix: "Run: chmod 700 \(path)"),
      Row(name: "disk", isGood: free > 256 << 20, figure: "\(free >> 20) MiB free", fix: "Free some space: 256 MiB are needed."),
    ]
  }

  private func queue(_ store: Store) async throws -> Row {
    let dead = try await store.read { tx in try tx.count("SELECT count(*) FROM job WHERE state = 'dead'") }
    return Row(
      name: "queue", isGood: dead == 0, figure: "\(counted(dead, "dead job"))", fix: "Look at them under Admin, Health, and try again.")
  }
}
